import type { INodeProperties } from 'n8n-workflow';

import { largestBatch } from '../../panelApi/batches/askAboutIds';

/** Off: the panel's own answer, untouched. */
export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const orderIds: INodeProperties = {
	displayName: 'Order IDs',
	name: 'orderIds',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 23501, 23502',
	description:
		'One or more order IDs, separated by commas, spaces, or new lines. All input items share requests of up to 100 IDs.',
	hint: 'To use IDs from the input, drag their field here',
};

export const refillIds: INodeProperties = {
	displayName: 'Refill IDs',
	name: 'refillIds',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 12345, 12346',
	description:
		'Use the "refill" value returned by Create Refill, not the order ID. Separate several by commas, spaces, or new lines.',
	hint: 'To use IDs from the input, drag their field here',
};

export const includeInputFields: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	default: false,
	description:
		"Whether to include the input item's fields in the output, such as the customer and the row number of a sheet",
};

const skipEmpty: INodeProperties = {
	displayName: 'Skip Empty',
	name: 'skipEmpty',
	type: 'boolean',
	default: false,
	description:
		'Whether to leave out input items without an ID, such as rows that are not ordered yet, instead of stopping with an error',
};

function batchSize(byDefault: number): INodeProperties {
	return {
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: largestBatch, numberPrecision: 0 },
		default: byDefault,
		description: "Number of IDs per request, 1 to 100. Set to 1 if the panel doesn't accept lists.",
	};
}

/** The options that all operations on ids have, and those of one of them. */
export function idOptions(defaultBatchSize: number, more: INodeProperties[] = []): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [batchSize(defaultBatchSize), includeInputFields, ...more, skipEmpty],
	};
}
