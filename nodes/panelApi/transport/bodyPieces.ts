/** A longer text gets memory of its own from the system, which can take longer than to fill it. */
const pieceLength = 64 * 1024;

/**
 * The text of an answer (UTF-8). A long list of objects, such as a catalogue of megabytes, is cut between two of them:
 * joined by commas the pieces are the text.
 */
export function bodyPieces(body: unknown): string[] {
	if (!Buffer.isBuffer(body)) return [typeof body === 'string' ? body : JSON.stringify(body ?? '')];
	const pieces: string[] = [];
	let start = 0;
	for (;;) {
		const end = body.indexOf('},{', start + pieceLength);
		if (end < 0) return [...pieces, body.toString('utf8', start)];
		pieces.push(body.toString('utf8', start, end + 1));
		start = end + 2;
	}
}
