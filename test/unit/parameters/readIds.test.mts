import fc from 'fast-check';

import { idsIn, isEmptyId, readIds } from '../../../nodes/parameters/readIds.ts';

/** How somebody may write a number so that it is no ID, or one that is hidden in it. */
const blanks = [' ', '\u00A0', '\u202F', '\u2009', '\u2007', '\t'];
const groupSigns = [',', '.', "'", '’', '_', ...blanks];

describe('IDs', () => {
	it.each<[string, unknown, string[]]>([
		['a number', 23501, ['23501']],
		['a number in text', ' 23501 ', ['23501']],
		['letters and digits', 'ord_01HG:x-9', ['ord_01HG:x-9']],
		['letters alone', 'abcdef', ['abcdef']],
		['more digits than a number holds', '12345678901234567890', ['12345678901234567890']],
		['a large whole number', 9007199254740993n, ['9007199254740993']],
		['commas', '23501,23502', ['23501', '23502']],
		['commas and blanks', '23501, 23502 ,23503', ['23501', '23502', '23503']],
		['semicolons', '901;902; 903', ['901', '902', '903']],
		['blanks', '23501 23502', ['23501', '23502']],
		['line breaks', '901\n902\r\n903', ['901', '902', '903']],
		['tabs, as a row copied from a sheet', '23501\t23502', ['23501', '23502']],
		['short IDs with a comma and a blank', '23, 501', ['23', '501']],
		['short IDs with commas', '1,2,3', ['1', '2', '3']],
		['two of them', '3,4', ['3', '4']],
		['a long list', '98,99,100,101,23501', ['98', '99', '100', '101', '23501']],
		['a long list with blanks', '9 100 23501', ['9', '100', '23501']],
		['commas at both ends', ',23501,,23502,', ['23501', '23502']],
		['a short ID after a long one', '12345,777', ['12345', '777']],
		['a short ID after several', '12345,12346,777', ['12345', '12346', '777']],
		['each ID once', '7 8 7', ['7', '8']],
		['an array', [23501, '23502', ['23503']], ['23501', '23502', '23503']],
		[
			'a JSON list as text',
			'[23501, "ord_2", 12345678901234567890]',
			['23501', 'ord_2', '12345678901234567890'],
		],
		['a whole number as programs write it', '23501.0', ['23501']],
		['the same in a JSON list', '[23501.0]', ['23501']],
		['a number sign', '#23501, #ord_7', ['23501', 'ord_7']],
		["a sheet's sign for text", "'23501", ['23501']],
		['a formula that holds text', '="23501"', ['23501']],
		['quotes', '"23501","23502"', ['23501', '23502']],
		['characters that are not seen', '\uFEFF23501\u200B', ['23501']],
	])('are read from %s', (_what, value, ids) => expect(readIds(value)).toEqual(ids));

	const groups = 'a number written in groups: format the column as plain text';
	const shortened = 'a number that a sheet has shortened';
	const missing = 'which stands in a cell for a missing value';
	it.each<[string, string]>([
		['23,501', groups],
		['1 234 567', groups],
		['1\u00A0234\u00A0567', groups],
		['1\u202F234', groups],
		['1\t234', groups],
		['1.234.567', groups],
		["1'234'567", groups],
		['1’234’567', groups],
		['1_234', groups],
		['1,23,456', groups],
		['1,234.0', groups],
		['901,902', groups],
		['901 902', groups],
		['#23,501', groups],
		['12 345, 67 890', groups],
		['23501, 1,234', groups],
		['[23501, "23,501"]', groups],
		['12.5', 'with decimals'],
		['.5', 'with decimals'],
		['1.000000', 'with decimals'],
		['1.00000000000000000000', 'with decimals'],
		['23501.00', 'with decimals'],
		['12345,7', 'with decimals'],
		['12,05', 'with decimals'],
		["'1000,5", 'with decimals'],
		['23501,00', 'with decimals'],
		['12.5k', 'with decimals'],
		['[12.5]', 'holds the number 12.5'],
		['1.2346E+11', shortened],
		['1.2346e11', shortened],
		['1,2E+11', shortened],
		['1e5', shortened],
		['1e5.', 'not an ID'],
		['[1.2346E+11]', shortened],
		['+23501', 'with a sign'],
		['-23501', 'with a sign'],
		['#REF!', missing],
		['#N/A', missing],
		['#VALUE!', missing],
		['#NAME?', missing],
		['#DIV/0!', missing],
		['#ERROR!', missing],
		['Loading...', missing],
		['Loading…', missing],
		['N/A', missing],
		['null', missing],
		['undefined', missing],
		['NaN', missing],
		['Error 503', 'more than an ID'],
		['Order 23501', 'more than an ID'],
		['No 7', 'more than an ID'],
		['23501 done', 'more than an ID'],
		['0', 'not an ID'],
		['-', 'not an ID'],
		['?', 'not an ID'],
		['12/03/2024', 'not an ID'],
		['10:30', 'not an ID'],
		['23501-23510', 'not an ID'],
		['٢٣٥٠١', 'not an ID'],
		['$5', 'not an ID'],
		['5%', 'not an ID'],
		['https://example.com/23501', 'not an ID'],
		['"23,501"', groups],
		['="23,501"', groups],
		['{"order":1}', 'not an ID'],
		['1'.repeat(200), 'too long'],
	])('are not read from "%s"', (text, why) => {
		expect(() => readIds(text)).toThrow(why);
		expect(() => readIds(`23502\n${text}`)).toThrow(/^holds "/);
	});

	it.each<[string, unknown, string]>([
		['nothing', '', 'is empty: enter at least one ID'],
		['blanks', ' \n ', 'is empty: enter at least one ID'],
		['an empty list', [], 'is empty: enter at least one ID'],
		['a number that is not whole', 12.5, 'holds the number 12.5, which is no exact ID'],
		['a number with digits lost', 2 ** 60, 'which is no exact ID'],
		['zero', 0, 'holds "0", which is not an ID'],
		['an object', { order: 1 }, 'holds an object: enter IDs only'],
		['a switch', [true], 'holds an object: enter IDs only'],
	])('are not read from %s', (_what, value, why) => expect(() => readIds(value)).toThrow(why));

	it('are left out one value at a time, each as a whole', () => {
		const reasons: string[] = [];
		const values = ['23501', '1.234,5', '7 Order', 12.5, null, '', { error: '#ERROR!' }, 23502];
		expect(idsIn(values, (reason) => reasons.push(reason))).toEqual(['23501', '23502']);
		expect(reasons).toHaveLength(4);
	});

	it('are refused with a beginning that can be shown, however long the text is', () => {
		expect(() => readIds(`Order ${'x'.repeat(1_000_000)}`)).toThrow(/^.{50,200}$/);
	});
});

describe('an empty value', () => {
	it.each([[''], [' \n'], [null], [undefined], [[]], [['', null]]])('is %j', (value) =>
		expect(isEmptyId(value)).toBe(true),
	);
	it.each([['0'], [0], [false], [{}], [['', 7]], ['-']])('is not %j', (value) =>
		expect(isEmptyId(value)).toBe(false),
	);
});

describe('a number in any form', () => {
	const number = fc.integer({ min: 1_000, max: 999_999_999_999 });
	const groupsOf = (value: number, sign: string) => String(value).replace(/\B(?=(\d{3})+$)/g, sign);
	const decorated = fc.tuple(
		fc.constantFrom('', '#', "'", '$', '+', '-', 'No ', 'Order ', '="', '"', '(', '~'),
		fc.oneof(
			number.map(String),
			fc
				.tuple(number, fc.constantFrom(...groupSigns))
				.map(([value, sign]) => groupsOf(value, sign)),
			fc.tuple(number, fc.constantFrom('.', ','), fc.nat(99)).map((parts) => parts.join('')),
			fc.tuple(number, fc.constantFrom('.'), fc.nat(9_999)).map((parts) => parts.join('')),
			fc
				.tuple(number, fc.constantFrom(...groupSigns), fc.constantFrom('.5', ',5', ',50', '.0'))
				.map(([value, sign, rest]) => `${groupsOf(value, sign)}${rest}`),
			number.map((value) => value.toExponential(4)),
			number.map((value) => value.toExponential(2).toUpperCase().replace('.', ',')),
		),
		fc.constantFrom('', '%', ' USD', '!', '"', ')', '.0', '.', ' '),
	);

	it('is read as the number that is written there, or not at all', () => {
		fc.assert(
			fc.property(fc.array(decorated, { minLength: 1, maxLength: 3 }), (values) => {
				const written = values.map((parts) => parts.join(''));
				const ids = idsIn(written, () => {});
				const plain = written.map((text) => text.trim().replace(/^(#|'|="?|")|"$/g, ''));
				const whole = plain.map((text) => text.replace(/^(\d+)\.0$/, '$1'));
				for (const id of ids) expect(whole).toContain(id);
			}),
			{ numRuns: 20_000 },
		);
	});
});

it('IDs are read in time that grows with the text alone', () => {
	const worst: Array<(size: number) => string> = [
		(size) => '1'.repeat(size),
		(size) => ' '.repeat(size) + ',1',
		(size) => `1${' '.repeat(size)}2`,
		(size) => '1,'.repeat(size / 2),
		(size) => '23501\n'.repeat(size / 6),
		(size) => `["${'\\"'.repeat(size / 2)}]`,
		(size) => `[${'1e'.repeat(size / 2)}]`,
		(size) => '"'.repeat(size),
		(size) => '#'.repeat(size),
		(size) => '23501 x,'.repeat(size / 8),
	];
	for (const make of worst) {
		// The best of some tries, by the time of this thread alone: what others do with the machine does not count.
		const timeFor = (size: number) => {
			const text = make(size);
			const tries = Array.from({ length: 3 }, () => {
				const start = process.threadCpuUsage();
				idsIn(text, () => {});
				const { user, system } = process.threadCpuUsage(start);
				return (user + system) / 1000;
			});
			return Math.min(...tries);
		};
		const small = Math.max(5, timeFor(100_000));
		expect(timeFor(1_000_000) / small).toBeLessThan(25);
	}
});
