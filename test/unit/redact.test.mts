import fc from 'fast-check';

import { concealer, cutTextConcealer } from '../../nodes/redact.ts';
import { secretFinder } from '../../nodes/secretFinder.ts';

/** What other programs make of a key. */
const spellings: Array<[string, (key: string) => string]> = [
	['as it is', (key) => key],
	['in capitals', (key) => key.toUpperCase()],
	['in small letters', (key) => key.toLowerCase()],
	['escaped for a URL', (key) => encodeURIComponent(key)],
	['escaped for a URL in small letters', (key) => encodeURIComponent(key).toLowerCase()],
	['escaped for a URL twice', (key) => encodeURIComponent(encodeURIComponent(key))],
	['escaped for a form', (key) => new URLSearchParams({ key }).toString().slice('key='.length)],
	['escaped for JSON', (key) => JSON.stringify(key).slice(1, -1)],
	['escaped for JSON by PHP', (key) => asPhp(JSON.stringify(key).slice(1, -1))],
	['escaped for JSON by PHP, all of it', (key) => key.replace(/[^a-z\d]/gi, asUnits)],
	['in JSON in JSON', (key) => JSON.stringify(JSON.stringify(key)).slice(3, -3)],
	['escaped for HTML by names', asNames],
	['escaped for HTML by PHP', (key) => asNames(key).replaceAll('&apos;', '&#039;')],
	['escaped for HTML by numbers', (key) => asNumbers(key, (code) => `&#${code};`)],
	[
		'escaped for HTML by hex numbers',
		(key) => asNumbers(key, (code) => `&#x${code.toString(16)};`),
	],
	['escaped for HTML twice', (key) => asNames(asNames(key))],
	['in base64', (key) => Buffer.from(key).toString('base64')],
	['in base64 for URLs', (key) => Buffer.from(key).toString('base64url')],
];

function asPhp(json: string): string {
	return json.replaceAll('/', '\\/').replace(/[^ -~]/g, asUnits);
}

function asUnits(text: string): string {
	return text
		.split('')
		.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.join('');
}

function asNames(text: string): string {
	const names: Record<string, string> = {
		'&': 'amp',
		'<': 'lt',
		'>': 'gt',
		'"': 'quot',
		"'": 'apos',
	};
	return text.replace(/[&<>"']/g, (sign) => `&${names[sign]};`);
}

function asNumbers(text: string, numbered: (code: number) => string): string {
	return text.replace(/[^a-z\d]/giu, (sign) => numbered(sign.codePointAt(0) ?? 0));
}

const keys = [
	['a plain key', 'a3F9c2E17b604d58'],
	['a key with signs', 'ab c/1+2="é&<x>\\y\'-_.~|^$*'],
	['a key beyond the usual plane', 'ключ-😀-123'],
] as const;

describe.each(keys)('%s', (_what, key) => {
	it.each(spellings)('%s is blanked out', (_how, spell) => {
		const text = `{"error":"${spell(key)} is wrong"}`;
		expect(concealer(key)(text)).toMatch(/^\{"error":"\[API key\](=|%3D)* is wrong"\}$/);
	});

	it.each(['key:', ':key', 'a:key', 'ab:key', 'abc:key:d'])(
		'in base64 within "%s" leaves too little to guess from',
		(around) => {
			const encoded = Buffer.from(around.replace('key', key)).toString('base64');
			const concealed = concealer(key)(encoded);
			expect(concealed).toContain('[API key]');
			const left = Buffer.from(concealed.replace('[API key]', ''), 'base64').length;
			expect(left).toBeLessThanOrEqual(around.length);
		},
	);
});

const signs = `abcXYZ0189 !"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~éüж😀`;

it('any key is blanked out in each spelling', () => {
	fc.assert(
		fc.property(
			fc
				.string({ unit: fc.constantFrom(...signs), minLength: 6, maxLength: 40 })
				.filter((key) => key.trim() === key),
			fc.constantFrom(...spellings),
			(key, [, spell]) => {
				const text = `<${spell(key)}>`;
				expect(concealer(key)(text)).toContain('[API key]');
				expect(secretFinder(key)(Buffer.from(text))).toBe(true);
			},
		),
		{ numRuns: 3000 },
	);
});

describe('the quick look for a key', () => {
	const key = 'a3F9c2E17b604d58';
	const mayHold = secretFinder(key);
	const filler = 'Instagram Likes a3F9c2E17b604d5 [Fast] 58 YTNGOWMyRTE3YjY '.repeat(20);

	it('finds it in each spelling at every place of a long text', () => {
		for (const [, spell] of spellings) {
			for (let place = 0; place < 100; place++) {
				const text = filler.slice(0, place) + spell(key) + filler.slice(place);
				expect(mayHold(Buffer.from(text))).toBe(true);
			}
		}
	});

	it.each(['a:', 'ab:', 'abc:'])('finds it in base64 behind "%s"', (before) => {
		const encoded = Buffer.from(`${before}${key}:z`).toString('base64');
		expect(mayHold(Buffer.from(filler + encoded + filler))).toBe(true);
	});

	it('takes no other text for it', () => {
		expect(mayHold(Buffer.from(filler))).toBe(false);
		expect(mayHold(Buffer.from(''))).toBe(false);
	});

	it.each(['a-b-c-d', 'ключ-ключ'])('does not go by a few signs: %s', (withoutWords) => {
		expect(secretFinder(withoutWords)(Buffer.from('text'))).toBe(true);
	});

	it('finds nothing of a key that is too short to be blanked out', () => {
		expect(secretFinder('order')(Buffer.from('order'))).toBe(false);
	});
});

it('what stands in its place can be chosen, and is taken as it is', () => {
	expect(concealer('abc-123', '$& ***')('x abc-123 y')).toBe('x $& *** y');
});

it.each(['{"order":123456}', 'abc-12', 'ABC 123', ''])(
	'other texts stay what they are: %s',
	(text) => {
		expect(concealer('abc-123')(text)).toBe(text);
	},
);

it.each(['', '   ', 'order', ' order '])('a key as short as "%s" blanks out nothing', (key) => {
	expect(concealer(key)('{"order": 5}')).toBe('{"order": 5}');
	expect(cutTextConcealer(key)('{"order')).toBe('{"order');
});

describe('a text that was cut off within the key', () => {
	it.each(['abc-', 'abc-1', 'abc-12', 'abc-123'])('shows nothing of it: "%s"', (end) => {
		expect(cutTextConcealer('abc-123')(`{"error":"${end}`)).toBe('{"error":"[API key]');
	});

	it('may end with as little of it as many a word', () => {
		expect(cutTextConcealer('abc-123')('{"error":"abc')).toBe('{"error":"abc');
	});
});
