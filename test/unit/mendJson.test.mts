import fc from 'fast-check';

import { withLongIdsQuoted } from '../../nodes/json.ts';
import { mendJson } from '../../nodes/mendJson.ts';

describe('JSON with small mistakes is mended:', () => {
	it.each<[string, string, unknown]>([
		['a trailing comma', '{"a":1,}', { a: 1 }],
		['trailing commas, one in the other', '{"a":{"b":[1,2,],},}', { a: { b: [1, 2] } }],
		['a comma too many', '[1,,2, ,3]', [1, 2, 3]],
		['a comma before all', '[,1]', [1]],
		[
			'words without quotes',
			'[{"a":Service Description,"b":true,}]',
			[{ a: 'Service Description', b: true }],
		],
		['words up to the end of the line', '{"a": Some words\n}', { a: 'Some words' }],
		[
			'words with signs between them',
			'{"a": Time: 5 min - 24/7, "b":1}',
			{ a: 'Time: 5 min - 24/7', b: 1 },
		],
		[
			'a link without quotes',
			'{"a": https://x.example/y?z=1 , "b":1}',
			{ a: 'https://x.example/y?z=1', b: 1 },
		],
		['names without quotes', '{service: 1, $x-y.z: 2, 3: 4}', { service: 1, '$x-y.z': 2, 3: 4 }],
		['single quotes', "{'a':'it\\'s','b':'don't'}", { a: "it's", b: "don't" }],
		['quotes within a text', '{"a":"He said "hi" ok","b":1}', { a: 'He said "hi" ok', b: 1 }],
		['a line break and a tab within a text', '{"a":"x\ny\tz"}', { a: 'x\ny\tz' }],
		['a backslash that means nothing', '{"a":"\\q \\x41 \\u12"}', { a: 'q x41 u12' }],
		['escapes that are right', '{"a":"\\n\\u00e9\\"\\/\\\\",}', { a: '\né"/\\' }],
		['comments', '{"a":1 /* x */, // y\n "b":2 // z\n}', { a: 1, b: 2 }],
		['a comma that is missing at the end of a line', '{"a":1\n"b":2}', { a: 1, b: 2 }],
		['values that are missing', '{"a": ,"b":}', { a: null, b: null }],
		[
			'the words of other languages',
			'[True, False, None, undefined, NaN]',
			[true, false, null, null, null],
		],
		['numbers that are none in JSON', '[007, .5, +5, 1.]', ['007', '.5', '+5', '1.']],
		['an ID too long for a number', '{"a":12345678901234567890,}', { a: '12345678901234567890' }],
		['blanks that JSON does not know', '[\u00A01,\uFEFF2,]', [1, 2]],
		[
			'names of prototypes',
			'{"constructor":1, toString:valueOf}',
			{ constructor: 1, toString: 'valueOf' },
		],
		['a warning before it', '<br />\n<b>Warning</b>: x in <b>a.php</b><br />\n{"a":1}', { a: 1 }],
		[
			'a warning with brackets before it',
			'Warning: Undefined array key [0] in a.php\n{"a":1}',
			{ a: 1 },
		],
		['a tag behind it', '{"a":1}\n<!-- cached -->', { a: 1 }],
		['the call of a function around it', 'callback({"a":1});', { a: 1 }],
		['nothing', '{"a":[{}]}', { a: [{}] }],
	])('%s', (_what, text, value) => {
		expect(mendJson(text)).toStrictEqual(value);
	});
});

describe('what would be a guess is not mended:', () => {
	it.each<[string, string]>([
		['a list that was cut off', '[{"a":1}'],
		['a list that was cut off behind a comma', '[{"a":1},'],
		['a text that was cut off', '{"a":"x'],
		['a text that was cut off at a bracket', '[{"service":1,"name":"a}]'],
		['a row that was cut off within another', '[{"a":1},{"b":"c'],
		['a bracket too many', '[{"a":1}]]'],
		['the wrong bracket', '[{"a":1]}'],
		['two values', '{"error":"x"} {"status":"ok"}'],
		['a value and a script', '{"a":1}<script>{}</script>'],
		['a missing comma', '{"a":"1" "b":2}'],
		['a missing colon', '{"a" 1}'],
		['a missing quote', '{"a":"foo, "b":"bar"}'],
		['a page', '<html><body>{"a":1}'],
		['a word', 'Closed'],
		['a list within a list, for ever', '['.repeat(101) + ']'.repeat(101)],
	])('%s', (_what, text) => {
		expect(mendJson(text)).toBeUndefined();
	});
});

const anyObject = fc.oneof(
	fc.array(fc.jsonValue({ maxDepth: 4 })),
	fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })),
);

/** What the text says, with all digits of its IDs. */
const parsed = (text: string): unknown => JSON.parse(withLongIdsQuoted(text));

it('JSON without mistakes stays what it is', () => {
	fc.assert(
		fc.property(anyObject, fc.constantFrom(0, 2, '\t'), (value, indent) => {
			const text = JSON.stringify(value, null, indent);
			expect(mendJson(text)).toStrictEqual(parsed(text));
		}),
		{ numRuns: 2000 },
	);
});

it('no beginning of a text is taken for the whole', () => {
	fc.assert(
		fc.property(anyObject, fc.double({ min: 0, max: 1, maxExcluded: true }), (value, share) => {
			const text = JSON.stringify(value);
			fc.pre(text.length > 2);
			const cut = text.slice(0, Math.max(1, Math.floor(text.length * share)));
			expect(mendJson(cut)).toBeUndefined();
		}),
		{ numRuns: 2000 },
	);
});

it('commas before each closing bracket change nothing', () => {
	fc.assert(
		fc.property(anyObject, (value) => {
			const text = JSON.stringify(value, null, 1);
			const dirty = text.replace(/"(?:[^"\\]|\\.)*"|\n\s*[\]}]/g, (part) =>
				part.startsWith('"') ? part : `,${part}`,
			);
			expect(mendJson(dirty)).toStrictEqual(parsed(text));
		}),
		{ numRuns: 1000 },
	);
});
