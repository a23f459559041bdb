/** Time and chance as the calls meet them. They are handed in, so that a test can move the time itself. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Resolves when so many milliseconds have passed. */
	sleep(milliseconds: number): Promise<void>;
	/** From 0 up to 1: keeps calls that failed together from coming back together. */
	random(): number;
}
