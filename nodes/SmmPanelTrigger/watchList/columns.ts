import { isRecord } from '../../isRecord';
import { mostForeignText } from '../clipped';
import { looksLikeIds } from './cells';

/** Where a watch list holds its IDs. */
export interface Column {
	/** Absent where the list has no names for its columns. */
	name?: string;
	cells: unknown[];
	/** The names of the columns that could hold IDs. */
	columns?(): string[];
}

/** Enough rows to see what a column holds. */
const rowsToLookAt = 50;
/** Longer names are left out: one that is cut could show half of a secret, which nothing would recognise. */
const longestName = 80;
const mostNames = 12;
/** Two lists of names may stand in one error. */
const mostLetters = mostForeignText / 2;

/** The names of the columns of a table whose cells all look like IDs, but for empty ones. */
export function columnsOf(names: readonly string[], rows: readonly unknown[][]): string[] {
	const some = rows.slice(0, rowsToLookAt);
	return names.filter((_, place) => areIds(some.map((row) => row[place])));
}

/** The same for rows with fields; of fields within a field the path, such as `fields.order`. */
export function fieldsOf(rows: ReadonlyArray<Record<string, unknown>>): string[] {
	const valuesByPath = new Map<string, unknown[]>();
	for (const row of rows.slice(0, rowsToLookAt)) {
		for (const [path, value] of pathsIn(row)) {
			valuesByPath.set(path, [...(valuesByPath.get(path) ?? []), value]);
		}
	}
	return [...valuesByPath].filter(([, values]) => areIds(values)).map(([path]) => path);
}

/** Names as an error shows them. */
export function inColumns(names: readonly string[]): string {
	let letters = 0;
	const hasRoom = (name: string) => (letters += name.length + 2) <= mostLetters;
	const shown = names
		.filter((name) => name.length <= longestName)
		.slice(0, mostNames)
		.filter(hasRoom);
	const more = names.length - shown.length;
	return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function pathsIn(row: Record<string, unknown>): Array<[string, unknown]> {
	return Object.entries(row).flatMap(([name, value]) =>
		isRecord(value)
			? Object.entries(value).map(([inner, one]): [string, unknown] => [`${name}.${inner}`, one])
			: [[name, value] satisfies [string, unknown]],
	);
}

function areIds(cells: readonly unknown[]): boolean {
	const filled = cells.filter((cell) => cell !== undefined && cell !== null && cell !== '');
	return filled.length > 0 && filled.every(looksLikeIds);
}
