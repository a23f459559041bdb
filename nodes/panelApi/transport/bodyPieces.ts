/** A longer text gets memory of its own from the system, which can take longer than to fill it. */
const pieceLength = 64 * 1024;

const [opening, closing, comma] = Buffer.from('[],') as unknown as [number, number, number];

/**
 * The text of an answer (UTF-8). A long list of objects, such as a catalogue of megabytes, is cut between two of them,
 * and each piece gets brackets of its own in place of the comma: it is a list of its own then. `joinedPieces` makes the
 * text of them again. Each is made when it is asked for: read one by one, none stays in memory.
 * @param conceal blanks out what must not be seen
 */
export function bodyPieces(
	body: unknown,
	conceal: (text: string) => string = (text) => text,
): Iterable<string> {
	if (Buffer.isBuffer(body)) return { [Symbol.iterator]: () => cut(body, conceal) };
	return [conceal(typeof body === 'string' ? body : JSON.stringify(body ?? ''))];
}

/** The text that was cut into these pieces. */
export function joinedPieces(pieces: Iterable<string>): string {
	const all = [...pieces];
	const last = all.length - 1;
	return all
		.map((text, place) => text.slice(place > 0 ? 1 : 0, place < last ? -1 : undefined))
		.join(',');
}

function* cut(body: Buffer, conceal: (text: string) => string): Generator<string, void> {
	let start = 0;
	for (;;) {
		const end = body.indexOf('},{', start + pieceLength) + 1;
		if (end === 0) return yield conceal(listIn(body, start, body.length));
		yield conceal(listIn(body, start, end));
		start = end;
	}
}

/** The rows between two commas, or an end of the text; there the brackets are, for so long. */
function listIn(body: Buffer, start: number, end: number): string {
	const isFirst = start === 0;
	const isLast = end === body.length;
	if (!isFirst) body[start] = opening;
	if (!isLast) body[end] = closing;
	const text = body.toString('utf8', start, end + 1);
	if (!isFirst) body[start] = comma;
	if (!isLast) body[end] = comma;
	return text;
}
