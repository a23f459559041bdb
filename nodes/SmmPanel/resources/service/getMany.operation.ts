import type { IDataObject } from 'n8n-workflow';

import { userFailure } from '../../../n8n/nodeError';
import { readNumber } from '../../../parameters/readNumber';
import { readServiceFilters } from '../../../catalogue/readFilters';
import { serviceFilterFields } from '../../../catalogue/filterParameters';
import { type Service, service as serviceSchema } from '../../../panelApi/answers/services';
import { serviceFilter } from '../../../catalogue/filter';
import { simplify } from '../../fields/common';
import type { Operation } from '../../operation';
import { accountsOf, askedPerAccount } from '../../run/accounts';
import { hintAtRowsLeftOut } from '../../run/executionHint';
import { forEachItem } from '../../run/forEachItem';
import { rawJson } from '../../run/items';

export const getMany: Operation = {
	name: 'Get Many',
	action: 'Get many services',
	description: 'Get services with their prices, limits, and order types',
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
	output: serviceSchema,
	async execute(node) {
		const catalogueFor = askedPerAccount(await accountsOf(node), async (client) => {
			const catalogue = await client.services();
			hintAtRowsLeftOut(node, catalogue.leftOut);
			return catalogue;
		});
		const isShared = node.getInputData().length > 1;
		return await forEachItem(node, async (itemIndex) => {
			const filters = node.getNodeParameter('filters', itemIndex, {}) as IDataObject;
			const isWanted = serviceFilter(readServiceFilters(node.getNode(), filters, itemIndex));
			const limit = limitOf(itemIndex);
			const isSimple = node.getNodeParameter('simplify', itemIndex, true);
			const { value: services, raw: rows } = await catalogueFor(itemIndex);
			const found: IDataObject[] = [];
			for (let row = 0; row < services.length && found.length < limit; row++) {
				const service = services[row] as Service;
				if (!isWanted(service)) continue;
				const json = isSimple ? service : rawJson(rows[row]);
				// What a node behind this one does to an item must not show in that of another.
				found.push(isShared ? { ...json } : json);
			}
			return found;
		});

		function limitOf(itemIndex: number): number {
			if (node.getNodeParameter('returnAll', itemIndex, false)) return Number.POSITIVE_INFINITY;
			const value: unknown = node.getNodeParameter('limit', itemIndex, 50);
			const limit = readNumber(value);
			if (limit !== undefined && Number.isInteger(limit) && limit >= 1) return limit;
			const message = `Limit must be a whole number of at least 1 (got "${String(value ?? '')}")`;
			throw userFailure(node.getNode(), message, { itemIndex });
		}
	},
};
