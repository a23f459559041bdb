import { deepestNesting, isEscaped, pageTag } from './json';
import {
	beforeComment,
	blanksFrom,
	commasFrom,
	isEndOfText,
	isPlain,
	isRight,
	unescaped,
	wordInJson,
} from './looseJson';

/** How many groups in brackets may stand in the words before the JSON: "Undefined array key [0]". */
const mostGroupsBefore = 3;
const longestGroup = 100;

/** A tag or the end of a call, as templates and JSONP leave them behind the JSON. */
const harmlessRest = /^\s*(?:$|<|[;)]{1,2}\s*$)/;

/**
 * The JSON value in a text with small mistakes, in time proportional to its length: trailing commas and words without
 * quotes (the seed's own examples), names without quotes, single quotes, comments, quotes and line breaks inside a
 * text, a comma that is missing at the end of a line, words before the JSON (a PHP warning) and a tag behind it.
 *
 * A text that does not close what it opens was cut off: completing it would invent data.
 * @returns undefined for what cannot be mended, and for what is neither an object nor a list
 */
export function mendJson(text: string): unknown {
	let start = text.search(/[{[]/);
	const page = text.search(pageTag);
	for (let group = 0; group <= mostGroupsBefore && start >= 0; group++) {
		if (page >= 0 && page < start) return undefined;
		const mender = new JsonMender(text, start);
		if (!mender.closes()) return undefined;
		const rest = text.slice(mender.position);
		const next = rest.search(/[{[]/);
		if (next < 0) return harmlessRest.test(rest) ? mender.value() : undefined;
		if (!isGroupInWords(text, start, mender.position)) return undefined;
		start = mender.position + next;
	}
	return undefined;
}

function isGroupInWords(text: string, start: number, end: number): boolean {
	if (end - start > longestGroup || !/\p{L}/u.test(text.slice(0, start))) return false;
	return !/["{]/.test(text.slice(start, end));
}

/** Ten times what a dirty catalogue of 20,000 services takes. More would keep n8n from answering for a second. */
const mostSteps = 5_000_000;
const mostParts = 2_000_000;

/** What may come next: a name or the end of an object, an entry or the end of a list ... */
type Expected = 'name' | 'entry' | 'colon' | 'value' | 'comma';

const bareName = /[\w$.-]+/y;
const bareValue = /[^,{}[\]\r\n]*/y;
/** Walks through a text once and copies what is right; no step looks at more than it passes. */
class JsonMender {
	position: number;
	private readonly parts: string[] = [];
	/** The brackets that are open, by those that close them. */
	private readonly open: string[] = [];
	private expected: Expected = 'value';
	/** Up to here everything is in the parts. */
	private copied: number;

	constructor(
		private readonly text: string,
		start: number,
	) {
		this.position = start;
		this.copied = start;
	}

	/** Goes to the bracket that closes the first one. False if there is none, or something that cannot be mended. */
	closes(): boolean {
		for (let steps = 0; steps < mostSteps && this.parts.length < mostParts; steps++) {
			if (!this.step()) return false;
			if (this.open.length === 0) return true;
		}
		return false;
	}

	value(): unknown {
		this.replace(this.position, '');
		try {
			return JSON.parse(this.parts.join('')) as unknown;
		} catch {
			return undefined;
		}
	}

	private step(): boolean {
		const hasLineBreak = this.skipBlanks();
		const sign = this.text[this.position];
		if (sign === undefined) return false;
		if (sign === ',') return this.comma();
		if (sign === '}' || sign === ']') return this.close(sign);
		if (this.expected === 'colon') return sign === ':' && this.goOn(1, 'value');
		if (this.expected === 'comma') {
			this.replace(this.position, ',');
			this.expected = this.afterComma;
			return hasLineBreak;
		}
		if (sign === '"' || sign === "'") return this.quoted(sign);
		if (this.expected === 'name') return this.bareName();
		return sign === '{' || sign === '[' ? this.opens(sign) : this.bareValue();
	}

	/** Whether a line ended. */
	private skipBlanks(): boolean {
		if (isPlain(this.text.charCodeAt(this.position))) return false;
		const { next, isOdd, hasLineBreak } = blanksFrom(this.text, this.position);
		if (isOdd) this.replace(next, ' ');
		this.position = next;
		return hasLineBreak;
	}

	private get afterComma(): Expected {
		return this.open.at(-1) === '}' ? 'name' : 'entry';
	}

	private opens(bracket: string): boolean {
		this.open.push(bracket === '{' ? '}' : ']');
		return this.goOn(1, this.afterComma) && this.open.length <= deepestNesting;
	}

	private close(bracket: string): boolean {
		if (this.expected === 'value') this.bareValue();
		return this.expected !== 'colon' && this.open.pop() === bracket && this.goOn(1, 'comma');
	}

	private comma(): boolean {
		if (this.expected === 'colon') return false;
		if (this.expected === 'value') return this.bareValue();
		const first = this.position;
		const { last, isTrailing } = commasFrom(this.text, first);
		if (this.expected === 'comma' && !isTrailing) {
			// Of several one counts.
			if (last > first) this.replace(last, '');
			this.position = last;
			return this.goOn(1, this.afterComma);
		}
		this.replace(last + 1, '');
		this.position = last;
		return this.goOn(1, this.expected);
	}

	private quoted(quote: string): boolean {
		const isName = this.expected === 'name';
		let end = this.position;
		do {
			end = this.text.indexOf(quote, end + 1);
			if (end < 0) return false;
		} while (isEscaped(this.text, end) || !isEndOfText(this.text, end + 1, isName));
		const inner = this.text.slice(this.position + 1, end);
		if (quote !== '"' || !isRight(inner)) {
			this.replace(end + 1, JSON.stringify(unescaped(inner)), this.position);
		}
		this.position = end + 1;
		return this.goOn(0, isName ? 'colon' : 'comma');
	}

	private bareName(): boolean {
		const name = this.match(bareName);
		this.replace(this.position + name.length, JSON.stringify(name), this.position);
		return this.goOn(name.length, 'colon') && name !== '';
	}

	private bareValue(): boolean {
		const value = beforeComment(this.match(bareValue)).trimEnd();
		const mended = wordInJson(value);
		if (mended !== value) this.replace(this.position + value.length, mended, this.position);
		return this.goOn(value.length, 'comma');
	}

	private match(pattern: RegExp): string {
		pattern.lastIndex = this.position;
		return pattern.exec(this.text)?.[0] ?? '';
	}

	private goOn(length: number, expected: Expected): true {
		this.position += length;
		this.expected = expected;
		return true;
	}

	/** Puts something in the place of the text from here or from the position to `to`. */
	private replace(to: number, by: string, from = Math.min(this.position, to)): void {
		this.parts.push(this.text.slice(this.copied, from), by);
		this.copied = to;
	}
}
