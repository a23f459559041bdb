import type { IDataObject, INode } from 'n8n-workflow';

import { readServiceFilters } from '../../../nodes/catalogue/readFilters.ts';

const read = (parameter: IDataObject) => readServiceFilters({ name: 'Panel' } as INode, parameter);

describe('the filters over a catalogue', () => {
	it('stay to the letter as the editor writes them, so that the trigger knows them again', () => {
		const filters = {
			type: 'default',
			search: '',
			minRate: 0,
			refill: false,
			category: ' Likes ',
			maxRate: 2.5,
			dripfeed: true,
			cancel: true,
		};
		expect(JSON.stringify(read(filters))).toBe(JSON.stringify(filters));
		expect(JSON.stringify(read({ ids: '7, 8', ...filters }))).toBe(
			JSON.stringify({ ...filters, ids: ['7', '8'] }),
		);
	});

	it.each<[string, IDataObject, IDataObject]>([
		[
			'numbers where words belong',
			{ search: 101, category: 7, type: 0 },
			{ search: '101', category: '7', type: '0' },
		],
		[
			'words for yes',
			{ refill: 'true', cancel: 'YES', dripfeed: 1 },
			{ refill: true, cancel: true, dripfeed: true },
		],
		[
			'words for no',
			{ refill: 'false', cancel: ' No ', dripfeed: 0 },
			{ refill: false, cancel: false, dripfeed: false },
		],
		['texts of numbers', { minRate: ' 1.5 ', maxRate: '1000' }, { minRate: 1.5, maxRate: 1000 }],
		[
			'nothing at all',
			{ search: null, minRate: null, maxRate: '', refill: '', cancel: ' ', ids: [] },
			{},
		],
	])('are read from %s', (_what, parameter, filters) => {
		expect(read(parameter)).toStrictEqual(filters);
	});

	it.each<[IDataObject, string]>([
		[{ maxRate: 'abc' }, 'Maximum Rate must be a number (got "abc")'],
		[{ maxRate: '1,500' }, 'Maximum Rate must be a number (got "1,500")'],
		[{ minRate: true }, 'Minimum Rate must be a number (got "true")'],
		[{ minRate: Number.NaN }, 'Minimum Rate must be a number (got "NaN")'],
		[{ dripfeed: 'perhaps' }, 'Drip-Feed must be true or false (got "perhaps")'],
		[{ category: {} }, 'Category Name or ID must be one value, but holds a list or an object'],
		[{ ids: { id: 7 } }, 'Service IDs holds an object: enter IDs only'],
		[{ ids: ',' }, 'Service IDs is empty: enter at least one ID'],
	])('are refused by the name on the screen: %j', (parameter, message) => {
		expect(() => read(parameter)).toThrow(message);
	});
});
