import { usualPatience } from '../../../../nodes/panelApi/calls/caller.ts';
import { Pace, paceOf } from '../../../../nodes/panelApi/calls/pace.ts';
import type { Patience } from '../../../../nodes/panelApi/calls/retryPolicy.ts';
import { PanelClient } from '../../../../nodes/panelApi/client.ts';
import { MovedClock } from '../../../support/movedClock.mts';
import { TimedPanel } from '../../../support/timedPanel.mts';

let clock: MovedClock;
let pace: Pace;
beforeEach(() => {
	clock = new MovedClock();
	pace = new Pace(clock);
});

const panelThat = (nature: ConstructorParameters<typeof TimedPanel>[1]) =>
	new TimedPanel(clock, nature);
const clientOf = (panel: TimedPanel, patience: Partial<Patience> = {}) =>
	new PanelClient(panel.wire, clock, { ...usualPatience, ...patience }, pace);
const idsTo = (last: number) => Array.from({ length: last }, (_, index) => String(index + 1));

/** Asks about so many orders, a hundred in each call unless told otherwise. */
async function askAbout(panel: TimedPanel, count: number, batchSize = 100) {
	const start = clock.now();
	const outcomes = await clock.until(clientOf(panel).orderStatus(idsTo(count), { batchSize }));
	return {
		answered: [...outcomes.values()].filter((outcome) => 'value' in outcome).length,
		tookMs: clock.now() - start,
	};
}

describe('reads of an account on a panel without limits', () => {
	it('begin with five calls at a time and come to twenty within some rounds', async () => {
		const panel = panelThat({ latencyMs: 50 });
		expect(await askAbout(panel, 10_000)).toEqual({ answered: 10_000, tookMs: 7 * 50 });
		expect(panel.crowds.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
		expect(panel.peak).toBe(20);
		expect(panel.requests).toBe(100);
	});

	it.each(['orderStatus', 'refillStatus'] as const)('go that way for %s', async (method) => {
		const panel = panelThat({ latencyMs: 50 });
		const asking: Promise<unknown> = clientOf(panel)[method](idsTo(6000));
		await clock.until(asking);
		expect(panel.peak).toBe(20);
	});

	it('share the lanes with all other runs of the account', async () => {
		const panel = panelThat({ latencyMs: 50 });
		const runs = [1, 2, 3].map(async () => await clientOf(panel).orderStatus(idsTo(5000)));
		for (const outcomes of await clock.until(Promise.all(runs))) expect(outcomes.size).toBe(5000);
		expect(panel.crowds.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
		expect(panel.peak).toBe(20);
	});

	it('begin with five again after a minute without any', async () => {
		const panel = panelThat({ latencyMs: 50 });
		await askAbout(panel, 10_000);
		await clock.pass(59_000);
		await askAbout(panel, 2000);
		expect(panel.crowds.slice(-20)).toContain(20);
		await clock.pass(61_000);
		await askAbout(panel, 500);
		expect(panel.crowds.slice(-5)).toEqual([1, 2, 3, 4, 5]);
		expect(pace.lanes.count).toBeLessThan(20);
	});

	it.each(['refill', 'cancel'] as const)(
		'do not count for %s: one call at a time',
		async (method) => {
			const panel = panelThat({ latencyMs: 50 });
			await askAbout(panel, 10_000);
			panel.peak = 0;
			const asking: Promise<unknown> = clientOf(panel)[method](idsTo(1000));
			await clock.until(asking);
			expect(panel.peak).toBe(1);
		},
	);

	it('hold up no order', async () => {
		const panel = panelThat({ latencyMs: 50 });
		const reads = clientOf(panel).orderStatus(idsTo(10_000));
		await clock.pass(10);
		const form = { service: '1', link: 'https://x.example', quantity: '10' };
		const start = clock.now();
		await clock.until(clientOf(panel).add(form));
		expect(clock.now() - start).toBe(50);
		await clock.until(reads);
	});
});

describe('reads of an account on a panel that does not keep up', () => {
	it('lose nothing at two requests a second, and few of them are refused', async () => {
		const panel = panelThat({ latencyMs: 50, requestsPerSecond: 2 });
		expect(await askAbout(panel, 1000)).toMatchObject({ answered: 1000 });
		expect(panel.refused).toBeLessThanOrEqual(7);
		panel.refused = 0;
		expect(await askAbout(panel, 10_000)).toMatchObject({ answered: 10_000 });
		expect(panel.refused).toBeLessThanOrEqual(16);
		expect(pace.lanes.count).toBeLessThanOrEqual(5);
	});

	it('come back to five when its answers take the longer the more there are', async () => {
		const panel = panelThat({ latencyMs: 200, workers: 4 });
		expect(await askAbout(panel, 20_000)).toMatchObject({ answered: 20_000 });
		expect(Math.max(...panel.crowds.slice(60))).toBeLessThan(20);
		expect(panel.crowds.slice(60)).toContain(6);
		expect(panel.peak).toBeGreaterThan(5);
	});

	it('lose nothing when it closes connections, and become fewer', async () => {
		const panel = panelThat({ latencyMs: 50, connections: 8 });
		expect(await askAbout(panel, 20_000)).toMatchObject({ answered: 20_000 });
		expect(panel.lost).toBeLessThanOrEqual(30);
	});
});

describe('a lane that is waited for', () => {
	it.each<[string, () => { signal?: AbortSignal; deadline?: number }]>([
		['the execution is stopped', () => ({ signal: AbortSignal.abort() })],
		['the time is up', () => ({ deadline: clock.now() })],
	])('is given up when %s', async (_why, over) => {
		const panel = panelThat({ latencyMs: 30_000 });
		const others = clientOf(panel).orderStatus(idsTo(500));
		await clock.pass(1);
		const start = clock.now();
		const outcomes = await clock.until(clientOf(panel).orderStatus(['7'], over()));
		expect(outcomes.size).toBe(0);
		expect(clock.now() - start).toBeLessThan(300);
		await clock.until(others);
	});

	it('is free again after a call that failed', async () => {
		const panel = panelThat({ latencyMs: 50, connections: 0 });
		const ask = async () =>
			await clock.until(clientOf(panel, { repeats: 0 }).orderStatus(idsTo(30), { batchSize: 1 }));
		await ask();
		await ask();
		expect(panel.requests).toBe(60);
	});
});

describe('the pace of an account', () => {
	it('is one for all its runs, and another for each other account', () => {
		expect(paceOf('one', clock)).toBe(paceOf('one', clock));
		expect(paceOf('one', clock)).not.toBe(paceOf('other', clock));
	});

	it('learns nothing from a call during which the clock of the machine was set back', async () => {
		const panel = panelThat({ latencyMs: 50 });
		await askAbout(panel, 10_000);
		expect(pace.lanes.count).toBe(20);
		await clock.pass(5000);
		pace.lanes.answered('status 100', clock.now() + 150);
		for (let call = 0; call < 50; call++) {
			pace.lanes.answered('status 100', clock.now() - 50);
			await clock.pass(10);
		}
		expect(pace.lanes.count).toBe(20);
	});

	it('goes on when the clock of the machine is set back', async () => {
		const panel = panelThat({ latencyMs: 50 });
		await askAbout(panel, 500);
		pace.lanes.troubled('limit', clock.now());
		pace.refused(clock.now(), clock.now() + 1000);
		const asking = clientOf(panel).orderStatus(idsTo(500));
		await clock.pass(100);
		clock.setBack(3_600_000);
		const start = clock.now();
		await clock.until(asking);
		expect(clock.now() - start).toBeLessThan(2500);
		expect(await askAbout(panel, 10_000)).toMatchObject({ answered: 10_000 });
		expect(clock.now() - start).toBeLessThan(10_000);
		expect(panel.peak).toBe(20);
	});

	it('that another run was told to keep is not waited for beyond the deadline', async () => {
		const panel = panelThat({ latencyMs: 50 });
		pace.refused(clock.now(), clock.now() + 60_000);
		const poll = clientOf(panel, { deadline: clock.now() + 30_000 });
		const start = clock.now();
		await expect(clock.until(poll.balance())).rejects.toMatchObject({
			kind: 'rateLimit',
			retryAfterMs: 60_000,
			certainty: 'notSent',
		});
		expect(clock.now()).toBe(start);
		expect(panel.requests).toBe(0);
	});
});
