/** A number in JSON, and what only begins like one. No part of it can match in two ways, so it takes linear time. */
const numbers = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;
const shortestLongId = 16;

/** JSON in which ids that are too long for a number are quoted, so that no digit is lost. */
export function withLongIdsQuoted(json: string): string {
	if (!hasDigitsInARow(json, shortestLongId)) return json;
	const parts: string[] = [];
	for (let position = 0; position < json.length; ) {
		const quote = indexOfOrEnd(json, '"', position);
		parts.push(json.slice(position, quote).replace(numbers, quotedIfLong));
		position = endOfText(json, quote);
		parts.push(json.slice(quote, position));
	}
	return parts.join('');
}

/** A number as JSON holds it without losing a digit. */
export function quotedIfLong(number: string): string {
	const isLong =
		number.length >= shortestLongId &&
		/^-?\d+$/.test(number) &&
		!Number.isSafeInteger(Number(number));
	return isLong ? `"${number}"` : number;
}

/** Behind the text in quotes that begins at this quote; the end of the JSON where it does not end. */
function endOfText(json: string, quote: number): number {
	let end = quote;
	do end = indexOfOrEnd(json, '"', end + 1);
	while (end < json.length && isEscaped(json, end));
	return end + 1;
}

/** Whether an odd number of backslashes stands before this sign. Each is counted for one sign only. */
export function isEscaped(text: string, position: number): boolean {
	let backslashes = 0;
	while (text[position - 1 - backslashes] === '\\') backslashes++;
	return backslashes % 2 === 1;
}

function indexOfOrEnd(text: string, wanted: string, from: number): number {
	const found = text.indexOf(wanted, from);
	return found < 0 ? text.length : found;
}

/** Looks at one character in so many only: a catalogue has megabytes, and a search for a pattern takes longer than parsing. */
function hasDigitsInARow(text: string, count: number): boolean {
	for (let position = count - 1; position < text.length; position += count) {
		if (!isDigit(text.charCodeAt(position))) continue;
		let first = position;
		while (isDigit(text.charCodeAt(first - 1))) first--;
		let last = position;
		while (isDigit(text.charCodeAt(last + 1))) last++;
		if (last - first + 1 >= count) return true;
	}
	return false;
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}

/**
 * A list that came in pieces, each of which is a list of its own: see `bodyPieces`. Undefined if one is not (it was cut
 * within an entry, or has small mistakes), if there is but one, if they are nested too deep, or if they hold too many
 * lists and objects.
 */
export function parseLongList(pieces: Iterable<string>): unknown[] | undefined {
	const lists: unknown[][] = [];
	// That of the whole list is in none of the rows.
	let brackets = 1;
	try {
		for (const piece of severalIn(pieces)) {
			const { all, structural } = bracketsIn(piece);
			brackets += all - 1;
			if (brackets > mostBrackets) return undefined;
			const list = JSON.parse(withLongIdsQuoted(piece)) as unknown;
			if (!Array.isArray(list)) return undefined;
			if (mayNestDeep(structural - 1, list) && isListTooDeep(list)) return undefined;
			lists.push(list);
		}
	} catch {
		return undefined;
	}
	return lists.length > 0 ? lists.flat() : undefined;
}

/** All pieces, without a byte order mark; none where there is but one. */
function* severalIn(pieces: Iterable<string>): Generator<string, void> {
	let before: string | undefined;
	let isFirst = true;
	for (const piece of pieces) {
		if (before !== undefined) {
			yield isFirst ? before.trimStart() : before;
			isFirst = false;
		}
		before = piece;
	}
	if (before !== undefined && !isFirst) yield before;
}

/** Panels nest three levels. What goes deeper than this overflows the stack of whoever walks through it. */
export const deepestNesting = 100;

/** Whether JSON is nested deeper than anybody needs it. To parse it takes long, too. */
export function isNestedTooDeep(json: string): boolean {
	let depth = 0;
	for (let position = 0; position < json.length; position++) {
		const sign = json[position];
		if (sign === '"') position = endOfText(json, position) - 1;
		else if (sign === '[' || sign === '{') depth++;
		else if (sign === ']' || sign === '}') depth--;
		if (depth > deepestNesting) return true;
	}
	return false;
}

/** The largest catalogues have some ten thousand rows, each of which is one object. */
const mostBrackets = 500_000;

/**
 * Whether JSON holds more lists and objects than anybody needs: to make millions of empty ones of 10 MB would take the
 * better part of a second.
 */
export function hasTooManyBrackets(json: string): boolean {
	return bracketsIn(json).all > mostBrackets;
}

/** How many brackets open in a text, and how many of them are not within a text of its own, as far as a look can say. */
function bracketsIn(text: string): { all: number; structural: number } {
	let all = 0;
	let structural = 0;
	for (const bracket of '{[') {
		for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
			if (++all > mostBrackets) return { all, structural };
			if (mayBegin(text, at)) structural++;
		}
	}
	return { all, structural };
}

/**
 * Whether so many lists and objects begin in the text of these rows that one of them may be nested too deep. To count
 * brackets takes a fraction of the time of a look at each value.
 */
function mayNestDeep(structural: number, rows: readonly unknown[]): boolean {
	const ownBrackets = rows.filter((row) => typeof row === 'object' && row !== null).length;
	return structural - ownBrackets > deepestNesting - 2;
}

/** Whether a list or an object may begin here: "Likes [Fast]" holds none. */
function mayBegin(text: string, bracket: number): boolean {
	let before = bracket - 1;
	while (/\s/.test(text[before] ?? '')) before--;
	return before < 0 || '[,:'.includes(text[before] as string);
}

/** Whether rows hold values that are nested too deep. */
function isListTooDeep(rows: readonly unknown[]): boolean {
	for (const row of rows) {
		if (typeof row !== 'object' || row === null) continue;
		for (const name in row) {
			const value = (row as Record<string, unknown>)[name];
			if (typeof value === 'object' && isValueTooDeep(value, deepestNesting - 2)) return true;
		}
	}
	return false;
}

function isValueTooDeep(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((inner) => isValueTooDeep(inner, levels - 1));
}

/** What tells a page from a PHP warning. */
export const pageTag = /<(!doctype|html|head|body)\b/i;

/** Whether a text is a web page. */
export function looksLikeHtml(text: string): boolean {
	return text.startsWith('<') || pageTag.test(text);
}
