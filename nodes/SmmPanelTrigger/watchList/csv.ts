const delimiters = [',', ';', '\t'];

/**
 * The cells of a CSV text, row by row, without empty rows. The delimiter is the one of comma, semicolon and tab that
 * the first line has most of, unless it is known; quoted cells may hold delimiters, line breaks and doubled quotes (RFC 4180).
 */
export function parseCsv(text: string, delimiter = delimiterOf(text)): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	let cell = '';
	let isQuoted = false;
	const endCell = () => {
		row.push(cell.trim());
		cell = '';
	};
	const endRow = () => {
		endCell();
		if (row.some((content) => content !== '')) rows.push(row);
		row = [];
	};

	for (let position = 0; position < text.length; position++) {
		const letter = text[position] as string;
		if (isQuoted) {
			if (letter !== '"') cell += letter;
			else if (text[position + 1] === '"') cell += text[++position];
			else isQuoted = false;
		} else if (letter === '"' && cell.trim() === '') {
			isQuoted = true;
			cell = '';
		} else if (letter === delimiter) {
			endCell();
		} else if (letter === '\n' || letter === '\r') {
			endRow();
		} else {
			cell += letter;
		}
	}
	endRow();
	return rows;
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
