import { type IDataObject, NodeOperationError } from 'n8n-workflow';

import { readServiceFilters, serviceFilterFields } from '../../../fields/serviceFilters';
import { service } from '../../../panelApi/answers/services';
import { serviceFilter } from '../../../panelApi/serviceFilter';
import { simplify } from '../../fields/common';
import type { Operation } from '../../operation';
import { forEachItem, once } from '../../run/forEachItem';
import { rawJson } from '../../run/items';
import { openClient } from '../../run/openClient';

export const getMany: Operation = {
	name: 'Get Many',
	action: 'Get many services',
	description: 'Get the services of the catalogue with their prices, limits and order types',
	fields: [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
			displayOptions: { show: { returnAll: [false] } },
		},
		simplify,
		serviceFilterFields,
	],
	output: service,
	async execute(node) {
		const client = await openClient(node);
		const catalogue = once(async () => await client.services());
		const isShared = node.getInputData().length > 1;
		return await forEachItem(node, async (itemIndex) => {
			const wanted = serviceFilter(filtersOf(itemIndex));
			const limit = node.getNodeParameter('returnAll', itemIndex, false)
				? Number.POSITIVE_INFINITY
				: Number(node.getNodeParameter('limit', itemIndex, 50));
			const isSimple = node.getNodeParameter('simplify', itemIndex, true);
			const found: IDataObject[] = [];
			for (const { value, raw } of await catalogue()) {
				if (found.length >= limit) break;
				if (!wanted(value)) continue;
				const json = isSimple ? value : rawJson(raw);
				// What a node behind this one does to an item must not show in that of another.
				found.push(isShared ? { ...json } : json);
			}
			return found;
		});

		function filtersOf(itemIndex: number) {
			try {
				return readServiceFilters(node.getNodeParameter('filters', itemIndex, {}) as IDataObject);
			} catch (error) {
				throw new NodeOperationError(node.getNode(), `Service IDs ${(error as Error).message}`, {
					itemIndex,
				});
			}
		}
	},
};
