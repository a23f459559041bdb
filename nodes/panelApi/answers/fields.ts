import { z } from 'zod';

/**
 * The values panels send, each read from every form it was seen in and brought to one.
 * `pipe` last, so that the type that comes out can be turned into an output schema.
 */

/** Whatever a panel sends, or nothing: zod 4 lets a field be absent only where it is said to be optional. */
export const anything = z.unknown().optional();

/** An id as text: the seed writes 12345 here and "23501" there, notpanel has "ord_01HG...". */
export const identifier = z
	.union([z.string(), z.number()])
	.transform((id) => String(id).trim())
	.pipe(z.string().min(1));

/** The id of something new. 0 is what scripts send when there is none. */
export const newIdentifier = identifier.pipe(z.string().regex(/[^0]/));

/** A number: 0.033, "0.03300" or "1,250.00"; null where a panel sends nothing, "" or "Unknown" (followeran). */
export const amount = anything.transform(readAmount).pipe(z.number().nullable());

/** A text, empty where the panel sends none. */
export const text = anything.transform(readText).pipe(z.string());

/** Commas between groups of three digits. A leading 0 tells that the comma is a decimal one: "0,033" is not 33. */
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

/** A switch: true, 1, "1"; null where the panel does not tell (SmartPanel has no refill and cancel flags). */
export function readFlag(value: unknown): boolean | null {
	if (typeof value === 'boolean') return value;
	if (value === undefined || value === null || value === '') return null;
	return /^(true|1|yes|on)$/i.test(String(value).trim());
}

/** See `text`. */
export function readText(value: unknown): string {
	if (typeof value === 'string') return value;
	return value === undefined || value === null ? '' : String(value);
}
