import { jsonParse } from 'n8n-workflow';

import { readIds } from '../../fields/readIds';
import { withLongIdsQuoted } from '../../panelApi/readAnswer';
import { parseCsv } from './csv';

/** How deep in an object a list is looked for: `{data: {rows: [...]}}`. */
const deepestList = 2;

/**
 * The IDs in a watch list, each once, in its order; empty cells and fields are left out.
 *
 * - JSON: an array of IDs, an array of objects with the ID in `idField` (a path such as `fields.order` too), or an
 *   object that holds such an array up to two levels deep (Airtable, Baserow, Supabase, n8n webhooks)
 * - CSV whose header names `idField`, with commas, semicolons or tabs (a Google Sheet published as CSV)
 * - plain text: one ID a line under any header, or all in one line
 * @throws Error with what is wrong, continuing "The watch list"
 */
export function readWatchList(text: string, idField: string): string[] {
	const content = text.replace(/^\uFEFF/, '').trim();
	if (content === '') return [];
	if (/^<(!doctype|html|\?xml)/i.test(content)) {
		throw new Error(
			'is a web page: use the address that answers with the data itself. For a Google Sheet: File, Share, Publish to web, Comma-separated values (.csv).',
		);
	}
	const cells = /^[[{]/.test(content) ? fromJson(content, idField) : fromCsv(content, idField);
	return cells.some((cell) => cell !== '') ? readIds(cells) : [];
}

function fromJson(content: string, idField: string): unknown[] {
	const json = jsonParse<unknown>(withLongIdsQuoted(content), { fallbackValue: null });
	const rows = findList(json, deepestList);
	if (!rows) {
		const what = json === null ? 'is no valid JSON' : 'holds no list';
		throw new Error(`${what}. It begins: ${content.slice(0, 80)}`);
	}
	const cells = rows.map((row) => idIn(row, idField));
	if (rows.length > 0 && cells.every((cell) => cell === undefined)) {
		const names = Object.keys(rows.find(isObject) ?? {}).join(', ');
		throw new Error(`has no field "${idField}" in its rows. The fields are: ${names}`);
	}
	return cells.map((cell) => cell ?? '');
}

function findList(value: unknown, levels: number): unknown[] | undefined {
	if (Array.isArray(value)) return value;
	if (!isObject(value)) return undefined;
	const inner = Object.values(value);
	const list = inner.find(Array.isArray) as unknown[] | undefined;
	if (list || levels <= 1) return list;
	for (const one of inner) {
		const found = findList(one, levels - 1);
		if (found) return found;
	}
	return undefined;
}

/** Undefined for a row without such a field; a field without content is empty. */
function idIn(row: unknown, idField: string): unknown {
	if (!isObject(row)) return row ?? '';
	const cell = idField in row ? row[idField] : atPath(row, idField.split('.'));
	return cell === null ? '' : cell;
}

function atPath(value: unknown, [name, ...deeper]: string[]): unknown {
	if (name === undefined || !isObject(value)) return name === undefined ? value : undefined;
	return atPath(value[name], deeper);
}

function fromCsv(content: string, idField: string): string[] {
	const rows = parseCsv(content);
	const [header = []] = rows;
	const column = header.findIndex((name) => name.toLowerCase() === idField.toLowerCase());
	if (column >= 0) return rows.slice(1).map((row) => row[column] ?? '');
	if (rows.every((row) => row.length === 1)) {
		const hasHeader = !/\d/.test(header[0] ?? '');
		return rows.slice(hasHeader ? 1 : 0).flat();
	}
	if (rows.length === 1 && header.every((cell) => cell === '' || /\d/.test(cell))) return header;
	throw new Error(`has no column "${idField}". The columns are: ${header.join(', ')}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
