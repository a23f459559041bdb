import { jsonParse } from 'n8n-workflow';

import { askedPauseMs } from '../calls/retryAfter';
import { PanelError } from '../panelError';
import { classifyHttpStatus, classifyWords } from '../vocabulary/errorKinds';
import { type AnsweredCall, type WireAnswer, wholeText } from '../transport/wire';

interface ReadingRules {
	/**
	 * Whether JSON with small mistakes (the trailing commas and unquoted words of the seed's own examples, a PHP
	 * warning before it) may be mended. Not for `add`: an order id must never come out of a guess.
	 */
	mendJson: boolean;
	/** How much of an answer that is no JSON goes into the error. */
	excerptLength: number;
}

/**
 * The JSON value in an answer of the panel.
 * @throws PanelError for everything that is no such value, and for the errors a panel tells in it, whatever
 * the HTTP status (seed and Perfect Panel answer 200 to all, others use real codes)
 */
export function readAnswer(answer: WireAnswer, rules: ReadingRules): unknown {
	if (answer.kind === 'neverLeft') {
		throw new PanelError('unreachable', 'The panel cannot be reached', {
			detail: `${answer.reason}.`,
		});
	}
	if (answer.kind === 'lost') {
		throw new PanelError('connectionLost', 'The connection to the panel was lost', {
			detail: `${answer.reason}.`,
		});
	}
	const value = parseBody(answer, rules);
	const isFailure = answer.httpStatus >= 400;
	const words = errorWords(value) ?? (isFailure ? messageWords(value) : undefined);
	if (words !== undefined) throw refusal(words, answer, value);
	if (isFailure) throw withoutWords(answer, 'an error', { text: wholeText(answer), rules, value });
	return value;
}

/**
 * What a panel says went wrong, if this value is an error at all: `{error}` (seed and most), `{Error}`
 * (nakrutka), `{status: "fail" | "error", message}` (SmartPanel), an error object, `{success: false, message}`.
 */
export function errorWords(value: unknown): string | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
	const fields = value as Record<string, unknown>;
	const error = fields.error ?? fields.Error;
	const message = fields.message ?? fields.msg;
	if (error === true && message) return wordsIn(message);
	if (error && !isEmptyList(error)) return wordsIn(error);
	// The same words are the status of an order that failed, which comes with its counts.
	const isOrder = 'charge' in fields || 'remains' in fields;
	return tellsFailure(value) && !isOrder && message ? wordsIn(message) : undefined;
}

/** Whether a value says that a request failed, with words about it or without. */
export function tellsFailure(value: unknown): boolean {
	const { success, status } = (value ?? {}) as { success?: unknown; status?: unknown };
	return success === false || (typeof status === 'string' && /^(fail|failed|error)$/i.test(status));
}

/** PHP writes the list of errors this way when there are none. */
function isEmptyList(error: unknown): boolean {
	return typeof error === 'object' && error !== null && Object.keys(error).length === 0;
}

/**
 * The error for words of the panel about a request or about one id of it.
 * @param value the whole answer that the words stood in
 */
export function refusal(words: string, answer?: AnsweredCall, value?: unknown): PanelError {
	const httpStatus = answer?.httpStatus ?? 200;
	return new PanelError(classifyWords(words, httpStatus), words, {
		httpStatus: answer?.httpStatus,
		retryAfterMs: answer && askedPauseMs(answer.headers),
		answer: value,
	});
}

/** A message that is an error only because of the HTTP status it comes with (Laravel, gateways). */
function messageWords(value: unknown): string | undefined {
	const { message } = (value ?? {}) as { message?: unknown };
	return typeof message === 'string' && message.trim() !== '' ? message.trim() : undefined;
}

function wordsIn(error: unknown): string {
	if (typeof error === 'string') return error.trim() || 'The panel gave an empty error';
	if (Array.isArray(error)) return error.map(wordsIn).join(', ');
	if (typeof error === 'object' && error !== null) {
		const { message, text, error: inner } = error as Record<string, unknown>;
		const words = message ?? text ?? inner;
		return words ? wordsIn(words) : JSON.stringify(error);
	}
	return String(error);
}

function parseBody(answer: AnsweredCall, rules: ReadingRules): unknown {
	const { httpStatus } = answer;
	if (httpStatus >= 300 && httpStatus < 400) {
		const target = answer.headers.location ?? 'an unnamed address';
		throw new PanelError('notAPanel', 'The panel redirects to another address', {
			httpStatus,
			detail: `The target is ${target}. It was not followed, because that would hand over the API key.`,
		});
	}
	const list = parseLongList(answer.pieces);
	if (list) return list;
	// A byte order mark goes with the blanks.
	const text = wholeText(answer).trim();
	if (text === '') throw withoutWords(answer, 'an empty answer', { text, rules });
	const json = withLongIdsQuoted(text);
	try {
		return JSON.parse(json);
	} catch {
		const mended = rules.mendJson ? mend(json) : undefined;
		if (mended !== undefined) return mended;
		throw withoutWords(answer, looksLikeHtml(text) ? 'a web page' : 'an answer that is not JSON', {
			text,
			rules,
		});
	}
}

/**
 * A list that came in pieces. If each of them is a list of its own, together they are the whole; undefined if one is
 * not (it was cut within an entry, or has small mistakes), or if there is but one.
 */
function parseLongList([start = '', ...others]: readonly string[]): unknown[] | undefined {
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
 * Mends small mistakes. A text that does not close what it opens was cut off: completing it would invent data.
 */
function mend(text: string): unknown {
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

function looksLikeHtml(text: string): boolean {
	return text.startsWith('<') || pageTag.test(text);
}

function withoutWords(
	answer: AnsweredCall,
	what: string,
	{ text, rules, value }: { text: string; rules: ReadingRules; value?: unknown },
): PanelError {
	const { httpStatus } = answer;
	const kind = classifyHttpStatus(httpStatus) ?? 'notAPanel';
	const excerpt = text
		.replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return new PanelError(kind, `The panel answered with ${what} (HTTP status ${httpStatus})`, {
		httpStatus,
		retryAfterMs: askedPauseMs(answer.headers),
		detail: excerpt && `It begins: "${excerpt.slice(0, rules.excerptLength)}".`,
		answer: value,
	});
}
