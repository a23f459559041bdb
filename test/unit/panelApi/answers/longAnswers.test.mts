import { ordersMentionedIn } from '../../../../nodes/panelApi/answers/add.ts';
import { errorWords } from '../../../../nodes/panelApi/answers/failureWords.ts';
import { excerptOfValue, readBody } from '../../../../nodes/panelApi/answers/readBody.ts';
import { bodyPieces } from '../../../../nodes/panelApi/transport/bodyPieces.ts';

const bodyOf = (text: string) => readBody({ pieces: bodyPieces(Buffer.from(text)) }, true);
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number + 1);

describe('the order IDs in a very long text', () => {
	it('are found at its end too', () => {
		expect(ordersMentionedIn(`${'"order":"failed" '.repeat(10_000)} order: 987655`)).toEqual([
			'987655',
		]);
	});

	it('are the first twenty of many', () => {
		const text = numbers(1000)
			.map((number) => `"order": ${number}`)
			.join(', ');
		expect(ordersMentionedIn(text)).toEqual(numbers(20).map(String));
	});

	it.each(['0', '-5', 'null', 'success', 'placed'])('are none where it says %s', (word) => {
		expect(ordersMentionedIn(`{"order": "${word}"`)).toEqual([]);
	});
});

describe('JSON', () => {
	const rows = (count: number, row: string) => `[${Array(count).fill(row).join(',')}]`;

	it.each(['{}', '[]', '{"a":1}'])('of 500,000 times %s is a text, of fewer it is JSON', (row) => {
		// The list around them is one too.
		expect(bodyOf(rows(499_999, row)).shape).toBe('json');
		expect(bodyOf(rows(500_000, row)).shape).toBe('text');
	});

	it('of a million numbers is JSON', () => {
		expect(bodyOf(rows(1_000_000, '1')).shape).toBe('json');
	});
});

it.each<[string, unknown, number, string]>([
	['a list', [1, 2, 3], 100, '[1,2,3]'],
	['an object', { a: { b: [1] } }, 100, '{"a":{"b":[1]}}'],
	['a text', 'x"y', 100, '"x\\"y"'],
	['nothing', undefined, 100, ''],
	['a long list', numbers(1000), 6, '[1,2,3'],
	[
		'a long object',
		Object.fromEntries(numbers(1000).map((n) => [`a${n}`, n])),
		16,
		'{"a1":1,"a2":2,"',
	],
])('the beginning of %s is written as JSON', (_what, value, length, beginning) => {
	expect(excerptOfValue(value, length)).toBe(beginning);
});

it('of many errors the first fifty are said', () => {
	const said = errorWords({ error: numbers(1000).map((number) => `Error ${number}`) });
	expect(said).toBe(
		numbers(50)
			.map((number) => `Error ${number}`)
			.join(', '),
	);
	const byName = Object.fromEntries(
		numbers(1000).map((number) => [`a${number}`, [`Error ${number}`]]),
	);
	expect(errorWords({ error: byName })?.split(', ')).toHaveLength(50);
});
