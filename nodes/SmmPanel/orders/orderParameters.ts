import type { INodeProperties } from 'n8n-workflow';

import { orderFields, type OrderFieldName } from '../../panelApi/vocabulary/orderFields';
import {
	fieldsOf,
	orderTypeNames,
	orderTypes,
	type OrderType,
} from '../../panelApi/vocabulary/orderTypes';
import { rowSeparator } from '../../catalogue/pickerRow';
import { fromService } from '../../orders/orderTypeChoice';

/** The service to order: from the catalogue of the panel, or by its id. */
export const serviceLocator: INodeProperties = {
	displayName: 'Service',
	name: 'service',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		'The service to order. Search by name, category, type, ID, or price (for example <2).',
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
			hint: "Service ID shown on the panel's services page",
		},
	],
};

export const orderType: INodeProperties = {
	displayName: 'Order Type',
	name: 'orderType',
	type: 'options',
	options: [
		{
			name: 'From Service',
			value: fromService,
			description:
				'The type of the service picked from the list; Default for a service given by its ID',
		},
		...orderTypeNames.map((value) => ({ name: orderTypes[value].label, value })),
	],
	default: fromService,
	description:
		'Decides which fields the order has. Must match the service; most services use Default.',
};

/** A parameter for each order field, shown with the order types that carry it. */
export const orderFieldParameters: INodeProperties[] = (
	Object.keys(orderFields) as OrderFieldName[]
)
	.filter((name) => name !== 'runs' && name !== 'interval')
	.flatMap(orderFieldParameter);

/** The same field twice: with its order types, and with services that were picked from the list and take them. */
function orderFieldParameter(name: OrderFieldName): INodeProperties[] {
	const { onlyWith } = orderFields[name];
	// A program writes the number; an expression has no value yet.
	const condition = onlyWith && {
		[onlyWith.field]: [onlyWith.value, Number(onlyWith.value), ''],
	};
	const types = orderTypeNames.filter((type) => fieldsOf(type).includes(name));
	return shownWithTypes(parameterOf(name), types).map((parameter) => ({
		...parameter,
		displayOptions: {
			...parameter.displayOptions,
			show: { ...parameter.displayOptions?.show, ...condition },
		},
	}));
}

/**
 * Shows a field with these order types, whether they were chosen or follow the picked service. A service given by its
 * ID has no row to follow: then the fields of Default orders show. With an expression as Order Type all fields show: it
 * has no value before the nodes in front ran, and after that any, such as "Custom Comments" from a sheet. That is why a
 * field is hidden with the types it does not belong to.
 */
export function shownWithTypes(
	field: INodeProperties,
	types: readonly OrderType[],
): INodeProperties[] {
	const others = orderTypeNames.filter((type) => !types.includes(type));
	const follows = types.includes('default')
		? { hide: pickedRow(others), show: {} }
		: { show: pickedRow(types) };
	return [
		{ ...field, displayOptions: { hide: { orderType: [fromService, ...others] } } },
		{
			...field,
			displayOptions: { ...follows, show: { orderType: [fromService], ...follows.show } },
		},
	];
}

/**
 * A row that ends with one of these types. n8n gives up on a regular expression where it is very busy, but n8n 1 fails
 * with its other conditions where no row was picked; so it is asked last, and with a type that was chosen not at all.
 */
function pickedRow(
	types: readonly OrderType[],
): Record<string, Array<{ _cnd: { regex: string } }>> {
	const labels = types.map((type) => orderTypes[type].label).join('|');
	const regex = `${rowSeparator.replace('|', '\\|')}(${labels})$`;
	return { '/service.cachedResultName': [{ _cnd: { regex } }] };
}

/**
 * A field of an order as a parameter of the node. Never `required`: when the order type comes from an expression, n8n shows all fields
 * and would insist on each.
 */
export function parameterOf(name: OrderFieldName): INodeProperties {
	const { kind, label, help, hint, placeholder, choices = [] } = orderFields[name];
	const common = { displayName: label, name, description: help, hint, placeholder };
	switch (kind) {
		case 'text':
			return { ...common, type: 'string', default: '' };
		case 'lines':
			return { ...common, type: 'string', typeOptions: { rows: 4 }, default: '' };
		// n8n's number input makes 15 of "1,5" and 10005 of "1000.5", without a word.
		case 'wholeNumber':
			return { ...common, type: 'string', default: '' };
		case 'date':
			return { ...common, type: 'dateTime', typeOptions: { dateOnly: true }, default: '' };
		case 'choice':
			return {
				...common,
				type: 'options',
				options: choices.map(({ value, label: text }) => ({ name: text, value })),
				default: choices.at(-1)?.value ?? '',
			};
	}
}
