import { looksLikeHtml, mendJson, parseLongList, withLongIdsQuoted } from '../../json';
import { type AnsweredCall, wholeText } from '../transport/wire';

/** What the body of an answer is, before anyone asks what it means. */
export type Body =
	| { shape: 'json'; value: unknown }
	| { shape: 'page' | 'text'; text: string }
	| { shape: 'empty' };

/**
 * Reads the body of an answer; never throws.
 * @param isMended whether JSON with small mistakes (the trailing commas and unquoted words of the seed's own examples,
 * a PHP warning before it) may be mended. Not for `add`: an order id must never come out of a guess.
 */
export function readBody(answer: AnsweredCall, isMended: boolean): Body {
	const list = parseLongList(answer.pieces);
	if (list) return { shape: 'json', value: list };
	// A byte order mark goes with the blanks.
	const text = wholeText(answer).trim();
	if (text === '') return { shape: 'empty' };
	const json = withLongIdsQuoted(text);
	try {
		return { shape: 'json', value: JSON.parse(json) };
	} catch {
		const mended = isMended ? mendJson(json) : undefined;
		if (mended !== undefined) return { shape: 'json', value: mended };
		return { shape: looksLikeHtml(text) ? 'page' : 'text', text };
	}
}

/** The words of a foreign text without tags, scripts and line breaks, cut to a length. */
export function excerptOf(text: string, length: number): string {
	return text
		.replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, length);
}
