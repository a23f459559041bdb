import { quotedIfLong } from './json';

const slash = 47;

/** Whether this is the code of a sign that neither is a blank nor begins a comment. */
export function isPlain(code: number): boolean {
	return code > 32 && code < 127 && code !== slash;
}

function isCloser(sign: string | undefined): boolean {
	return sign === '}' || sign === ']';
}

/** Where blanks and comments that begin here end, whether JSON does not know them, and whether a line ends in them. */
export function blanksFrom(text: string, start: number) {
	let next = start;
	let isOdd = false;
	let hasLineBreak = false;
	for (;;) {
		const code = text.charCodeAt(next);
		if (code === slash) {
			const end = endOfComment(text, next);
			if (end === next) break;
			isOdd = true;
			next = end;
			continue;
		}
		if (isPlain(code)) break;
		if (code === 10 || code === 13) hasLineBreak = true;
		else if (code !== 32 && code !== 9) {
			if (!/[\s\uFEFF]/.test(text[next] ?? '')) break;
			isOdd = true;
		}
		next++;
	}
	return { next, isOdd, hasLineBreak };
}

function endOfComment(text: string, start: number): number {
	const mark = text.slice(start, start + 2);
	if (mark !== '//' && mark !== '/*') return start;
	const end = text.indexOf(mark === '//' ? '\n' : '*/', start + 2);
	if (end < 0) return text.length;
	return mark === '//' ? end : end + 2;
}

/** A word without quotes ends where a comment begins; the two slashes of a link begin none. */
export function beforeComment(word: string): string {
	const comment = word.search(/\/\*|\s\/\//);
	return comment < 0 ? word : word.slice(0, comment);
}

/** The last of the commas that begin here, with nothing between them, and whether nothing follows them. */
export function commasFrom(text: string, first: number) {
	for (let last = first; ; ) {
		if (isPlain(text.charCodeAt(last + 1)) && text[last + 1] !== ',') {
			return { last, isTrailing: isCloser(text[last + 1]) };
		}
		const { next } = blanksFrom(text, last + 1);
		const sign = text[next];
		if (sign !== ',') return { last, isTrailing: isCloser(sign) };
		last = next;
	}
}

/**
 * Whether a text in quotes ends at the quote before this position: where what goes on here follows its quote. In doubt
 * it does, and what follows cannot be read; else the quote belongs to the text.
 */
export function isEndOfText(text: string, position: number, isName: boolean): boolean {
	let next = position;
	while (/\s/.test(text[next] ?? '')) next++;
	const sign = text[next];
	if (isName) return sign === ':';
	if (sign === undefined || [',', '}', ']', ':'].includes(sign)) return true;
	if (sign === '/') return endOfComment(text, next) !== next;
	return next > position && ['"', "'", '{', '['].includes(sign);
}

/** A quote, an escape or a line break. */
const mayBeWrong = /[^ -\uFFFF]|["\\]/;
/** A shorter text is quicker mended than asked whether it needs it. */
const longText = 1000;

/** Whether JSON reads what stands between two quotes as it is. A short text with escapes may be called wrong. */
export function isRight(text: string): boolean {
	if (!mayBeWrong.test(text)) return true;
	if (text.length < longText) return false;
	try {
		JSON.parse(`"${text}"`);
		return true;
	} catch {
		return false;
	}
}

const escapes = new Map([
	['b', '\b'],
	['f', '\f'],
	['n', '\n'],
	['r', '\r'],
	['t', '\t'],
]);

/** The text that stands between two quotes. A backslash that JSON does not know is left out. */
export function unescaped(text: string): string {
	return text.replace(/\\(?:u([\da-f]{4})|([^]))/gi, (_escape, code?: string, sign = '') =>
		code
			? String.fromCharCode(parseInt(code, 16))
			: (escapes.get(sign as string) ?? (sign as string)),
	);
}

/** The words of JSON, and how Python, JavaScript and templates write them. */
const words = new Map([
	['true', 'true'],
	['false', 'false'],
	['null', 'null'],
	['True', 'true'],
	['False', 'false'],
	['None', 'null'],
	['undefined', 'null'],
	['NaN', 'null'],
	['', 'null'],
]);
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** A word without quotes as JSON writes it: a number, a word of its own, or a text. */
export function wordInJson(word: string): string {
	return words.get(word) ?? (number.test(word) ? quotedIfLong(word) : JSON.stringify(word));
}
