import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** What the parameters of the two status events differ in. */
export interface WatchFieldWords {
	/** "Order" or "Refill", as it stands in names on the screen. */
	thing: string;
	idsParameter: string;
	idField: string;
	states: INodePropertyOptions[];
	moreOptions: INodeProperties[];
}

/** The parameters that say which IDs are watched and what is put out. */
export function watchFields(words: WatchFieldWords): INodeProperties[] {
	const { thing, idsParameter, idField, states, moreOptions } = words;
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
			displayName: `Panels cannot list ${things}, so the trigger asks about those you name: one call for each 100 that are not finished, with every poll. Most panels limit calls; for a long list, poll every 5 minutes or less often.`,
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
			placeholder: 'e.g. 23501, 23502',
			description: `The IDs of the ${things} to watch, with commas, blanks or line breaks between them, or a list from an expression. An ID that is added later is watched from then on.`,
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
				'Read with every poll: a Google Sheet published as CSV, a view of a database, an n8n webhook that reads a data table. Understood are JSON (IDs, or rows with the ID in a field, also inside an object), CSV with a header, and plain lines. If it cannot be read, the poll fails and nothing is forgotten.',
			hint: 'If the address wants a secret header, pick a Watch List credential above',
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
		{
			displayName: 'States',
			name: 'states',
			type: 'multiOptions',
			options: states,
			default: [],
			description:
				'Fire only for changes to these states. Empty: for a change to any state. A change back and forth between two polls does not fire, nor does another spelling of the same state.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Emit First',
					name: 'emitFirst',
					type: 'boolean',
					default: false,
					description: `Whether to fire also when the trigger sees a ${thing.toLowerCase()} for the first time, with an empty previous state. Otherwise that only sets the baseline.`,
				},
				{
					displayName: 'Keep Final',
					name: 'keepFinal',
					type: 'boolean',
					default: false,
					description: `Whether to go on asking about ${things} that are finished. Normally they are left alone, which saves calls.`,
				},
				...moreOptions,
			],
		},
	];
}
