import { z } from 'zod';

/**
 * The values panels send, each read from every form it was seen in and brought to one.
 * `pipe` last, so that the type that comes out can be turned into an output schema.
 */

/** Whatever a panel sends, or nothing: zod 4 lets a field be absent only where it is said to be optional. */
export const anything = z.unknown().optional();

/**
 * What scripts send when there is no id: 0, a number that is not an id, the word their language has for nothing, or a
 * word about how it went.
 */
const noIdentifier =
	/^([0.]+|-\d*|true|false|null|none|nil|undefined|nan|n\/?a|ok|yes|no|error|fail(ed)?|success(ful)?|done|pending|processing|requested|accepted|queued)$/i;

/** A sentence is not an id: SmartPanel reports errors as a bare text. */
const oneWord = /^[^\s,;]+$/;

/** Whether a text can be the id of something new. */
export function isIdentifier(text: string): boolean {
	return oneWord.test(text) && !noIdentifier.test(text);
}

/**
 * The id of something new, as text: the seed writes 12345 here and "23501" there, notpanel has "ord_01HG...".
 */
export const newIdentifier = z
	.union([z.string(), z.number().refine(Number.isSafeInteger)])
	.transform((id) => String(id).trim())
	.pipe(z.string().refine(isIdentifier));

/** A number: 0.033, "0.03300" or "1,250.00"; null where a panel sends nothing, "" or "Unknown" (followeran). */
export const amount = anything.transform(readAmount).pipe(z.number().nullable());

/** A text, empty where the panel sends none. */
export const text = anything.transform(readText).pipe(z.string());

/** Commas between groups of three digits. After a leading 0 the comma is a decimal one: "0,033" is not 33. */
const thousands = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;

/** See `amount`. */
export function readAmount(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'string') return null;
	const number = Number(value);
	// Blanks count as 0 there.
	if (Number.isFinite(number) && (number !== 0 || value.trim() !== '')) return number;
	const digits = value.trim();
	return thousands.test(digits) ? Number(digits.replaceAll(',', '')) : null;
}

/** Points or blanks between groups of three digits: "1.000.000" and "50 000" are counts, "1.000" may be 1 as well. */
const grouped = /^[1-9]\d{0,2}([.\s]\d{3})+$/;

/**
 * A count, such as the most that a service delivers. Panels group its digits ("50.000") and others write decimals
 * ("50.000" is 50 there), so a text that may be either is read only where `atLeast` rules one of them out.
 * @param atLeast what the count cannot be below, such as the least that the service delivers
 * @returns null where the panel sends nothing, no number, or one that can be read in two ways
 */
export function readCount(value: unknown, atLeast = 0): number | null {
	const plain = readAmount(value);
	if (typeof value !== 'string') return plain;
	// Nearly all counts are: a catalogue has two in each row, and a pattern takes as long as the rest of the row.
	const isUngrouped = plain !== null && !value.includes('.');
	if (isUngrouped || !grouped.test(value.trim())) return plain;
	const whole = Number(value.replace(/[.\s]/g, ''));
	return plain === null || plain < atLeast || plain === whole ? whole : null;
}

/** A switch: true, 1, "1"; null where the panel does not say (SmartPanel has no refill and cancel flags). */
export function readFlag(value: unknown): boolean | null {
	if (typeof value === 'boolean') return value;
	if (value === undefined || value === null || value === '') return null;
	return /^(true|1|yes|on)$/i.test(String(value).trim());
}

/** What panels write for no, and for a request that failed. */
const noWords = /^(0+|false|no|null|none|error|fail(ed)?)$/i;

/** Whether a panel reports a success: true, 1, or words such as "Your order will be cancel asap." */
export function saysYes(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() !== '' && !noWords.test(value.trim());
	return value === true || (typeof value === 'number' && value !== 0);
}

/** What a panel says of a success: in place of `true` (seed), or beside it. */
export function successWords({
	success,
	message,
}: {
	success?: unknown;
	message?: unknown;
}): string {
	return typeof success === 'string' ? success : readText(message);
}

/** See `text`. */
export function readText(value: unknown): string {
	if (typeof value === 'string') return value;
	return value === undefined || value === null ? '' : String(value);
}
