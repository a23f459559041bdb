import { z } from 'zod';

import { simplify } from '../../fields/common';
import type { Operation } from '../../operation';
import { orderOptions, safetyParameters } from '../../orders/orderOptions';
import { orderFieldParameters, orderType, serviceLocator } from '../../orders/orderParameters';
import { placeOrders } from '../../orders/placeOrders';

export const create: Operation = {
	name: 'Create',
	action: 'Create an order',
	description: "Place an order. This charges your panel balance and can't be undone.",
	fields: [
		{
			displayName:
				'Each run places real orders. Set an <b>Idempotency Key</b> to make sure the same item is never ordered twice.',
			name: 'onceNotice',
			type: 'notice',
			default: '',
		},
		serviceLocator,
		orderType,
		...orderFieldParameters,
		...safetyParameters,
		simplify,
		orderOptions,
	],
	output: z.object({
		order: z.string(),
		service: z.string(),
		link: z.string(),
		quantity: z.number(),
	}),
	execute: placeOrders,
};
