/** A longer text gets memory of its own from the system, which can take longer than to fill it. */
const pieceLength = 64 * 1024;

/**
 * The text of an answer (UTF-8). A long list of objects, such as a catalogue of megabytes, is cut between two of them:
 * joined by commas the pieces are the text. Each is made when it is asked for: read one by one, none stays in memory.
 * @param conceal blanks out what must not be seen
 */
export function bodyPieces(
	body: unknown,
	conceal: (text: string) => string = (text) => text,
): Iterable<string> {
	if (Buffer.isBuffer(body)) return { [Symbol.iterator]: () => cut(body, conceal) };
	return [conceal(typeof body === 'string' ? body : JSON.stringify(body ?? ''))];
}

function* cut(body: Buffer, conceal: (text: string) => string): Generator<string, void> {
	let start = 0;
	for (;;) {
		const end = body.indexOf('},{', start + pieceLength);
		if (end < 0) return yield conceal(body.toString('utf8', start));
		yield conceal(body.toString('utf8', start, end + 1));
		start = end + 2;
	}
}
