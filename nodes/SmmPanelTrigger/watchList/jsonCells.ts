import { isRecord } from '../../isRecord';
import { parseIdJson } from '../../parameters/parseIdJson';
import { looksLikeIds, matchingName } from './cells';
import { type Column, fieldsOf, inColumns } from './columns';
import { idColumn } from './idColumn';
import { queryTable } from './wrapping';

/** How deep in an object a list is looked for: `{data: {rows: [...]}}`. */
const deepestList = 2;
/** An object with more names than this holds no list; to look at each of them takes long. */
const mostNames = 10_000;

/**
 * What stands in the place of IDs in a JSON text; undefined where a row has no such field.
 *
 * A list whose rows have the field wins over all others (the names of the columns, warnings); an object that has the
 * field itself is a single row. Without the field there has to be one list only, and it has to look like IDs.
 * @param excerpt the beginning of the text as an error may show it
 * @throws Error with what is wrong, continuing "The watch list"
 */
export function jsonCells(text: string, idField: string, excerpt: string): Column {
	const json = parseIdJson(text);
	if (json === undefined) throw new Error(`is not valid JSON. It begins: ${excerpt}`);
	const table = queryTable(json);
	if (table) return idColumn(table, idField);

	if (isRecord(json) && Object.keys(json).length > mostNames) {
		throw new Error(`holds no list of IDs. It begins: ${excerpt}`);
	}

	const lists = listsIn(json, deepestList);
	const filled = lists.filter(({ rows }) => rows.length > 0);
	const named = filled.find(({ rows }) => hasField(rows, idField));
	if (named) return cellsOf(named.rows, idField);
	const own = isRecord(json) ? fieldOf(json, idField) : undefined;
	if (Array.isArray(own) && isTable(own)) return idColumn(own, idField);
	if (own !== undefined) return { name: idField, cells: [own] };

	const [list, ...others] = filled;
	if (others.length > 0) {
		const paths = filled.map(({ path }) => path.join('.'));
		throw new Error(
			`holds several lists, and none has the field "${idField}". If one of them holds the IDs, enter its name as ID Field: ${inColumns(paths)}`,
		);
	}
	if (list?.rows.some(isRecord)) throw withoutField(list.rows.filter(isRecord), idField);
	if (list && (isTable(list.rows) || list.rows.some(looksLikeIds))) {
		return cellsOf(list.rows, idField);
	}
	if (list || lists.length === 0) throw new Error(`holds no list of IDs. It begins: ${excerpt}`);
	return { cells: [] };
}

function withoutField(rows: ReadonlyArray<Record<string, unknown>>, idField: string): Error {
	const fields = inColumns(Object.keys(rows[0] ?? {}));
	const candidates = inColumns(fieldsOf(rows));
	const advice = candidates === '' ? '' : `. Enter one of these as ID Field: ${candidates}`;
	return new Error(`has no field "${idField}" in its rows. The fields are: ${fields}${advice}`);
}

interface List {
	path: string[];
	rows: unknown[];
}

/** The lists in a value, those of the upper levels first. */
function listsIn(value: unknown, levels: number, path: string[] = []): List[] {
	if (Array.isArray(value)) return [{ path, rows: value }];
	if (!isRecord(value) || levels === 0) return [];
	const found = Object.entries(value)
		.filter(([, inner]) => typeof inner === 'object')
		.map(([name, inner]) => listsIn(inner, levels - 1, [...path, name]));
	return found.flat().sort((left, right) => left.path.length - right.path.length);
}

function hasField(rows: readonly unknown[], idField: string): boolean {
	const [first] = rows;
	if (isTable(rows)) return matchingName((first as unknown[]).map(String), idField) !== undefined;
	return rows.some((row) => isRecord(row) && fieldOf(row, idField) !== undefined);
}

function cellsOf(rows: readonly unknown[], idField: string): Column {
	if (isTable(rows)) return idColumn(rows, idField);
	const objects = rows.filter(isRecord);
	return {
		...(objects.length > 0 && { name: idField, columns: () => fieldsOf(objects) }),
		cells: rows.map((row) => (isRecord(row) ? fieldOf(row, idField) : row)),
	};
}

/** The field of that name, or what the path leads to; undefined where there is neither. */
function fieldOf(row: Record<string, unknown>, idField: string): unknown {
	const name = matchingName(Object.keys(row), idField);
	return name === undefined ? atPath(row, idField.split('.')) : row[name];
}

function atPath(value: unknown, [wanted, ...deeper]: string[]): unknown {
	if (wanted === undefined) return value;
	if (!isRecord(value)) return undefined;
	const name = matchingName(Object.keys(value), wanted);
	return name === undefined ? undefined : atPath(value[name], deeper);
}

/** Rows as lists of cells, as the API of Google Sheets gives them. */
function isTable(rows: readonly unknown[]): rows is unknown[][] {
	return rows.every(Array.isArray);
}
