import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { largestBatch } from '../../../panelApi/batches/askAboutIds';
import { orderStatus, type OrderStatus } from '../../../panelApi/answers/status';
import { orderStateOf, wordOf } from '../../../panelApi/vocabulary/statusWords';
import { idOptions, orderIds, simplify } from '../../fields/common';
import type { Operation } from '../../operation';
import { askPerId } from '../../run/askPerId';
import { parameterReader } from '../../../parameters/parameterReader';

export const getStatus: Operation = {
	name: 'Get Status',
	action: 'Get order status',
	description: 'Get the state, charge, and remaining quantity of one or more orders',
	fields: [
		orderIds,
		simplify,
		idOptions(largestBatch, [
			{
				displayName: 'Known Status',
				name: 'knownStatus',
				type: 'string',
				default: '',
				placeholder: 'e.g. In progress',
				description: 'Last status you saved: drag in its column. Only used with Only Changed.',
			},
			{
				displayName: 'Only Changed',
				name: 'onlyChanged',
				type: 'boolean',
				default: false,
				description: 'Whether to return only orders whose status differs from Known Status',
			},
		]),
	],
	output: z.object({ order: z.string() }).extend(orderStatus.shape),
	async execute(node) {
		return await askPerId<OrderStatus>(node, {
			parameter: { name: orderIds.name, label: orderIds.displayName },
			idField: 'order',
			ask: async (client, ids, options) => await client.orderStatus(ids, options),
			filter: newsFilter,
		});
	},
};

/** Words are compared by their meaning, so that "Canceled" is no news beside "Cancelled". */
function newsFilter(node: IExecuteFunctions) {
	const onlyChanged = parameterReader(node, 'options.onlyChanged', false);
	const knownStatus = parameterReader(node, 'options.knownStatus', '');
	return ({ status, state }: OrderStatus, itemIndex: number): boolean => {
		if (!onlyChanged(itemIndex)) return true;
		const known = String(knownStatus(itemIndex) ?? '');
		if (state === 'unknown') return wordOf(known) !== wordOf(status);
		return orderStateOf(known).state !== state;
	};
}
