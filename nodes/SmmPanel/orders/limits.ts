import { commaAdvice, readNumber } from '../../parameters/readNumber';

/** The limits a user sets, in the account's currency: a price per 1,000, the cost of one order, that of all. */
export interface Limits {
	maxRate?: number;
	maxCost?: number;
	maxTotalCost?: number;
}

/** Whether prices have to be looked at before the order is placed. */
export function hasGuard({ maxRate, maxCost, maxTotalCost }: Limits): boolean {
	return maxRate !== undefined || maxCost !== undefined || maxTotalCost !== undefined;
}

/** "1.000" is one or a thousand, depending on the country; a number from an expression never looks like it. */
const oneOrThousand = /^[1-9]\d{0,2}(\.\d{3})*\.000$/;

/**
 * Reads a limit that a user set.
 * @param isExpected whether it must not be empty: an expression that gives nothing for one item must not switch it off
 * @param note called with what is wrong, continuing the name of the field
 */
export function readLimit(
	value: unknown,
	isExpected: boolean,
	note: (problem: string) => void,
): number | undefined {
	if (value === undefined || value === null || value === '') {
		if (isExpected) note('is empty for this item: enter a number greater than 0, or remove it');
		return undefined;
	}
	const isOpen = typeof value === 'string' && oneOrThousand.test(value.trim());
	const limit = isOpen ? undefined : readNumber(value);
	if (limit !== undefined && limit > 0) return limit;
	const shown = typeof value === 'object' ? 'a list or an object' : `"${String(value)}"`;
	const hint = isOpen ? ': write it without the zeros, or without the point' : commaAdvice(value);
	note(`must be a number greater than 0 (got ${shown})${hint}`);
	return undefined;
}
