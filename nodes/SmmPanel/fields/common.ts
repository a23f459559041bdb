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
		'One order ID, or several with commas, blanks or line breaks between them. IDs of all input items are asked together, up to 100 in one call.',
	hint: 'For a list of rows, use an expression such as {{ $json.order }}',
};

export const refillIds: INodeProperties = {
	displayName: 'Refill IDs',
	name: 'refillIds',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 12345, 12346',
	description:
		'One refill ID, or several with commas, blanks or line breaks between them. It is the "refill" that Create Refill puts out, not the order ID.',
	hint: 'For a list of rows, use an expression such as {{ $json.refill }}',
};

export const includeInputFields: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	default: false,
	description:
		"Whether to include the input item's fields in the output, for example the customer and the row number of a sheet",
};

function batchSize(byDefault: number): INodeProperties {
	return {
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: largestBatch, numberPrecision: 0 },
		default: byDefault,
		description:
			'How many IDs go into one call, 1 to 100. Lower it for panels that know only single IDs.',
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
		options: [batchSize(defaultBatchSize), includeInputFields, ...more],
	};
}
