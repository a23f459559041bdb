import type { INodeProperties } from 'n8n-workflow';

import { orderFields, type OrderFieldName } from '../../panelApi/vocabulary/orderFields';
import { fieldsOf, orderTypeNames, orderTypes } from '../../panelApi/vocabulary/orderTypes';

/** The service to order: from the catalogue of the panel, or by its id. */
export const serviceLocator: INodeProperties = {
	displayName: 'Service',
	name: 'service',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		'The service to order. In the list, type words of its name, category or type, its ID, or a price such as <2.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a service...',
			typeOptions: { searchListMethod: 'searchServices', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 101',
			hint: 'The number of the service in the list of services on the panel',
		},
	],
};

/** The ID in it; empty for what is none, as a workflow that was written by hand may hold. */
export function serviceIdOf(locator: unknown): string {
	const isId = typeof locator === 'string' || typeof locator === 'number';
	return isId ? String(locator).trim() : '';
}

export const orderType: INodeProperties = {
	displayName: 'Order Type',
	name: 'orderType',
	type: 'options',
	options: orderTypeNames.map((value) => ({ name: orderTypes[value].label, value })),
	default: 'default',
	description:
		'The kind of order that the service takes: the type shown with the service in the list, and "orderType" in Get Many Services',
	hint: 'The type shown with the service; Default where none is shown',
};

/** A parameter for each order field, shown with the order types that carry it. */
export const orderFieldParameters: INodeProperties[] = (
	Object.keys(orderFields) as OrderFieldName[]
)
	.filter((name) => name !== 'runs' && name !== 'interval')
	.map(orderFieldParameter);

export const runsOption: INodeProperties = parameterOf('runs');

/** The options of Create Order, sorted by name. */
export const orderOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		parameterOf('interval'),
		runsOption,
		{
			displayName: 'Extra Fields',
			name: 'extraFields',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add field',
			default: {},
			description: 'Fields that go to the panel as they are, for panels that want more than others',
			options: [
				{
					displayName: 'Field',
					name: 'field',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. coupon',
							description: 'Name of the field, as the API page of the panel shows it',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							description: 'Value of the field',
						},
					],
				},
			],
		},
		{
			displayName: 'Idempotency Key',
			name: 'idempotencyKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.row_number }}',
			description:
				'Something that is different for each order, such as the row number of a sheet or the number of a shop order. An order whose key this node used before is not placed again, in this execution or a later one; it comes out with "duplicate". Keys are kept as long as the workflow exists.',
		},
		{
			displayName: 'Maximum Cost',
			name: 'maxCost',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				"Highest cost of one order, in the account's currency. Nothing is ordered if the current price makes it dearer. With drip-feed the cost of all runs counts; for packages the whole rate.",
		},
		{
			displayName: 'Maximum Rate',
			name: 'maxRate',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				"Highest price per 1,000, in the account's currency. Nothing is ordered if the current price of the service is above it.",
		},
		{
			displayName: 'Send Key As',
			name: 'sendKeyAs',
			type: 'string',
			default: '',
			placeholder: 'e.g. request_id',
			description:
				'Name of the field in which the panel wants the idempotency key, for panels that know one',
		},
	],
};

function orderFieldParameter(name: OrderFieldName): INodeProperties {
	const { onlyWith } = orderFields[name];
	const types = orderTypeNames.filter((type) => fieldsOf(type).includes(name));
	return {
		...parameterOf(name),
		displayOptions: {
			show: { orderType: types, ...(onlyWith && { [onlyWith.field]: [onlyWith.value] }) },
		},
	};
}

/** Never `required`: when the order type comes from an expression, n8n shows all fields and would insist on each. */
function parameterOf(name: OrderFieldName): INodeProperties {
	const { kind, label, help, hint, placeholder, least, choices = [] } = orderFields[name];
	const common = { displayName: label, name, description: help, hint, placeholder };
	switch (kind) {
		case 'text':
			return { ...common, type: 'string', default: '' };
		case 'lines':
			return { ...common, type: 'string', typeOptions: { rows: 4 }, default: '' };
		case 'wholeNumber':
			return {
				...common,
				type: 'number',
				typeOptions: { minValue: least, numberPrecision: 0 },
				default: '',
			};
		case 'date':
			return { ...common, type: 'dateTime', default: '' };
		case 'choice':
			return {
				...common,
				type: 'options',
				options: choices.map(({ value, label: text }) => ({ name: text, value })),
				default: choices.at(-1)?.value ?? '',
			};
	}
}
