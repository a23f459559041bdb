import { NodeOperationError } from 'n8n-workflow';
import { z } from 'zod';

import { PanelError } from '../../../panelApi/panelError';
import { panelFailure } from '../../../panelFailure';
import { simplify } from '../../fields/common';
import type { Operation } from '../../operation';
import { guardRows } from '../../orders/guardRows';
import {
	orderFieldParameters,
	orderOptions,
	orderType,
	serviceLocator,
} from '../../orders/orderParameters';
import { readOrderRow } from '../../orders/orderRow';
import { placeOrders } from '../../orders/placeOrders';
import { panelFailedItem } from '../../run/items';
import { problemsFailure } from '../../run/itemProblems';
import { openClient } from '../../run/openClient';

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
		const client = await openClient(node);
		stopAtProblems();
		try {
			await guardRows(client, rows);
		} catch (error) {
			if (!(error instanceof PanelError))
				throw new NodeOperationError(node.getNode(), error as Error);
			const more = 'The prices could not be read, so nothing was ordered.';
			if (!node.continueOnFail()) throw panelFailure(node.getNode(), error, 0, { more });
			return rows.map(({ itemIndex }) => panelFailedItem(itemIndex, error, {}, more));
		}
		stopAtProblems();
		return await placeOrders(node, client, rows);

		function stopAtProblems() {
			const problems = rows.flatMap((row) => row.problems);
			if (problems.length > 0 && !node.continueOnFail()) {
				throw problemsFailure(node.getNode(), problems);
			}
		}
	},
};
