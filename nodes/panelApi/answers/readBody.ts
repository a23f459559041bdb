import {
	hasTooManyBrackets,
	isNestedTooDeep,
	looksLikeHtml,
	parseLongList,
	withLongIdsQuoted,
} from '../../json';
import { mendJson } from '../../mendJson';
import { type AnsweredCall, wholeText } from '../transport/wire';

/** What the body of an answer is, before anyone asks what it means. */
export type Body =
	| { shape: 'json'; value: unknown }
	| { shape: 'page' | 'text'; text: string }
	| { shape: 'empty' };

/**
 * Reads the body of an answer in time proportional to its length; never throws.
 * JSON that is nested deeper than a hundred levels, or holds more than half a million lists and objects, is a text like
 * any other: no panel needs it.
 * @param isMended whether JSON with small mistakes may be mended (see `mendJson`). Not for `add`: an order id must
 * never come out of a guess.
 */
export function readBody(answer: Pick<AnsweredCall, 'pieces'>, isMended: boolean): Body {
	const list = parseLongList(answer.pieces);
	if (list) return { shape: 'json', value: list };
	// A byte order mark goes with the blanks.
	const text = wholeText(answer).trim();
	if (text === '') return { shape: 'empty' };
	const isReasonable = !hasTooManyBrackets(text) && !isNestedTooDeep(text);
	const value = isReasonable ? parsed(text, isMended) : undefined;
	if (value !== undefined) return { shape: 'json', value };
	return { shape: looksLikeHtml(text) ? 'page' : 'text', text };
}

function parsed(text: string, isMended: boolean): unknown {
	try {
		return JSON.parse(withLongIdsQuoted(text)) as unknown;
	} catch {
		return isMended ? mendJson(text) : undefined;
	}
}

/** Of a longer page only the beginning is looked at. */
const longestLook = 1_000_000;

/** The beginning of a value as JSON; of long lists and objects no more is written than is shown. */
export function excerptOfValue(value: unknown, length: number): string {
	let beginning = value;
	if (Array.isArray(value)) beginning = value.slice(0, length);
	else if (typeof value === 'object' && value !== null) beginning = firstFields(value, length);
	return (JSON.stringify(beginning) ?? '').slice(0, length);
}

function firstFields(value: object, count: number): Record<string, unknown> {
	const fields: Record<string, unknown> = {};
	for (const name in value) {
		if (count-- === 0) break;
		fields[name] = (value as Record<string, unknown>)[name];
	}
	return fields;
}

/** The words of a foreign text without tags, scripts and line breaks, cut to a length. */
export function excerptOf(text: string, length: number): string {
	return wordsBetweenTags(text.slice(0, longestLook))
		.join(' ')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, length);
}

/** "count < 5" is no tag: what follows may hold the ID of an order. */
const tagName = /[a-z/!?]/i;

function wordsBetweenTags(text: string): string[] {
	const parts: string[] = [];
	const hiddenEnds = {
		script: endFinder(text, /<\/script>/gi),
		style: endFinder(text, /<\/style>/gi),
	};
	const tagEnd = endFinder(text, />/g);
	let plainStart = 0;
	for (let tag = text.indexOf('<'); tag >= 0; ) {
		let end = tagName.test(text[tag + 1] ?? '') ? tagEnd(tag) : undefined;
		if (end !== undefined) {
			if (tag > plainStart) parts.push(text.slice(plainStart, tag));
			const hidden = /^<(script|style)\b/i.exec(text.slice(tag, tag + 8))?.[1]?.toLowerCase();
			if (hidden) end = hiddenEnds[hidden as keyof typeof hiddenEnds](tag) ?? end;
			plainStart = end;
		}
		tag = text.indexOf('<', end ?? tag + 1);
	}
	return [...parts, text.slice(plainStart)];
}

/** Finds where a pattern ends next; looks for one that is not there any more only once. */
function endFinder(text: string, pattern: RegExp): (from: number) => number | undefined {
	let isGone = false;
	return (from) => {
		if (isGone) return undefined;
		pattern.lastIndex = from;
		isGone = !pattern.test(text);
		return isGone ? undefined : pattern.lastIndex;
	};
}
