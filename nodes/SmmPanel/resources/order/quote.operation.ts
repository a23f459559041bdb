import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { readField } from '../../../orders/orderForm';
import { orderFields } from '../../../panelApi/vocabulary/orderFields';
import { fieldsOf, orderTypeNames, orderTypes } from '../../../panelApi/vocabulary/orderTypes';
import type { Operation } from '../../operation';
import { servicesById, valueOrder } from '../../../orders/valuation';
import { orderType, runsOption, serviceIdOf, serviceLocator } from '../../orders/orderParameters';
import { forEachItem, once } from '../../run/forEachItem';
import { openClient } from '../../run/accounts';

/** Order types whose cost hangs on a quantity, be it told or counted in lines. */
const typesWithQuantity = orderTypeNames.filter(
	(type) => orderTypes[type].countedBy !== undefined || fieldsOf(type).includes('quantity'),
);

const quantity = {
	displayName: orderFields.quantity.label,
	name: 'quantity',
	type: 'number' as const,
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: '',
	placeholder: orderFields.quantity.placeholder,
	hint: orderFields.quantity.hint,
	description:
		'How many to deliver; for orders with a list of comments or usernames, how many lines. With drip-feed the quantity of each run.',
	displayOptions: { show: { orderType: typesWithQuantity } },
};

export const quote: Operation = {
	name: 'Quote',
	action: 'Quote an order',
	description: 'Tell what an order would cost now and whether it is valid. Nothing is ordered.',
	fields: [
		serviceLocator,
		orderType,
		quantity,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [runsOption],
		},
	],
	output: z.object({
		service: z.string(),
		name: z.string(),
		rate: z.number().nullable(),
		totalQuantity: z.number().nullable(),
		cost: z.number().nullable(),
		currency: z.string(),
		valid: z.boolean(),
		problems: z.array(z.string()),
	}),
	async execute(node) {
		const client = await openClient(node);
		const catalogue = once(async () => await servicesById(client));
		const account = once(async () => await client.balance());

		return await forEachItem(node, async (itemIndex) => {
			const read = (name: string, extractValue = false) =>
				node.getNodeParameter(name, itemIndex, '', { extractValue });
			const id = serviceIdOf(read('service', true));
			const problems: string[] = [];
			const typeName = String(read('orderType') || 'default');
			const type = orderTypeNames.find((known) => known === typeName) ?? 'default';
			if (type !== typeName) {
				problems.push(
					`Order Type is "${typeName}", but has to be one of ${orderTypeNames.join(', ')}`,
				);
			}
			const wholeNumber = (name: 'quantity' | 'runs', value: unknown): number | null => {
				const reading = readField(name, value);
				if (!('problem' in reading))
					return typeof reading.value === 'number' ? reading.value : null;
				problems.push(`${orderFields[name].label} ${reading.problem}`);
				return null;
			};

			const runs = wholeNumber('runs', read('options.runs'));
			const perRun = typesWithQuantity.includes(type)
				? wholeNumber('quantity', read('quantity'))
				: null;
			if (typesWithQuantity.includes(type) && perRun === null && problems.length === 0) {
				problems.push(
					`${orderFields.quantity.label} is empty: ${orderTypes[type].label} orders need it`,
				);
			}
			if (runs !== null && !fieldsOf(type).includes('runs')) {
				problems.push(
					`${orderFields.runs.label} does not go with ${orderTypes[type].label} orders`,
				);
			}
			const totalQuantity = perRun === null ? null : perRun * (runs ?? 1);
			const service = (await catalogue()).get(id);
			const valuation = valueOrder(
				{ service: id, orderType: type, totalQuantity, quantity: perRun, hasRuns: runs !== null },
				service,
			);
			problems.push(...valuation.problems.map(({ field, problem }) => `${field} ${problem}`));
			return [
				{
					service: id,
					name: service?.name ?? '',
					rate: service?.rate ?? null,
					totalQuantity,
					cost: valuation.cost,
					currency: (await account()).value.currency,
					valid: problems.length === 0,
					problems,
				} as IDataObject,
			];
		});
	},
};
