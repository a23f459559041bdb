import { setTimeout as pause } from 'node:timers/promises';

const WITHIN_MS = 30_000;

/** Looks again until the assertions hold, as a page needs its time; fails with what was seen last. */
export async function eventually(assertions: () => Promise<void>): Promise<void> {
	const deadline = Date.now() + WITHIN_MS;
	for (;;) {
		try {
			await assertions();
			return;
		} catch (error) {
			if (Date.now() > deadline) throw error;
		}
		await pause(200);
	}
}
