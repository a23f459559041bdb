import { idsIn } from '../../parameters/readIds';

/** The name that the user means: the same letters, else the same in capitals or with blanks around. */
export function matchingName(names: readonly string[], wanted: string): string | undefined {
	if (wanted === '') return undefined;
	const simple = (name: string) => name.trim().toLowerCase();
	return (
		names.find((name) => name === wanted) ?? names.find((name) => simple(name) === simple(wanted))
	);
}

/** Whether a cell differs from a heading: IDs have digits, and words between them have none. */
export function looksLikeIds(cell: unknown): boolean {
	const ids = idsIn(cell, () => {});
	return ids.length > 0 && ids.every((id) => /\d/.test(id));
}

/** Whether a cell is a name above the others, and not a value, be it one that is broken ("23,501", "#REF!"). */
export function isHeading(cell: unknown): boolean {
	const text = String(cell ?? '').trim();
	if (text.startsWith('#') || /^\d[\d.,]*e[+-]?\d+$/i.test(text)) return false;
	return !looksLikeIds(cell) && /\p{L}/u.test(text);
}

/** Whether a cell is a whole row of a table whose first line is a title. */
export function isRowOfTable(cell: unknown): boolean {
	const text = String(cell);
	return /[;\t]/.test(text) || (text.includes(',') && /\p{L}/u.test(text));
}
