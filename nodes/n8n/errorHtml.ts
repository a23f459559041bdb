/**
 * n8n's editor shows the description of an error as HTML, with its scripts taken out. So whatever stands in one has to
 * be made here: lines would run into each other, and what a panel, a link or a cell says would be rendered.
 */

/** Any text as HTML that shows it as it is: nothing in it is rendered, and its lines stay apart. */
export function htmlOf(text: string): string {
	const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	return escaped.replace(/\r\n|\r|\n/g, '<br>');
}

/**
 * A text for the message of an error: the editor shows it as plain text in one place and as HTML in another. An invisible
 * space behind each "<" keeps it from beginning a tag, and is seen in neither.
 */
export function inert(text: string): string {
	return text.replace(/<(?=[a-z/!?])/gi, '<\u200b');
}

/** Texts as a list, one a line. */
export function htmlList(texts: readonly string[]): string {
	return `<ul>${texts.map((text) => `<li>${htmlOf(text)}</li>`).join('')}</ul>`;
}

/** HTML that was made here as plain text again, for an item that an IF node or a sheet reads. */
export function plainOf(html: string): string {
	return html
		.replace(/<br>/g, '\n')
		.replace(/<li>(.*?)<\/li>/g, '$1\n')
		.replace(/<\/?ul>/g, '\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim()
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');
}

/** Texts below each other, without those that are empty. */
export function paragraphs(texts: ReadonlyArray<string | null | undefined>): string {
	return texts.filter(Boolean).join('\n\n');
}
