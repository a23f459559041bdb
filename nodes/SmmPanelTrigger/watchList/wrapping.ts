/** A text without what some programs put around their data, and what that said. */
export interface Unwrapped {
	text: string;
	/** The sign between the cells, where the first line names it. */
	delimiter?: string;
}

/** Google's answers to queries: a comment, and the call of a function with the data. */
const queryAnswer = /^\/\*O_o\*\/\s*google\.visualization\.Query\.setResponse\(([\s\S]*)\);?$/;
/** Keeps browsers from running an answer; some web APIs begin with it. */
const guard = /^\)\]\}'[^\n]*\n/;
/** What Excel writes into CSV for itself. */
const delimiterLine = /^"?sep=(.)"?[^\S\r\n]*(?:\r\n|\r|\n)/i;

/** Takes off a byte order mark, `)]}'`, the call around Google's answers to queries, and Excel's `sep=;`. */
export function unwrap(text: string): Unwrapped {
	const content = text.replace(/^\uFEFF/, '');
	const start = content.trimStart();
	if (start.startsWith(')]}')) return { text: start.replace(guard, '') };
	if (start.startsWith('/*')) return { text: queryAnswer.exec(start.trimEnd())?.[1] ?? content };
	const delimiter = delimiterLine.exec(start)?.[1];
	return delimiter === undefined
		? { text: content }
		: { text: start.replace(delimiterLine, ''), delimiter };
}

/**
 * The table in Google's answer to a query, the names of its columns first; undefined for any other value.
 * Source: Google Visualization API, `{table: {cols: [{id, label}], rows: [{c: [{v, f}]}]}}`.
 */
export function queryTable(json: unknown): unknown[][] | undefined {
	const { table } = asRecord(json);
	const { cols, rows } = asRecord(table);
	if (!Array.isArray(cols) || !Array.isArray(rows)) return undefined;
	const names = cols.map((column) => {
		const { label, id } = asRecord(column);
		return label || id;
	});
	const cellsOf = (row: unknown): unknown[] => {
		const { c } = asRecord(row);
		return Array.isArray(c) ? c.map((cell) => asRecord(cell).v) : [];
	};
	return [names, ...rows.map(cellsOf)];
}

function asRecord(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
