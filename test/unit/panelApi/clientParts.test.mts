import { readIds } from '../../../nodes/parameters/readIds.ts';
import { askedPauseMs } from '../../../nodes/panelApi/calls/retryAfter.ts';
import { concealer } from '../../../nodes/redact.ts';

describe('a text that repeats the API key', () => {
	const hidden = '{"error":"[API key] is wrong"}';

	it.each<[string, string, string]>([
		['as it is', 'abc-123', 'abc-123'],
		['as it is, with blanks around it in the credential', ' abc-123 ', 'abc-123'],
		['encoded for a URL', 'ab c/1+2=', 'ab%20c%2F1%2B2%3D'],
		['encoded for a form', 'ab c/1+2=', 'ab+c%2F1%2B2%3D'],
		['escaped for JSON', 'ab"c\\1', 'ab\\"c\\\\1'],
		['escaped for JSON by PHP', 'ab"c/1', 'ab\\"c\\/1'],
		['with signs that mean something in patterns', 'a.b*c$&(1', 'a.b*c$&(1'],
	])('does so %s: it is blanked out', (_what, key, spelling) => {
		expect(concealer(key)(`{"error":"${spelling} is wrong"}`)).toBe(hidden);
	});

	it('does so more than once', () => {
		expect(concealer('a/bcde')('a/bcde a%2Fbcde a/bcde')).toBe('[API key] [API key] [API key]');
	});

	it('stays what it is without the key', () => {
		expect(concealer('abc-123')('{"order":123}')).toBe('{"order":123}');
	});

	it.each(['', '   ', 'order', ' order '])('a key as short as "%s" blanks out nothing', (key) => {
		expect(concealer(key)('{"order": 5}')).toBe('{"order": 5}');
	});

	it('a key of six signs is a key', () => {
		expect(concealer('orders')('{"orders": 5}')).toBe('{"[API key]": 5}');
	});
});

describe('how long a panel asks to wait', () => {
	const now = Date.UTC(2030, 0, 1, 12, 0, 0);
	const epochSecond = now / 1000;

	it.each<[string, Record<string, string>, number | undefined]>([
		['nothing', {}, undefined],
		['Retry-After: 0', { 'retry-after': '0' }, 0],
		['Retry-After: 30', { 'retry-after': '30' }, 30_000],
		['Retry-After: 0.25', { 'retry-after': ' 0.25 ' }, 250],
		['Retry-After, a date', { 'retry-after': 'Tue, 01 Jan 2030 12:00:42 GMT' }, 42_000],
		['Retry-After, a date that is over', { 'retry-after': 'Tue, 01 Jan 2030 11:00:00 GMT' }, 0],
		['Retry-After, a date of C', { 'retry-after': 'Tue Jan  1 12:00:42 2030' }, 42_000],
		['Retry-After, a date without a zone', { 'retry-after': '2030-01-01 12:00:42' }, 42_000],
		['Retry-After, a date with a zone', { 'retry-after': '2030-01-01T13:00:42+01:00' }, 42_000],
		['Retry-After, a point in time', { 'retry-after': String(epochSecond + 42) }, 42_000],
		['Retry-After, a number without end', { 'retry-after': '9'.repeat(400) }, undefined],
		['Retry-After: wait 60', { 'retry-after': 'wait 60' }, undefined],
		['Retry-After: soon 45', { 'retry-after': 'soon 45' }, undefined],
		['X-RateLimit-Retry-After: 30', { 'x-ratelimit-retry-after': '30' }, 30_000],
		['RateLimit-Reset: 20', { 'ratelimit-reset': '20' }, 20_000],
		['X-Rate-Limit-Reset: 20', { 'x-rate-limit-reset': '20' }, 20_000],
		[
			'X-RateLimit-Reset, a point in milliseconds',
			{ 'x-ratelimit-reset': String(now + 42_000) },
			42_000,
		],
		[
			'X-RateLimit-Reset while calls remain',
			{ 'x-ratelimit-remaining': '59', 'x-ratelimit-reset': '900' },
			undefined,
		],
		[
			'X-RateLimit-Reset while none remains',
			{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '900' },
			900_000,
		],
		['Retry-After while calls remain', { 'retry-after': '5', 'x-ratelimit-remaining': '59' }, 5000],
		[
			'Retry-After below 0: the reset counts',
			{ 'retry-after': '-5', 'x-ratelimit-reset': '20' },
			20_000,
		],
		['Retry-After: soon', { 'retry-after': 'soon' }, undefined],
		['Retry-After, empty', { 'retry-after': '' }, undefined],
		['X-RateLimit-Reset: 20', { 'x-ratelimit-reset': '20' }, 20_000],
		['X-RateLimit-Reset, a point in time', { 'x-ratelimit-reset': String(epochSecond + 7) }, 7000],
		[
			'X-RateLimit-Reset, a point that is over',
			{ 'x-ratelimit-reset': String(epochSecond - 7) },
			0,
		],
		['X-RateLimit-Reset: -1', { 'x-ratelimit-reset': '-1' }, undefined],
		['X-RateLimit-Reset: soon', { 'x-ratelimit-reset': 'soon' }, undefined],
		['X-RateLimit-Reset, empty', { 'x-ratelimit-reset': '' }, undefined],
		['both: Retry-After counts', { 'retry-after': '5', 'x-ratelimit-reset': '20' }, 5000],
		[
			'both, one unreadable: the other counts',
			{ 'retry-after': 'soon', 'x-ratelimit-reset': '20' },
			20_000,
		],
	])('%s', (_what, headers, pauseMs) => {
		expect(askedPauseMs(headers, now)).toBe(pauseMs);
	});
});

describe('the IDs in a parameter', () => {
	it.each<[string, unknown, string[]]>([
		['one ID', '5', ['5']],
		['a number', 5, ['5']],
		['a number longer than numbers are', 12345678901234567890n, ['12345678901234567890']],
		['a list with commas', '1,2, 3', ['1', '2', '3']],
		['semicolons, blanks, tabs and lines', '1; 2 3\t4\r\n5\n', ['1', '2', '3', '4', '5']],
		['gaps in a list', ',1,,2,', ['1', '2']],
		['an array', ['1', 2, '3,4'], ['1', '2', '3', '4']],
		['an array in an array', [['1'], [2, ['3']]], ['1', '2', '3']],
		['an array with gaps', [null, '1', undefined, ''], ['1']],
		['a JSON list as text', ' ["1", 2]\n', ['1', '2']],
		[
			'a JSON list of long IDs as text',
			'[12345678901234567890, "12345678901234567891"]',
			['12345678901234567890', '12345678901234567891'],
		],
		['long IDs', '12345678901234567890', ['12345678901234567890']],
		['IDs with letters', 'ord_01HG,ABC-9', ['ord_01HG', 'ABC-9']],
		['an ID twice', '2,1,2', ['2', '1']],
	])('%s', (_what, value, ids) => {
		expect(readIds(value)).toStrictEqual(ids);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['blanks and commas', ' , \n;'],
		['an empty array', []],
		['an array of nothing', [null, '']],
		['an empty JSON list', '[]'],
	])('%s: there is none', (_what, value) => {
		expect(() => readIds(value)).toThrow(new Error('is empty: enter at least one ID'));
	});

	it.each<[string, unknown]>([
		['an object', { order: '5' }],
		['an array of objects', ['1', { order: '5' }]],
		['a JSON list of objects', '[{"order": 5}]'],
		['a switch', true],
	])('%s holds no IDs', (_what, value) => {
		expect(() => readIds(value)).toThrow(
			new Error(
				'holds an object: enter IDs only, for example with an expression like {{ $json.order }}',
			),
		);
	});

	it.each([12345678901234567890, 1.5, Number.NaN])('the number %d may be another one', (value) => {
		expect(() => readIds(['1', value])).toThrow(
			new Error(`holds the number ${value}, which is no exact ID: give it as text`),
		);
	});
});
