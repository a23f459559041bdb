import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** What the parameters of the events that watch IDs differ in. */
export interface WatchFieldWords {
	/** "Order" or "Refill", as it stands in names on the screen. */
	thing: string;
	idsParameter: string;
	idField: string;
	/** Two IDs as the panel gives them. */
	examples: string;
	/** Between the list and the options. */
	moreFields: INodeProperties[];
	options: INodeProperties[];
}

/** The parameters that say which IDs are watched, and those of one event. */
export function watchFields(words: WatchFieldWords): INodeProperties[] {
	const { thing, idsParameter, idField, examples, moreFields, options } = words;
	const things = `${thing.toLowerCase()}s`;
	return [
		{
			displayName: 'Watch From',
			name: 'watchFrom',
			type: 'options',
			options: [
				{ name: 'List', value: 'list', description: 'IDs that you enter here' },
				{
					name: 'URL',
					value: 'url',
					description:
						'A web address that answers with the IDs, such as a Google Sheet published as CSV',
				},
			],
			default: 'list',
			description: 'Where the trigger finds the IDs to watch',
		},
		{
			displayName: `Panels can't list ${things}, so enter the ones to watch. Each poll sends one request per 100 unfinished ${things}: set Poll Times to 5 minutes or more for long lists.`,
			name: 'callsNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: `${thing} IDs`,
			name: idsParameter,
			type: 'string',
			default: '',
			required: true,
			placeholder: `e.g. ${examples}`,
			description: `The IDs of the ${things} to watch, separated by commas, spaces, or new lines, or a list from an expression. An ID that is added later is watched from then on.`,
			displayOptions: { show: { watchFrom: ['list'] } },
		},
		{
			displayName: 'Watch List URL',
			name: 'watchUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/orders.csv',
			description:
				'Fetched on every poll. Accepts JSON, CSV with a header row, or one ID per line.',
			hint: 'If the URL needs authentication, select a Watch List credential above (optional)',
			displayOptions: { show: { watchFrom: ['url'] } },
		},
		{
			displayName: 'ID Field',
			name: 'idField',
			type: 'string',
			default: idField,
			description: `The name of the field or column that holds the ${thing.toLowerCase()} ID; a path such as fields.${idField} also works. Not used for plain lists of IDs.`,
			displayOptions: { show: { watchFrom: ['url'] } },
		},
		...moreFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options,
		},
	];
}

/** Which changes fire. */
export function statesField(states: INodePropertyOptions[]): INodeProperties {
	return {
		displayName: 'States',
		name: 'states',
		type: 'multiOptions',
		options: states,
		default: [],
		description:
			'Only trigger for changes to these states. Leave empty for any state. A change back and forth between two polls does not trigger, nor does another spelling of the same state.',
	};
}

export function emitFirst(thing: string): INodeProperties {
	return {
		displayName: 'Trigger on First Check',
		name: 'emitFirst',
		type: 'boolean',
		default: false,
		description: `Whether to also trigger the first time ${thing} is checked, with an empty previous state`,
	};
}

export function keepFinal(things: string): INodeProperties {
	return {
		displayName: `Keep Checking Finished ${titleOf(things)}`,
		name: 'keepFinal',
		type: 'boolean',
		default: false,
		description: `Whether to keep checking ${things} that are finished. Normally they are left alone, which saves requests.`,
	};
}

function titleOf(things: string): string {
	return things.replace(/^./, (letter) => letter.toUpperCase());
}
