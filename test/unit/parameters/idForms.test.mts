import { idsIn, readIds } from '../../../nodes/parameters/readIds.ts';

/** What lies on either side of each border between an ID and something that only looks like one. */
describe('the border between a list of IDs and one number', () => {
	it.each<[string, string[]]>([
		['12345 7', ['12345', '7']],
		['12345,7,8', ['12345', '7', '8']],
		['1,1234,567', ['1', '1234', '567']],
		['abc,23501', ['abc', '23501']],
		['ab cd', ['ab', 'cd']],
		['ord12345,7', ['ord12345', '7']],
		['12345x,7', ['12345x', '7']],
		['ord1,05', ['ord1', '05']],
		['1x,05', ['1x', '05']],
		[' [1, 2] ', ['1', '2']],
	])('is not crossed by "%s"', (text, ids) => expect(readIds(text)).toEqual(ids));

	const groups = 'a number written in groups';
	const decimals = 'with decimals';
	it.each([
		['1,234,5', groups],
		['1,234,56', groups],
		['1,234,567,8', groups],
		[', 23 501', groups],
		['12345,12 345', groups],
		['1,234, 5, 6789', groups],
		["'12,05", decimals],
		['12,0', decimals],
		['12,0%', decimals],
		['1234,005', decimals],
		['a1 b', 'more than an ID'],
	])('is crossed by "%s"', (text, why) => expect(() => readIds(text)).toThrow(why));
});

describe('the border between an ID and another word', () => {
	it.each<[string, string]>([
		['x', 'x'],
		['05', '05'],
		['010', '010'],
		['a1.234', 'a1.234'],
		['a1e5', 'a1e5'],
		['a.5', 'a.5'],
		['a'.repeat(128), 'a'.repeat(128)],
	])('is not crossed by "%s"', (text, id) => expect(readIds(text)).toEqual([id]));

	it.each([
		['00', 'not an ID'],
		['a#', 'not an ID'],
		['a$b', 'not an ID'],
		['$ab', 'not an ID'],
		['x="5"', 'not an ID'],
		['="5"x', 'not an ID'],
		['x"5"', 'not an ID'],
		['"5"x', 'not an ID'],
		['x#5', 'not an ID'],
		['#REF', 'a missing value'],
		['a'.repeat(129), 'too long'],
		['-1.234', 'written in groups'],
		['12.345', 'written in groups'],
		["1'234.56", 'written in groups'],
		['-1e5', 'a sheet has shortened'],
		['1e5.25', 'a sheet has shortened'],
		['-.5', 'with decimals'],
	])('is crossed by "%s"', (text, why) => expect(() => readIds(text)).toThrow(why));
});

it.each([
	['x'.repeat(59), `holds "${'x'.repeat(59)}$"`],
	['x'.repeat(60), `holds "${'x'.repeat(60)}…"`],
])('a refused word is shown whole up to 60 characters: %s$', (text, shown) => {
	expect(() => readIds(`${text}$`)).toThrow(shown);
});

it('a value that holds nothing is passed over, and a number that is not an ID adds none', () => {
	const refused: string[] = [];
	expect(idsIn([undefined, null, '', 7], (reason) => refused.push(reason))).toEqual(['7']);
	expect(refused).toEqual([]);
	expect(idsIn([0, -1, 2 ** 60], (reason) => refused.push(reason))).toEqual([]);
	expect(refused).toHaveLength(3);
});
