import { z } from 'zod';

import { refillStatus } from '../../../panelApi/answers/refillStatus';
import { largestBatch } from '../../../panelApi/batches/askAboutIds';
import { idOptions, refillIds, simplify } from '../../fields/common';
import type { Operation } from '../../operation';
import { askPerId } from '../../run/askPerId';

export const getStatus: Operation = {
	name: 'Get Status',
	action: 'Get refill status',
	description: 'Get the state of one or more refills',
	fields: [refillIds, simplify, idOptions(largestBatch)],
	output: z.object({ refill: z.string() }).extend(refillStatus.shape),
	async execute(node) {
		return await askPerId(node, {
			parameter: { name: refillIds.name, label: refillIds.displayName },
			idField: 'refill',
			ask: async (client, ids, options) => await client.refillStatus(ids, options),
		});
	},
};
