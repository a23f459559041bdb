import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks an address every 50 ms, and says for how long it was kept from answering at most since the last question.
 *
 * On a busy machine an answer is late because others have the processor. So of the time that an answer took no more
 * counts than the main thread of the program behind it was at work meanwhile.
 */
const [address = '', pid = ''] = process.argv.slice(2);
const EVERY_MS = 50;
/** Linux counts the time of threads in hundredths of a second. */
const MS_PER_TICK = 10;

let longestMs = 0;
const underWay = new Set<() => number>();

async function ask(): Promise<void> {
	const keptSoFar = stopwatch();
	underWay.add(keptSoFar);
	try {
		await (await fetch(address)).arrayBuffer();
	} finally {
		underWay.delete(keptSoFar);
		longestMs = Math.max(longestMs, keptSoFar());
	}
}

function stopwatch(): () => number {
	const startedAt = performance.now();
	const workBefore = workOfMainThread();
	return () => {
		const elapsed = performance.now() - startedAt;
		return Math.min(elapsed, workOfMainThread() - workBefore);
	};
}

/** In milliseconds; without end where the system does not say. */
function workOfMainThread(): number {
	try {
		const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ');
		const [user = NaN, system = NaN] = (fields ?? []).slice(11, 13).map(Number);
		return (user + system) * MS_PER_TICK;
	} catch {
		return performance.now();
	}
}

process.on('message', () => {
	process.send?.(Math.max(longestMs, ...[...underWay].map((kept) => kept())));
	longestMs = 0;
});
// A parent that went away will not end this process any more.
process.once('disconnect', () => process.exit());

await ask();
process.send?.(0);
for (;;) {
	void ask().catch(() => undefined);
	await pause(EVERY_MS);
}
