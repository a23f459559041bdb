import { excerptOf, readBody } from '../../../../nodes/panelApi/answers/readBody.ts';

describe('the excerpt of a foreign text', () => {
	it.each<[string, string, string]>([
		['has no tags', '<p>Down <b>for</b>\n\n maintenance</p>', 'Down for maintenance'],
		['has no scripts and styles', '<ScRiPt>let x = "<b>"</sCrIpT>a<style>b{}</style >c', 'a b{} c'],
		['has no comments and declarations', '<!DOCTYPE html><?xml?><!-- x -->a', 'a'],
		[
			'keeps what only looks like a tag',
			'count < 5 {"order":987655}<br />x',
			'count < 5 {"order":987655} x',
		],
		['keeps what does not end', 'a <b c', 'a <b c'],
		['keeps the words of a script that does not end', '<script>a', 'a'],
		['is cut', 'abc def', 'abc d'.slice(0, 5)],
	])('%s', (what, text, words) => {
		expect(excerptOf(text, what === 'is cut' ? 5 : 500)).toBe(words);
	});

	it('is that of the beginning of a long page', () => {
		expect(excerptOf(`Down${'<br>'.repeat(1_000_000)}again`, 500)).toBe('Down');
	});
});

describe('a body that is nested deeper than anybody needs it', () => {
	const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)},}`;

	it.each([true, false])('is no JSON (mended: %s)', (isMended) => {
		for (const text of [nested(100), nested(100).replace(',}', '}'), '['.repeat(200_000)]) {
			expect(readBody({ pieces: [text] }, isMended)).toStrictEqual({ shape: 'text', text });
		}
	});

	it('is no JSON in a long list either', () => {
		const pieces = ['[{"a":1}]', `[${nested(100).replace(',}', '}')}]`, '[{"a":1}]'];
		expect(readBody({ pieces }, true)).toMatchObject({ shape: 'text' });
	});

	it('is JSON up to there, and brackets in texts do not count', () => {
		const text = nested(99).replace(',}', `,"b":"${'['.repeat(500)}"}`);
		expect(readBody({ pieces: [text] }, false)).toMatchObject({ shape: 'json' });
	});
});
