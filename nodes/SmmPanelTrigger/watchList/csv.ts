const delimiters = [',', ';', '\t'];

/**
 * The cells of a CSV text, row by row, without empty rows. The delimiter is the one of comma, semicolon and tab that
 * the first line has most of, unless it is known; quoted cells may hold delimiters, line breaks and doubled quotes (RFC 4180).
 */
export function parseCsv(text: string, delimiter = delimiterOf(text)): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	/** The cell so far, and whether nothing but blanks is in it: a quote behind them begins a quoted cell. */
	let cell = '';
	let isBlank = true;
	const add = (part: string) => {
		cell = cell === '' ? part : cell + part;
		isBlank &&= part.trim() === '';
	};
	const endCell = () => {
		row.push(cell.trim());
		cell = '';
		isBlank = true;
	};
	const endRow = () => {
		if (row.length === 0 && isBlank) {
			cell = '';
			return;
		}
		endCell();
		if (row.some(Boolean)) rows.push(row);
		row = [];
	};

	for (let position = 0; position < text.length; ) {
		const end = endOfPlainPart(text, position, delimiter);
		if (end > position) add(text.slice(position, end));
		position = end + 1;
		const sign = text[end];
		if (sign === undefined) break;
		if (sign === '"' && isBlank) {
			cell = '';
			position = addQuoted(text, position, add);
		} else if (sign === '"') {
			add(sign);
		} else if (sign === delimiter) {
			endCell();
		} else {
			endRow();
		}
	}
	endRow();
	return rows;
}

/** Where the text before the next quote, delimiter or line break ends. */
function endOfPlainPart(text: string, start: number, delimiter: string | undefined): number {
	const delimiterCode = delimiter?.charCodeAt(0);
	for (let position = start; position < text.length; position++) {
		const code = text.charCodeAt(position);
		if (code === 34 || code === 10 || code === 13 || code === delimiterCode) return position;
	}
	return text.length;
}

/** Adds the rest of a quoted part, in which doubled quotes stand for one. Returns where the text goes on behind it. */
function addQuoted(text: string, start: number, add: (part: string) => void): number {
	for (let position = start; ; ) {
		const quote = text.indexOf('"', position);
		if (quote < 0) {
			add(text.slice(position));
			return text.length;
		}
		if (text[quote + 1] !== '"') {
			add(text.slice(position, quote));
			return quote + 1;
		}
		add(text.slice(position, quote + 1));
		position = quote + 2;
	}
}

function delimiterOf(text: string): string | undefined {
	const [firstLine = ''] = text
		// Blank lines only: a tab at the beginning of a line ends its first, empty cell.
		.replace(/^\s*[\r\n]/, '')
		.replace(/"[^"]*"/g, '')
		.split(/[\r\n]/);
	const counted = delimiters.map((delimiter) => ({
		delimiter,
		count: firstLine.split(delimiter).length - 1,
	}));
	const most = counted.reduce((left, right) => (right.count > left.count ? right : left));
	return most.count > 0 ? most.delimiter : undefined;
}
