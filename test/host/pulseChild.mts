import { setTimeout as pause } from 'node:timers/promises';

/** Asks an address every 50 ms, and says how long the slowest answer since the last question took. */
const [address = ''] = process.argv.slice(2);
const EVERY_MS = 50;

let slowestMs = 0;
const underWay = new Set<number>();

async function ask(): Promise<void> {
	const startedAt = performance.now();
	underWay.add(startedAt);
	try {
		await (await fetch(address)).arrayBuffer();
	} finally {
		underWay.delete(startedAt);
		slowestMs = Math.max(slowestMs, performance.now() - startedAt);
	}
}

process.on('message', () => {
	const now = performance.now();
	const waiting = [...underWay].map((startedAt) => now - startedAt);
	process.send?.(Math.max(slowestMs, ...waiting));
	slowestMs = 0;
});
// A parent that went away will not end this process any more.
process.once('disconnect', () => process.exit());

await ask();
process.send?.(0);
for (;;) {
	void ask().catch(() => undefined);
	await pause(EVERY_MS);
}
