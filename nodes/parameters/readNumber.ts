import { leftExpression, switchToExpression } from './leftExpression';

/**
 * The number in a parameter: a number, or the text of one. "1,5" and "1,500" are none: what a comma means depends on
 * the country.
 */
export function readNumber(value: unknown): number | undefined {
	const isText = typeof value === 'string' && value.trim() !== '';
	const number = isText || typeof value === 'number' ? Number(value) : Number.NaN;
	return Number.isFinite(number) ? number : undefined;
}

/**
 * What to do, or to type in place of a number that was refused, as the end of a sentence; empty where that cannot be said: "1,500"
 * may be one and a half, or fifteen hundred.
 */
export function commaAdvice(value: unknown): string {
	if (leftExpression(value)) return `: ${switchToExpression}`;
	const text = typeof value === 'string' ? value.trim() : '';
	return /^\d+,(\d{1,2}|\d{4,})$/.test(text) ? `: write ${text.replace(',', '.')}` : '';
}
