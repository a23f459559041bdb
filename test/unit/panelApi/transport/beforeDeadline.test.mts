import { setTimeout as pause } from 'node:timers/promises';

import { beforeDeadline, endWith } from '../../../../nodes/panelApi/transport/beforeDeadline.ts';

const forever = new Promise<never>(() => {});

describe('work with a deadline', () => {
	it('is what it comes to when it is done in time', async () => {
		const ending = new AbortController();
		expect(await beforeDeadline(5_000, ending, async () => 'done')).toBe('done');
		expect(ending.signal.aborted).toBe(false);
	});

	it('fails as it fails', async () => {
		const work = async () => await Promise.reject(new Error('broken'));
		await expect(beforeDeadline(5_000, new AbortController(), work)).rejects.toThrow('broken');
	});

	it('is told to end, and may then say what it knows', async () => {
		const ending = new AbortController();
		const work = async () => {
			await new Promise((resolve) => ending.signal.addEventListener('abort', resolve));
			return 'last words';
		};
		expect(await beforeDeadline(20, ending, work)).toBe('last words');
		expect(ending.signal.reason).toBe('overTime');
	});

	it('is left alone when it does not end', async () => {
		const start = Date.now();
		expect(await beforeDeadline(20, new AbortController(), async () => await forever)).toBe(
			undefined,
		);
		expect(Date.now() - start).toBeLessThan(2_000);
	});

	it('is left alone when somebody else ends it, whose reason stays', async () => {
		const ending = new AbortController();
		const outcome = beforeDeadline(5_000, ending, async () => await forever);
		endWith(ending, 'stopped');
		endWith(ending, 'tooLarge');
		expect(await outcome).toBe(undefined);
		expect(ending.signal.reason).toBe('stopped');
	});

	it('does not hear of the deadline any more when it is done', async () => {
		const ending = new AbortController();
		await beforeDeadline(20, ending, async () => 'done');
		await pause(60);
		expect(ending.signal.aborted).toBe(false);
	});
});
