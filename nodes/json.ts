import { jsonParse } from 'n8n-workflow';

/** Texts and numbers in JSON. */
const jsonScalars = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/** JSON in which ids that are too long for a number are quoted, so that no digit is lost. */
export function withLongIdsQuoted(json: string): string {
	if (!hasDigitsInARow(json, 16)) return json;
	return json.replace(jsonScalars, (scalar) =>
		/^-?\d+$/.test(scalar) && !Number.isSafeInteger(Number(scalar)) ? `"${scalar}"` : scalar,
	);
}

/** Looks at one character in so many only: a catalogue has megabytes, and a search for a pattern takes longer than parsing. */
function hasDigitsInARow(text: string, count: number): boolean {
	const isDigit = (position: number) => {
		const code = text.charCodeAt(position);
		return code >= 48 && code <= 57;
	};
	for (let position = count - 1; position < text.length; position += count) {
		if (!isDigit(position)) continue;
		let first = position;
		while (isDigit(first - 1)) first--;
		let last = position;
		while (isDigit(last + 1)) last++;
		if (last - first + 1 >= count) return true;
	}
	return false;
}

/**
 * A list that came in pieces. If each of them is a list of its own, together they are the whole; undefined if one is
 * not (it was cut within an entry, or has small mistakes), or if there is but one.
 */
export function parseLongList([start = '', ...others]: readonly string[]): unknown[] | undefined {
	const end = others.pop()?.trimEnd();
	const first = start.trimStart();
	if (!first.startsWith('[') || !end?.endsWith(']')) return undefined;
	try {
		return [first.slice(1), ...others, end.slice(0, -1)].flatMap(
			(piece) => JSON.parse(withLongIdsQuoted(`[${piece}]`)) as unknown[],
		);
	} catch {
		return undefined;
	}
}

/**
 * Mends small mistakes (trailing commas, unquoted words, words before the JSON). A text that does not close what it
 * opens was cut off: completing it would invent data.
 * @returns undefined for what cannot be mended
 */
export function mendJson(text: string): unknown {
	const start = text.search(/[{[]/);
	const json = text.slice(start);
	if (start < 0 || pageTag.test(text.slice(0, start)) || !isWhole(json)) return undefined;
	try {
		const value = jsonParse<unknown>(json, { repairJSON: true });
		return typeof value === 'object' ? value : undefined;
	} catch {
		return undefined;
	}
}

function isWhole(json: string): boolean {
	const structure = json.replace(jsonScalars, '');
	const countOf = (characters: RegExp) => structure.match(characters)?.length ?? 0;
	return /[}\]]$/.test(json) && countOf(/[{[]/g) === countOf(/[}\]]/g) && countOf(/"/g) === 0;
}

/** What tells a page from a PHP warning. */
const pageTag = /<(!doctype|html|head|body)\b/i;

/** Whether a text is a web page. */
export function looksLikeHtml(text: string): boolean {
	return text.startsWith('<') || pageTag.test(text);
}
