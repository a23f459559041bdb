import type { INodeProperties } from 'n8n-workflow';

import { events } from './events';

/** The parameters of the trigger: the Event dropdown, then those of each event, shown with it alone. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(events).map(([value, { name, description }]) => ({
			name,
			value,
			description,
		})),
		default: 'orderStatusChanged',
	},
	...Object.entries(events).flatMap(([event, { fields }]) =>
		fields.map((field) => ({
			...field,
			displayOptions: {
				...field.displayOptions,
				// `show` is tested in order: what decides most comes first.
				show: { event: [event], ...field.displayOptions?.show },
			},
		})),
	),
];
