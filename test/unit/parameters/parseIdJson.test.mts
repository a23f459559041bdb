import { parseIdJson } from '../../../nodes/parameters/parseIdJson.ts';

describe('a list of IDs in JSON', () => {
	it.each<[string, string, unknown]>([
		['whole numbers', '[23,-5,0]', [23, -5, 0]],
		['a number of 15 digits', '[123456789012345]', [123456789012345]],
		['one of 16, which a number may not hold', '[1234567890123456]', ['1234567890123456']],
		['numbers with decimals', '[12.5,-1.5,12.55]', [12.5, -1.5, 12.55]],
		['decimals that a number would lose', '[1.0,1.00]', ['1.0', '1.00']],
		['exponents', '[1.2e3,1e5.5]', ['1.2e3', '1e5.5']],
		['digits in a text', '["1.50",7]', ['1.50', 7]],
		['digits behind letters in a text', '["ab 1.50",7]', ['ab 1.50', 7]],
		['a text behind a number', '[1,"2.0",3.0]', [1, '2.0', '3.0']],
		['a quote within a text', String.raw`["x\" 1.50 y",2.0]`, ['x" 1.50 y', '2.0']],
		['a text that ends in a backslash', String.raw`["x\\",2.0]`, ['x\\', '2.0']],
		['fields', '{"order":1.0}', { order: '1.0' }],
	])('keeps %s as written', (_what, text, value) => {
		expect(parseIdJson(text)).toStrictEqual(value);
	});

	it.each([
		['cut off', '[1,'],
		['cut off within a text', '["1'],
		['no JSON', 'Loading...'],
		['nested too deep to go through', `${'['.repeat(5000)}${']'.repeat(5000)}`],
	])('is undefined where the text is %s', (_what, text) => {
		expect(parseIdJson(text)).toBeUndefined();
	});
});
