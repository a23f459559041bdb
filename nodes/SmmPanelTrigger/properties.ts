import type { INodeProperties } from 'n8n-workflow';

import { events } from './events';

/** The parameters of the trigger: the Event dropdown, then those of each event, shown with it alone. */
export const properties: INodeProperties[] = [
	// Where the credentials stand; without it n8n moves them with the fields that decide which are shown.
	{
		displayName: 'Credential',
		name: 'credentials',
		type: 'credentials',
		default: '',
		description: 'The account on the panel to watch',
	},
	{
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(events).map(([value, { name, action, description }]) => ({
			name,
			value,
			action,
			description,
		})),
		default: 'orderStatusChanged',
		description:
			'The first poll saves the current state without triggering. If something changes several times between polls, the workflow runs once.',
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
