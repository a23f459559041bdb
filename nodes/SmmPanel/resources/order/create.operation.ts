import { z } from 'zod';

import { simplify } from '../../fields/common';
import type { Operation } from '../../operation';
import {
	orderFieldParameters,
	orderOptions,
	orderType,
	serviceLocator,
} from '../../orders/orderParameters';
import { readOrderRow } from '../../orders/orderRow';
import { placeOrders } from '../../orders/placeOrders';

export const create: Operation = {
	name: 'Create',
	action: 'Create an order',
	description: 'Place an order. It costs money and cannot be undone.',
	fields: [
		{
			displayName:
				'Orders cost money. Each item is sent once and never repeated by the node; add the option <b>Idempotency Key</b> so that no later run orders it again.',
			name: 'onceNotice',
			type: 'notice',
			default: '',
		},
		serviceLocator,
		orderType,
		...orderFieldParameters,
		simplify,
		orderOptions,
	],
	output: z.object({
		order: z.string(),
		service: z.string(),
		link: z.string(),
		quantity: z.number(),
	}),
	async execute(node) {
		const rows = node.getInputData().map((_, itemIndex) => readOrderRow(node, itemIndex));
		return await placeOrders(node, rows);
	},
};
