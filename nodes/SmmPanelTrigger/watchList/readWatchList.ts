import { idsIn } from '../../parameters/readIds';
import { parseCsv } from './csv';
import type { WatchListText } from './fetchWatchList';
import { idColumn, looksLikeIds, matchingName } from './idColumn';
import { jsonCells } from './jsonCells';

const longestExcerpt = 80;

/** What a watch list says. */
export interface WatchList {
	/** Each once, in the order of the list; empty cells and fields are left out. */
	ids: string[];
	/** What is wrong with the cells that can be no IDs, continuing "The watch list". */
	faults: string[];
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
 * In doubt it refuses: what is no ID of the user's may be one of somebody else's.
 * @throws Error with what is wrong, continuing "The watch list"; not for single cells beside others that are IDs
 */
export function readWatchList({ text, conceal }: WatchListText, idField: string): WatchList {
	if (text.includes('\0')) throw new Error('is no text in UTF-8: save it with this encoding');
	const content = text.replace(/^\uFEFF/, '');
	const start = content.trimStart();
	if (start === '') return { ids: [], faults: [] };
	if (start.startsWith('<')) {
		throw new Error(
			'is a web page: use the address that answers with the data itself. For a Google Sheet: File, Share, Publish to web, Comma-separated values (.csv).',
		);
	}
	// Concealed before it is cut: half a secret would not be recognised.
	const excerpt = conceal(start.slice(0, 50 * longestExcerpt)).slice(0, longestExcerpt);
	const cells = /^[[{]/.test(start)
		? jsonCells(start, idField, excerpt)
		: textCells(content, idField);

	const faults: string[] = [];
	const ids = idsIn(cells, (fault) => faults.push(fault));
	if (ids.length === 0 && faults.length > 0) throw new Error(faults[0]);
	return { ids, faults };
}

function textCells(content: string, idField: string): unknown[] {
	const rows = parseCsv(content);
	const [line = []] = rows;
	const isHeader = matchingName(line, idField) !== undefined;
	const isLineOfIds = !isHeader && line.every((cell) => cell === '' || looksLikeIds(cell));
	return rows.length === 1 && isLineOfIds ? line : idColumn(rows, idField);
}
