import fc from 'fast-check';

import { bodyPieces, joinedPieces } from '../../../../nodes/panelApi/transport/bodyPieces.ts';
import { withLongIdsQuoted } from '../../../../nodes/json.ts';
import { readAnswer } from '../../../../nodes/panelApi/answers/readAnswer.ts';

/** Long enough for several pieces. */
const enough = 200_000;
const filler = 'Followers ★ '.repeat(10);

const pieces = (text: string) => [...bodyPieces(Buffer.from(text))];
const read = (text: string) =>
	readAnswer(
		{ kind: 'answered', httpStatus: 200, headers: {}, pieces: pieces(text) },
		{ mendJson: true, excerptLength: 100 },
	);

/** What comes out when nothing is cut. */
const whole = (text: string) => JSON.stringify(JSON.parse(withLongIdsQuoted(text)));

/** These rows again and again, as a panel writes them, until the list is long. */
function longList(rows: readonly object[]): string {
	const once = rows.map((row) => JSON.stringify(row));
	const length = once.join().length + once.length;
	const texts = Array.from({ length: Math.ceil(enough / length) }, () => once).flat();
	return `[${texts.join(',')}]`;
}

describe('a long list', () => {
	it('comes in pieces that are cut between its rows', () => {
		const text = longList([{ service: 1, name: filler }]);
		expect(pieces(text).length).toBeGreaterThan(2);
		expect(pieces(text).flatMap((piece) => JSON.parse(piece) as unknown[])).toStrictEqual(
			JSON.parse(text),
		);
		expect(read(text)).toStrictEqual(JSON.parse(text));
	});

	it.each<[string, (text: string) => string]>([
		['whole', (text) => text],
		['cut off', (text) => text.slice(0, -20)],
		['within an object', (text) => `{"services":${text}}`],
	])('can be made of its pieces again, and its bytes are as they were: %s', (_what, change) => {
		const text = change(longList([{ service: 1, name: filler }]));
		const bytes = Buffer.from(text);
		const cutOnce = [...bodyPieces(bytes)];
		expect(cutOnce.length).toBeGreaterThan(2);
		expect(joinedPieces(cutOnce)).toBe(text);
		expect(joinedPieces(bodyPieces(bytes))).toBe(text);
		expect(bytes.toString()).toBe(text);
	});

	it('is what the panel sent, whatever is in its rows', () => {
		const anything = fc.jsonValue();
		const row = fc.record({
			tricky: fc.constantFrom('', '},{', '"},{"', ']', '[{', '\\"},{', '},{ ★ },{'),
			nested: fc.array(fc.record({ anything }), { maxLength: 4 }),
			filler: fc.constant(filler),
		});
		fc.assert(
			fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
				const text = longList(rows);
				expect(JSON.stringify(read(text))).toBe(whole(text));
			}),
			{ numRuns: 50 },
		);
	});

	it.each<[string, (text: string) => string]>([
		['with blanks and a byte order mark around it', (text) => `\uFEFF\n ${text} \n`],
		['with a row to each line', (text) => text.replaceAll('},{', '},\n{')],
		['with a trailing comma', (text) => text.replace(/\]$/, ',]')],
		['behind a warning of PHP', (text) => `Warning: old function in line 7 ${text}`],
	])('is read %s', (_what, change) => {
		const text = longList([{ service: 1, name: filler }]);
		expect(read(change(text))).toStrictEqual(JSON.parse(text));
	});

	it('in an object is read as well', () => {
		const text = `{"services":${longList([{ service: 1, name: filler }])}}`;
		expect(read(text)).toStrictEqual(JSON.parse(text));
	});

	it('keeps all digits of its IDs', () => {
		const text = longList([{ service: 1, name: filler }]).replace(
			/1(?=[^1]*$)/,
			'90071992547409931',
		);
		expect((read(text) as unknown[]).at(-1)).toMatchObject({ service: '90071992547409931' });
	});

	const nested = (levels: number) => `${'[ '.repeat(levels)}1${']'.repeat(levels)}`;

	it.each<[string, number, boolean]>([
		['a hundred levels deep', 98, true],
		['deeper', 99, false],
		['much deeper', 5000, false],
	])('with one row that is nested %s', (_what, levels, isRead) => {
		const text = longList([{ service: 1, name: `[a] [b] {c} ${filler}` }]);
		const middle = text.indexOf('},{', text.length / 2);
		const odd = `${text.slice(0, middle)},"odd" : ${nested(levels)}${text.slice(middle)}`;
		if (isRead) expect(read(odd)).toStrictEqual(JSON.parse(odd));
		else expect(() => read(odd)).toThrow('not JSON');
	});

	it('whose rows all hold lists is read', () => {
		const text = longList([{ service: 1, tags: [['a'], [{}]], name: filler }]);
		expect(read(text)).toStrictEqual(JSON.parse(text));
	});

	it.each<[string, (text: string) => string]>([
		['cut off within a row', (text) => text.slice(0, -20)],
		['cut off between two rows', (text) => text.slice(0, text.lastIndexOf('},{') + 1)],
		['cut off behind a comma', (text) => text.slice(0, text.lastIndexOf('},{') + 2)],
	])('that was %s is no list', (_what, cut) => {
		expect(() => read(cut(longList([{ service: 1, name: filler }])))).toThrow('not JSON');
	});
});

describe('any other answer', () => {
	it.each(['', '{"balance":"1"}', '<html>'])('comes in one piece: %j', (text) => {
		expect(pieces(text)).toStrictEqual([text]);
	});

	it('that n8n has made something of is read as its JSON', () => {
		expect(bodyPieces('text')).toStrictEqual(['text']);
		expect(bodyPieces({ order: 1 })).toStrictEqual(['{"order":1}']);
		expect(bodyPieces(undefined)).toStrictEqual(['""']);
	});
});
