import { request } from 'undici';

import type { PanelProcess } from './panelProcess.mts';
import type { Outcome } from './race.mts';

/** One call of a plain script: nothing but the request and `JSON.parse`. */
export async function call(
	{ url, apiKey }: PanelProcess,
	form: Record<string, string>,
): Promise<unknown> {
	const answer = await request(url, {
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({ key: apiKey, ...form }).toString(),
	});
	return JSON.parse(await answer.body.text());
}

/** Does all tasks, so many at a time. */
export async function inParallel<Result>(
	width: number,
	tasks: ReadonlyArray<() => Promise<Result>>,
): Promise<Result[]> {
	const results: Result[] = [];
	const queue = tasks.values();
	const work = async () => {
		for (const task of queue) results.push(await task());
	};
	await Promise.all(Array.from({ length: width }, work));
	return results;
}

/** How long a script takes that answers the number of its items. */
export async function timeScript(script: () => Promise<number>): Promise<Outcome> {
	const startedAt = performance.now();
	const items = await script();
	return { milliseconds: performance.now() - startedAt, items };
}
