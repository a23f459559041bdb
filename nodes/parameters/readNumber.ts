/**
 * The number in a parameter: a number, or the text of one. "1,5" and "1,500" are none: what a comma means hangs on the
 * country.
 */
export function readNumber(value: unknown): number | undefined {
	const isText = typeof value === 'string' && value.trim() !== '';
	const number = isText || typeof value === 'number' ? Number(value) : Number.NaN;
	return Number.isFinite(number) ? number : undefined;
}
