/** Says that a poll was given up: a panel or a watch list that answers letter by letter would keep it for ever. */
export class PollOverError extends Error {}

/**
 * The result of work that is over in time.
 *
 * What is given up may go on by itself for a while. Its result is nobody's, so work that is given up must change
 * nothing on its way.
 * @param end a point in time, in milliseconds since 1970
 * @throws PollOverError at that time
 */
export async function inTime<Result>(work: Promise<Result>, end: number): Promise<Result> {
	const signal = AbortSignal.timeout(Math.max(0, end - Date.now()));
	return await new Promise((resolve, reject) => {
		const giveUp = () => reject(new PollOverError('The poll took too long and was given up'));
		signal.addEventListener('abort', giveUp, { once: true });
		const forget = () => signal.removeEventListener('abort', giveUp);
		work.then(resolve, reject).finally(forget);
	});
}
