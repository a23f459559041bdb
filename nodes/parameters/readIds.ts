import { idsInText } from './idText';
import { leftExpression } from './leftExpression';
import { parseIdJson } from './parseIdJson';

/** What becomes of a value that holds something that is not an ID: the reason continues the name of the field. */
export type Refuse = (reason: string) => void;

/**
 * The IDs in a parameter: one ID, a list in text (commas, semicolons, blanks, line breaks), a JSON list pasted as
 * text, or an array from an expression. Each ID once, in the order given. What is read as an ID is in `idText`.
 * @throws Error with what is wrong, continuing the name of the field
 */
export function readIds(value: unknown): string[] {
	const left = leftExpression(value);
	if (left) throw new Error(left);
	const ids = idsIn(value, (reason) => {
		throw new Error(reason);
	});
	if (ids.length === 0) throw new Error('is empty: enter at least one ID');
	return ids;
}

/**
 * The same IDs, or none where there are none. Each value of an array counts by itself: one that holds something that
 * is not an ID is refused and left out as a whole, as a part of it may be anybody's order.
 */
export function idsIn(value: unknown, refuse: Refuse): string[] {
	return [...new Set(partsOf(value, refuse))];
}

/** Whether a value holds nothing at all, as the cell of a row that is not ordered yet. */
export function isEmptyId(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (Array.isArray(value)) return value.every(isEmptyId);
	return typeof value === 'string' && value.trim() === '';
}

function partsOf(value: unknown, refuse: Refuse): string[] {
	if (value === undefined || value === null) return [];
	if (Array.isArray(value)) return value.flatMap((one) => partsOf(one, refuse));
	if (typeof value === 'number' || typeof value === 'bigint') return partOfNumber(value, refuse);
	if (typeof value !== 'string') {
		refuse(
			'holds an object: enter IDs only, for example with an expression like {{ $json.order }}',
		);
		return [];
	}
	const list = pastedList(value);
	if (list) return partsOf(list, refuse);
	const reading = idsInText(value);
	if ('ids' in reading) return reading.ids;
	refuse(reason(reading.refused, reading.why));
	return [];
}

function partOfNumber(value: number | bigint, refuse: Refuse): string[] {
	if (typeof value === 'number' && !Number.isSafeInteger(value)) {
		refuse(`holds the number ${value}, which is no exact ID: give it as text`);
		return [];
	}
	if (value > 0) return [String(value)];
	refuse(reason(String(value), 'which is not an ID'));
	return [];
}

function reason(refused: string, why: string): string {
	return `holds "${refused}", ${why}`;
}

/** A JSON list as text. */
function pastedList(text: string): unknown[] | undefined {
	const trimmed = text.trim();
	if (!trimmed.startsWith('[') || !trimmed.endsWith(']')) return undefined;
	const list = parseIdJson(trimmed);
	return Array.isArray(list) ? list : undefined;
}
