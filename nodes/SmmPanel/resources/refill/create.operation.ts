import { z } from 'zod';

import { acceptedRefill } from '../../../panelApi/answers/refill';
import { largestBatch } from '../../../panelApi/batches/askAboutIds';
import { idOptions, orderIds, simplify } from '../../fields/common';
import type { Operation } from '../../operation';
import { askPerId } from '../../run/askPerId';

export const create: Operation = {
	name: 'Create',
	action: 'Request refills',
	description: 'Request a refill for completed orders that have dropped',
	fields: [orderIds, simplify, idOptions(largestBatch)],
	output: z.object({ order: z.string() }).extend(acceptedRefill.shape),
	async execute(node) {
		return await askPerId(node, {
			parameter: { name: orderIds.name, label: orderIds.displayName },
			idField: 'order',
			effect: { action: 'refill', done: 'Refill was requested', granted: acceptedRefill },
			ask: async (client, ids, options) => await client.refill(ids, options),
		});
	},
};
