import type { INodeProperties } from 'n8n-workflow';

import { includeInputFields } from '../fields/common';
import { parameterOf } from './orderParameters';
import { mostParallelOrders, usualParallelOrders } from './readOptions';

/** Beside the fields of the order, as they are what makes it safe. */
export const safetyParameters: INodeProperties[] = [
	{
		displayName: 'Maximum Cost',
		name: 'maxCost',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5',
		description:
			"Don't order if the cost is above this, in the account's currency. Includes all drip-feed runs; for packages the whole rate counts.",
		builderHint: {
			propertyHint:
				'Always set it: the most that one order may cost. Behind Quote use the quoted cost.',
		},
	},
	{
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-1001',
		description:
			'Unique value per order, such as a row number. If this node already used it, no order is placed and the item is returned with duplicate: true.',
		builderHint: {
			propertyHint:
				"Always set it, from the input's own ID of the order: a row number, a shop order with its line. Never a random value or the time, and the execution ID only where one execution is one order.",
		},
	},
];

/** Runs and interval need each other: one option with both. */
export const dripFeedOption: INodeProperties = {
	displayName: 'Drip-Feed',
	name: 'dripFeed',
	type: 'fixedCollection',
	placeholder: 'Add schedule',
	default: {},
	description: 'Deliver the quantity several times. The panel charges runs times quantity.',
	options: [
		{
			displayName: 'Schedule',
			name: 'schedule',
			values: [parameterOf('interval'), parameterOf('runs')],
		},
	],
};

/** The options of Create Order, sorted by name. */
export const orderOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		dripFeedOption,
		{
			displayName: 'Extra Fields',
			name: 'extraFields',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add field',
			default: {},
			description:
				'Fields to send to the panel as they are, if it needs more than the fields above',
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
							description: "Name of the field, as the panel's API page shows it",
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
		includeInputFields,
		{
			displayName: 'Maximum Rate',
			name: 'maxRate',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1.5',
			description:
				"Don't order if the service's price per 1,000 is above this, in the account's currency",
		},
		{
			displayName: 'Maximum Total Cost',
			name: 'maxTotalCost',
			type: 'string',
			default: '',
			placeholder: 'e.g. 50',
			description:
				"Don't let all orders of one execution together cost more than this, in the account's currency. Counts retries and every call of an AI agent.",
			builderHint: {
				propertyHint: 'Set it where an AI agent orders, or where the number of rows is not known.',
			},
		},
		{
			displayName: 'Orders at a Time',
			name: 'parallelOrders',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: mostParallelOrders, numberPrecision: 0 },
			default: usualParallelOrders,
			description:
				'Number of orders placed at the same time, 1 to 10. Two orders for the same service and link never are.',
		},
		{
			displayName: "Panel's Key Field",
			name: 'sendKeyAs',
			type: 'string',
			default: '',
			placeholder: 'e.g. request_id',
			description:
				"Name of the panel's own idempotency field, if it has one. The Idempotency Key is sent in it.",
		},
	],
};
