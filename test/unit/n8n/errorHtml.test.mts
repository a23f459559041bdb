import { htmlList, htmlOf, inert, plainOf } from '../../../nodes/n8n/errorHtml.ts';

/** Words as a panel, a link or a cell could hold them. */
const foreign = '<img src=x onerror="alert(1)"> & <b>50% off</b> &lt;now&gt;';

describe('the description of an error, which the editor shows as HTML', () => {
	it('shows any text as it is', () => {
		expect(htmlOf(foreign)).toBe(
			'&lt;img src=x onerror="alert(1)"&gt; &amp; &lt;b&gt;50% off&lt;/b&gt; &amp;lt;now&amp;gt;',
		);
	});

	it('keeps lines apart', () => {
		expect(htmlOf('one\ntwo\r\n\r\nthree')).toBe('one<br>two<br><br>three');
	});

	it('lists texts one a line, each as it is', () => {
		expect(htmlList(['Link is required', '<i>'])).toBe(
			'<ul><li>Link is required</li><li>&lt;i&gt;</li></ul>',
		);
	});

	it('begins no tag in a message, which looks the same', () => {
		expect(inert(foreign)).not.toMatch(/<[a-z/!?]/i);
		expect(inert(foreign).replaceAll('\u200b', '')).toBe(foreign);
		expect(inert('Maximum Cost < 5 <3')).toBe('Maximum Cost < 5 <3');
	});

	it('comes back as plain text for an item', () => {
		expect(plainOf(htmlOf(`${foreign}\n\n${foreign}`))).toBe(`${foreign}\n\n${foreign}`);
		expect(plainOf(`${htmlList(['one', foreign])}${htmlOf('then')}`)).toBe(
			`one\n${foreign}\n\nthen`,
		);
	});
});
