import type { INodeProperties } from 'n8n-workflow';

import { orderTypeNames, orderTypes } from '../panelApi/vocabulary/orderTypes';

/** The filters over a catalogue, for every operation and event that looks at one. */
export const serviceFilterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Cancel',
			name: 'cancel',
			type: 'boolean',
			default: true,
			description: 'Whether orders of the service can be canceled',
		},
		{
			displayName: 'Category Name or ID',
			name: 'category',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getCategories' },
			default: '',
			description:
				'Only services of this category. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Drip-Feed',
			name: 'dripfeed',
			type: 'boolean',
			default: true,
			description: 'Whether orders of the service can be spread over runs',
		},
		{
			displayName: 'Maximum Rate',
			name: 'maxRate',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1.5',
			description: "Highest price per 1,000, in the account's currency",
		},
		{
			displayName: 'Minimum Rate',
			name: 'minRate',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0.5',
			description: "Lowest price per 1,000, in the account's currency",
		},
		{
			displayName: 'Refill',
			name: 'refill',
			type: 'boolean',
			default: true,
			description: 'Whether orders of the service can be refilled',
		},
		{
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. instagram followers',
			description: 'Words that must all be in the ID, name, category, or type',
		},
		{
			displayName: 'Service IDs',
			name: 'ids',
			type: 'string',
			default: '',
			placeholder: 'e.g. 101, 30067',
			description: 'Only these services, separated by commas, spaces, or new lines',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: orderTypeNames.map((value) => ({ name: orderTypes[value].label, value })),
			default: 'default',
			description: 'Only services that take this type of order',
		},
	],
};
