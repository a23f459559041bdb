import type { INodeProperties } from 'n8n-workflow';

import type { Resource } from './operation';
import { resources } from './resources';

/** The parameters of the node: the two dropdowns, then those of each operation, shown with it alone. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value }) => ({ name, value })),
		default: 'order',
	},
	...resources.flatMap((resource) => [operationDropdown(resource), ...operationFields(resource)]),
];

function operationDropdown({ value, operations }: Resource): INodeProperties {
	const options = Object.entries(operations).map(([operation, { name, action, description }]) => ({
		name,
		value: operation,
		action,
		description,
	}));
	const defaultOperation = 'create' in operations ? 'create' : (options[0]?.value ?? '');
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options,
		default: defaultOperation,
	};
}

function operationFields({ value, operations }: Resource): INodeProperties[] {
	return Object.entries(operations).flatMap(([operation, { fields }]) =>
		fields.map((field) => ({
			...field,
			displayOptions: {
				...field.displayOptions,
				// `show` is tested in order: what decides most comes first.
				show: { resource: [value], operation: [operation], ...field.displayOptions?.show },
			},
		})),
	);
}
