import { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until what is seen is as wanted, and answers it. */
export async function until<T>(
	what: string,
	timeoutMs: number,
	look: () => T | Promise<T>,
	isDone: (seen: T) => boolean,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const seen = await look();
		if (isDone(seen)) return seen;
		if (Date.now() > deadline) {
			throw new Error(`Waited ${timeoutMs / 1000} s in vain until ${what}`);
		}
		await pause(100);
	}
}
