import { longestShown } from '../../parameters/idText';
import { idsIn } from '../../parameters/readIds';
import { looksLikeIds, matchingName } from './cells';
import { type Column, inColumns } from './columns';
import { parseCsv } from './csv';
import type { WatchListText } from './fetchWatchList';
import { idColumn } from './idColumn';
import { jsonCells } from './jsonCells';
import { unwrap, type Unwrapped } from './wrapping';

const longestExcerpt = 80;

/** What a watch list says. */
export interface WatchList {
	/** Each once, in the order of the list; empty cells and fields are left out. */
	ids: string[];
	/** What is wrong with the cells that are not IDs, continuing "The watch list". */
	faults: string[];
}

/**
 * Whether what is missing from a list was taken off it, as far as one can see. A list that is empty or holds errors in
 * its cells is in doubt: sheets do that for a moment.
 */
export function isComplete({ ids, faults }: WatchList): boolean {
	return ids.length > 0 && faults.length === 0;
}

/**
 * Reads a watch list:
 *
 * - JSON: an array of IDs, an array of objects with the ID in `idField` (a path such as `fields.order` too), rows of
 *   cells below their names, or an object that holds such an array up to two levels deep (Airtable, Baserow, Supabase,
 *   Google Sheets, n8n webhooks)
 * - CSV whose header names `idField`, with commas, semicolons or tabs (a Google Sheet published as CSV)
 * - plain text: one ID a line under any header, or all in one line
 *
 * In doubt it refuses: what is not an ID of the user's may be one of somebody else's.
 * @throws Error with what is wrong, continuing "The watch list"; not for single cells beside others that are IDs
 */
export function readWatchList({ text, conceal }: WatchListText, idField: string): WatchList {
	if (text.includes('\0')) throw new Error('is not text in UTF-8: save it with this encoding');
	const content = unwrap(text);
	const start = content.text.trimStart();
	if (start === '') return { ids: [], faults: [] };
	if (start.startsWith('<')) {
		throw new Error(
			'is a web page: use the address that answers with the data itself. For a Google Sheet: File, Share, Publish to web, Comma-separated values (.csv).',
		);
	}
	// Concealed before it is cut: half a secret would not be recognised.
	const excerpt = conceal(start.slice(0, 50 * longestExcerpt)).slice(0, longestExcerpt);
	const column = /^[[{]/.test(start)
		? jsonCells(start, idField, excerpt)
		: textCells(content, idField);

	const faults: string[] = [];
	const cells = column.cells.map((cell) => (isLongText(cell) ? conceal(cell) : cell));
	const ids = idsIn(cells, (fault) => faults.push(fault));
	const [fault] = faults;
	if (ids.length === 0 && fault !== undefined) throw new Error(withAdvice(fault, column));
	return { ids, faults };
}

/** Whether a fault would show a part of it only. */
function isLongText(cell: unknown): cell is string {
	return typeof cell === 'string' && cell.length > longestShown;
}

/** Names the columns that could be meant: programs have columns of their own that bear the name we look for. */
function withAdvice(fault: string, { name, columns }: Column): string {
	if (name === undefined) return fault;
	const others = inColumns(columns?.().filter((column) => column !== name) ?? []);
	const advice = others === '' ? '' : `. Enter one of these as ID Field: ${others}`;
	return `${fault}. There is no ID in the field "${name}"${advice}`;
}

function textCells({ text, delimiter }: Unwrapped, idField: string): Column {
	const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
	const [names = []] = parseCsv(lines[0] ?? '', delimiter);
	const hasHeader = matchingName(names, idField) !== undefined;
	// The cells of a line would hold the parts of "23,501".
	if (!hasHeader && lines.every(isOneValue)) return { cells: lines };
	const rows = parseCsv(text, delimiter);
	const isLineOfIds = rows.length === 1 && names.every((cell) => cell === '' || looksLikeIds(cell));
	return isLineOfIds && !hasHeader ? { cells: lines } : idColumn(rows, idField);
}

/** Whether a line holds one ID, or a number in a form in which none is written. */
function isOneValue(line: string): boolean {
	if (/^[1-9]\d*$/.test(line)) return true;
	let isRefused = false;
	const ids = idsIn(line, () => (isRefused = true));
	return isRefused
		? /^["'=#\s]*\d[\d\s.,'’]*"?$/.test(line)
		: ids.length === 1 && looksLikeIds(line);
}
