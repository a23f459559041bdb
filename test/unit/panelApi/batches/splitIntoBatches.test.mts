import { splitIntoBatches } from '../../../../nodes/panelApi/batches/splitIntoBatches.ts';

it.each<[string, string[], number, string[][]]>([
	['nothing is no list', [], 100, []],
	['ids fill one list after the other', ['1', '2', '3'], 2, [['1', '2'], ['3']]],
	['an id goes out once', ['2', '1', '2'], 100, [['2', '1']]],
	[
		'numbers and other ids never share a list',
		['1', 'ord_1', '2', 'x-7'],
		100,
		[
			['1', '2'],
			['ord_1', 'x-7'],
		],
	],
	['a size below 1 is 1', ['1', '2'], 0, [['1'], ['2']]],
	['a size that is no number is 1', ['1', '2'], Number.NaN, [['1'], ['2']]],
	['a part of a size does not count', ['1', '2', '3'], 2.9, [['1', '2'], ['3']]],
])('%s', (_sentence, ids, size, batches) => {
	expect(splitIntoBatches(ids, size)).toEqual(batches);
});
