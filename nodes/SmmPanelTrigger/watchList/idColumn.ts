import { idsIn } from '../../parameters/readIds';

/**
 * The cells of a table that hold the IDs: those below the name of the field in the first row; in a table of one
 * column all, below a heading if there is one.
 * @throws Error when no column is named so. To take another one could mean to watch the orders of somebody else
 */
export function idColumn(rows: readonly unknown[][], idField: string): unknown[] {
	const [header = []] = rows;
	const names = header.map(String);
	const name = matchingName(names, idField);
	const column = name === undefined ? -1 : names.indexOf(name);
	if (column >= 0) return rows.slice(1).map((row) => row[column]);
	if (rows.every((row) => row.length <= 1)) {
		const cells = rows.slice(looksLikeIds(header[0]) ? 0 : 1).flat();
		// With a title above it, a whole table looks like one column.
		const isTable = rows.length > 1 && cells.some((cell) => /[,;\t]/.test(String(cell)));
		if (!isTable) return cells;
	}
	throw new Error(
		`has no column "${idField}" in its first row. The columns are: ${names.join(', ')}`,
	);
}

/** The name that the user means: the same letters, else the same in capitals or with blanks around. */
export function matchingName(names: readonly string[], wanted: string): string | undefined {
	if (wanted === '') return undefined;
	const simple = (name: string) => name.trim().toLowerCase();
	return (
		names.find((name) => name === wanted) ?? names.find((name) => simple(name) === simple(wanted))
	);
}

/** Whether a cell can be told from a heading: IDs have digits, and words between them have none. */
export function looksLikeIds(cell: unknown): boolean {
	const ids = idsIn(cell, () => {});
	return ids.length > 0 && ids.every((id) => /\d/.test(id));
}
