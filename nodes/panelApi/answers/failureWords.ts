import { isRecord } from '../../isRecord';
import { longestForeignText } from '../panelError';
import { excerptOfValue } from './readBody';

/**
 * What a panel says went wrong, if this value is an error at all: `{error}` (seed and most), `{Error}`
 * (nakrutka), `{errors: [...]}`, `{status: "fail" | "error", message}` (SmartPanel), an error object,
 * `{success: false, message}` and its relatives. A code beside a sentence gives way to the sentence (CMSNT).
 */
export function errorWords(value: unknown): string | undefined {
	if (!isRecord(value)) return undefined;
	const error = [value.error, value.Error, value.errors].find(
		(candidate) => candidate && !isNothing(candidate),
	);
	const message = sentenceIn(value.message) ?? sentenceIn(value.msg);
	if (error === undefined) {
		// The same words are the status of an order that failed, which comes with its counts.
		const isOrder = 'charge' in value || 'remains' in value;
		return saysFailure(value) && !isOrder ? message : undefined;
	}
	const words = error === true ? message : wordsIn(error);
	return words !== undefined && message !== undefined && isCode(words)
		? message
		: (words ?? 'The panel gave an error without words');
}

/** What decides the kind of a failure: its words, and before them the code that stands beside a sentence. */
export function failureSigns(value: unknown, words: string): string {
	const { error } = (value ?? {}) as { error?: unknown };
	const isCodeBeside = typeof error === 'string' && isCode(error) && error !== words;
	return isCodeBeside ? `${error}: ${words}` : words;
}

/** Whether a value says that a request failed, with words about it or without. */
export function saysFailure(value: unknown): boolean {
	const { success, status } = (value ?? {}) as { success?: unknown; status?: unknown };
	return saysNo(success) || saysNo(status);
}

/** A message that is an error only because of the HTTP status it comes with (Laravel, FastAPI, gateways). */
export function messageWords(value: unknown): string | undefined {
	const { message, detail } = (value ?? {}) as { message?: unknown; detail?: unknown };
	return sentenceIn(message) ?? sentenceIn(detail);
}

/** `false`, 0, "false", "fail", "error" where a panel says how a request went. */
function saysNo(value: unknown): boolean {
	if (typeof value === 'string') return /^(fail|failed|failure|error|false|0)$/i.test(value.trim());
	return value === false || value === 0;
}

/** `neworder.error.not_enough_funds`, `E1007`. */
function isCode(words: string): boolean {
	return !/\s/.test(words);
}

function sentenceIn(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim() || undefined;
	return typeof value === 'object' && value !== null ? wordsIn(value) : undefined;
}

/** PHP writes the list of errors this way when there are none. */
function isNothing(error: unknown): boolean {
	return typeof error === 'object' && error !== null && Object.keys(error).length === 0;
}

/** How deep words may lie: panels put them in lists and objects, one in the other. */
const deepest = 4;
/** So many errors of a list are more than anybody reads. */
const mostErrors = 50;

function wordsIn(error: unknown, depth = 0): string {
	if (typeof error === 'string') return error.trim() || 'The panel gave an empty error';
	if (typeof error !== 'object' || error === null) return String(error);
	if (depth >= deepest) return 'The panel gave an error without words';
	if (Array.isArray(error)) {
		const first = error.slice(0, mostErrors);
		return first.map((one) => wordsIn(one, depth + 1)).join(', ');
	}
	const { message, msg, text, error: inner } = error as Record<string, unknown>;
	const words = message ?? msg ?? text ?? inner;
	if (words) return wordsIn(words, depth + 1);
	const texts = Object.values(error)
		.flat()
		.filter((value) => typeof value === 'string')
		.slice(0, mostErrors);
	return texts.length > 0 ? texts.join(', ') : excerptOfValue(error, longestForeignText);
}
