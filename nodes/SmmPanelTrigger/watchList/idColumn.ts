import { isHeading, isRowOfTable, matchingName } from './cells';
import { columnsOf, type Column, inColumns } from './columns';

/**
 * The cells of a table that hold the IDs: those below the name of the field in the first row; in a table of one
 * column all, below a heading if there is one.
 * @throws Error when no column is named so. To take another one could mean to watch the orders of somebody else
 */
export function idColumn(rows: readonly unknown[][], idField: string): Column {
	const [header = []] = rows;
	const names = header.map(String);
	const name = matchingName(names, idField);
	const place = name === undefined ? -1 : names.indexOf(name);
	const columns = () => columnsOf(names, rows.slice(1));
	if (name !== undefined) {
		return { name, cells: rows.slice(1).map((row) => row[place]), columns };
	}
	if (rows.every((row) => row.length <= 1)) {
		const cells = rows.slice(isHeading(header[0]) ? 1 : 0).flat();
		// With a title above it, a whole table looks like one column.
		if (rows.length === 1 || !cells.some(isRowOfTable)) return { cells };
	}
	throw new Error(
		`has no column "${idField}" in its first row. The columns are: ${inColumns(names)}`,
	);
}
