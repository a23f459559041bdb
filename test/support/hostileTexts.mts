/**
 * Texts that take a careless reader time in proportion to the square of their length, each about as long as wanted.
 * @param length in characters
 */
export function hostileTexts(length: number): Record<string, string> {
	const often = (part: string, count = Math.ceil(length / part.length)) => part.repeat(count);
	const list = (part: string) => `[${often(part)}`;
	const half = Math.ceil(length / 2);
	return {
		'angle brackets': often('<'),
		'tags that do not end': often('<a '),
		tags: often('<a>'),
		'scripts that do not end': often('<script>'),
		scripts: often('<script></script>'),
		quotes: often('"'),
		'letters and quotes': often('x"'),
		'doubled quotes': `"${often('""')}`,
		blanks: `x${often(' ')}x`,
		'quotes and blanks': `["${often('" ')}`,
		'line breaks': often('\n'),
		'escaped quotes behind long IDs': `[1234567890123456,${often('\\"')}`,
		'escaped quotes in a text': `["${often('\\"')}`,
		backslashes: `["${often('\\')}`,
		'long IDs': `[${often('1234567890123456,')}1]`,
		digits: often('9'),
		'numbers that go on': often('1e1.'),
		'rows with a trailing comma': `${list('{"service":1,"name":"x",},')}]`,
		'rows without quotes': `${list('{service: 1, name: x},')}]`,
		'rows in single quotes': `${list("{'service':'1'},")}]`,
		'rows that break off': list('{"service":1},'),
		'words of a list': list('word,'),
		commas: `[${often(',')}`,
		comments: list('/* */'),
		'comments that do not end': list('/*'),
		slashes: list('//\n'),
		brackets: often('['),
		'nested lists': often('[', half) + often(']', half),
		'nested objects': `${often('{"a":')}1`,
		'groups behind words': `Warning ${often('[0] ')}`,
		'ends of a call': `{}${often(' ')});${often(' ')}x`,
		'an error of many words': `{"error":"${often('user ')}"}`,
		'an error about an order': `{"error":"${often('active order ')}"}`,
		'an error of many errors': `{"error":[${often('"Incorrect link",')}"x"]}`,
		'an error of nested errors': `{"error":${often('{"message":', half / 11)}1${often('}', half / 11)}}`,
		'names of orders': often('order:'),
		orders: `${often('"order":"1234567" ')}`,
		'commas and blanks': often(', '),
		'percent signs': often('%25'),
		ampersands: often('&amp;'),
		'parts of a key': often('secret-ke'),
		'escaped parts of a key': often('secret%2D'),
		'names that end nowhere': `{${often('"a" ')}`,
		'a wide header': `${often('name,', half / 5)}\n${often(',\n', half / 2)}`,
		'one long word': often('a'),
	};
}
