import { endWith } from './beforeDeadline';

const firstRoom = 64 * 1024;

/**
 * The bytes of an answer as they arrive, up to a largest size. They are kept in one place: an answer that comes in
 * single bytes takes no more memory than one that comes at once.
 */
export class ReceivedBytes {
	private room = Buffer.alloc(0);
	private length = 0;
	private readyMade: unknown;

	/** @param largest the most bytes that are taken in, after decompression */
	constructor(private readonly largest: number) {}

	/**
	 * Takes in a body to its end. What goes beyond the largest size ends the request, with `tooLarge` as its reason.
	 * @param announced the size that the answer names, in bytes; if it is compressed, less than what will come
	 * @returns whether that was all of it
	 * @throws what the stream throws when it breaks off; what came before stays
	 */
	async takeIn(body: unknown, ending: AbortController, announced = Number.NaN): Promise<boolean> {
		if (!isStream(body)) {
			this.readyMade = body;
			return true;
		}
		if (announced <= this.largest) this.makeRoom(announced);
		// Older versions of n8n do not know the signal.
		const letGo = () => body.destroy?.();
		ending.signal.addEventListener('abort', letGo, { once: true });
		try {
			return await this.takeAll(body, ending);
		} finally {
			ending.signal.removeEventListener('abort', letGo);
		}
	}

	private async takeAll(body: AsyncIterable<Uint8Array>, ending: AbortController) {
		for await (const part of body) {
			const fits = Math.min(part.length, this.largest - this.length);
			this.makeRoom(this.length + fits);
			this.room.set(fits < part.length ? part.subarray(0, fits) : part, this.length);
			this.length += fits;
			if (fits < part.length) {
				// The request first: it holds the connection, and a stream that waits does not notice its own end.
				endWith(ending, 'tooLarge');
				return false;
			}
		}
		return true;
	}

	/** What arrived so far: bytes, or what was made of them before. */
	get all(): unknown {
		return this.readyMade ?? this.room.subarray(0, this.length);
	}

	private makeRoom(needed: number): void {
		if (needed <= this.room.length) return;
		const larger = Buffer.allocUnsafe(Math.max(needed, firstRoom, 2 * this.room.length));
		larger.set(this.room.subarray(0, this.length));
		this.room = larger;
	}
}

/** An HTTP helper may hand over what it has made of a body instead. */
function isStream(body: unknown): body is AsyncIterable<Uint8Array> & { destroy?(): void } {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
