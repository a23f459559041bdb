const WINDOW_MS = 1000;

/** So many requests in any second. */
export class RateLimit {
	readonly #perSecond: number;
	#passed: number[] = [];

	constructor(perSecond: number) {
		this.#perSecond = perSecond;
	}

	/** Whole seconds to wait for a request that comes too early; 0 lets it pass and counts it. */
	refuse(now: number): number {
		this.#passed = this.#passed.filter((at) => now - at < WINDOW_MS);
		if (this.#passed.length < this.#perSecond) {
			this.#passed.push(now);
			return 0;
		}
		return Math.ceil(((this.#passed[0] ?? now) + WINDOW_MS - now) / 1000);
	}
}
