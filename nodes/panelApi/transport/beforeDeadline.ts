/** Why work was told to end before it was done. */
export type EndedBy = 'overTime' | 'tooLarge' | 'stopped';

/** So long is waited for work that was told to end: it may know whether anything was sent. In milliseconds. */
const lastWordsMs = 250;

/**
 * Does work that has to end in time, whatever it waits for. When the time is over, or whenever somebody else aborts
 * `ending`, the work has a moment to end by itself; then it is left alone.
 *
 * No timer outlives the work: the one of a signal that nobody listens to holds nothing alive and goes with it.
 * @param timeoutMs how long the work may take, in milliseconds
 * @param ending its signal tells the work to end; its reason is then one of `EndedBy`
 * @returns what came of the work; undefined if it had to be left alone
 * @throws what the work throws
 */
export async function beforeDeadline<Result>(
	timeoutMs: number,
	ending: AbortController,
	work: () => Promise<Result>,
): Promise<Result | undefined> {
	const clock = AbortSignal.timeout(Math.max(0, Math.ceil(timeoutMs)));
	const end = () => endWith(ending, 'overTime');
	let leaveAlone = () => {};
	const leftAlone = new Promise<undefined>((resolve) => {
		leaveAlone = () => {
			const patience = AbortSignal.timeout(lastWordsMs);
			patience.addEventListener('abort', () => resolve(undefined), { once: true });
		};
	});
	clock.addEventListener('abort', end, { once: true });
	ending.signal.addEventListener('abort', leaveAlone, { once: true });
	try {
		return await Promise.race([work(), leftAlone]);
	} finally {
		clock.removeEventListener('abort', end);
		ending.signal.removeEventListener('abort', leaveAlone);
	}
}

/** Tells work to end; a second reason does not count. */
export function endWith(ending: AbortController, reason: EndedBy): void {
	if (!ending.signal.aborted) ending.abort(reason);
}

/** How far a call got: nothing left, there was no word of an answer, or it broke off. */
export type Progress = 'neverLeft' | 'sent' | 'begun';

/**
 * How a call is reported that was ended before its answer had arrived as a whole, without a full stop.
 * @param limits how long it could take, in milliseconds, and how large it could be, in bytes
 */
export function whyEnded(
	endedBy: EndedBy,
	progress: Progress,
	{ timeoutMs, largestBytes }: { timeoutMs: number; largestBytes: number },
): string {
	if (endedBy === 'stopped') return 'The execution was stopped before the answer came';
	if (endedBy === 'tooLarge') return `The answer is larger than ${largestBytes / 1_000_000} MB`;
	const seconds = `${Math.ceil(timeoutMs / 1000)} s`;
	if (progress === 'neverLeft') return `No connection came about within ${seconds}`;
	return progress === 'sent'
		? `There was no answer within ${seconds}`
		: `The answer had begun, but did not end within ${seconds}`;
}
