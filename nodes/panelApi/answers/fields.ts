import { z } from 'zod';

/**
 * The values panels send, each read from every form it was seen in and brought to one.
 * `unknown` first and `pipe` last, so that the type that comes out can be turned into an output schema.
 */

/** An id as text: the seed writes 12345 here and "23501" there, notpanel has "ord_01HG...". */
export const identifier = z
	.union([z.string(), z.number()])
	.transform((id) => String(id).trim())
	.pipe(z.string().min(1));

/** A number: 0.033, "0.03300" or "1,250.00"; null where a panel sends nothing, "" or "Unknown" (followeran). */
export const amount = z.unknown().transform(readAmount).pipe(z.number().nullable());

/** A switch: true, 1, "1"; null where the panel does not tell (SmartPanel has no refill and cancel flags). */
export const flag = z.unknown().transform(readFlag).pipe(z.boolean().nullable());

/** A text, empty where the panel sends none. */
export const text = z.unknown().transform(readText).pipe(z.string());

function readAmount(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'string') return null;
	const digits = value.trim().replace(/,(?=\d{3}(\D|$))/g, '');
	const number = digits === '' ? Number.NaN : Number(digits);
	return Number.isFinite(number) ? number : null;
}

function readFlag(value: unknown): boolean | null {
	if (value === undefined || value === null || value === '') return null;
	return /^(true|1|yes|on)$/i.test(String(value).trim());
}

function readText(value: unknown): string {
	return value === undefined || value === null ? '' : String(value);
}
