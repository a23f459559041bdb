/** As long as this n8n may still be saving a state, or another poll may work from what was read before. */
const settlingMs = 30_000;

/** Whether n8n may still be saving what was handed to it then. Clocks are set back at times. */
export function isSettling(handedOverAt: number, now: number): boolean {
	return Math.abs(now - handedOverAt) <= settlingMs;
}
