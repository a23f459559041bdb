import { z } from 'zod';

import { requestedCancel } from '../../../panelApi/answers/cancel';
import { idOptions, orderIds, simplify } from '../../fields/common';
import type { Operation } from '../../operation';
import { askPerId } from '../../run/askPerId';

/** The seed cancels single orders only; other panels take lists. */
const seedBatchSize = 1;

export const cancel: Operation = {
	name: 'Cancel',
	action: 'Cancel orders',
	description:
		'Request cancellation of one or more orders. Check the order status to see if it was canceled.',
	fields: [orderIds, simplify, idOptions(seedBatchSize)],
	output: z.object({ order: z.string() }).extend(requestedCancel.shape),
	async execute(node) {
		return await askPerId(node, {
			parameter: { name: orderIds.name, label: orderIds.displayName },
			idField: 'order',
			effect: { action: 'cancel', done: 'Cancellation was requested', granted: requestedCancel },
			ask: async (client, ids, options) =>
				await client.cancel(ids, { ...options, batchSize: options.batchSize ?? seedBatchSize }),
		});
	},
};
