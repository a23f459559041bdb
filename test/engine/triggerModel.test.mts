import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { orderStateOf } from '../../nodes/panelApi/vocabulary/statusWords.ts';
import { type EngineKind, engineKinds, TriggerEngine } from './triggerEngines.mts';
import { ListServer } from './triggerListServer.mts';
import { listedIn, Promised } from './triggerPromise.mts';
import {
	examples,
	type ListDoubt,
	orders,
	type PanelFault,
	type Step,
	type Timeline,
	timeline,
} from './triggerTimelines.mts';
import { panelForTests } from '../support/panelForTests.mts';

const timelinesPerEngine = Number(process.env.TRIGGER_TIMELINES ?? (process.env.CI ? 700 : 200));
jest.setTimeout(900_000);

const lastPolls: Step[] = [{ do: 'poll' }, { do: 'poll' }];
/** No panel of these tests knows it. */
const otherOrder = '77777';

const panel = panelForTests();
let list: ListServer;
let now = Date.now();
let clock: jest.SpyInstance<number>;
beforeAll(async () => {
	list = await new ListServer().start();
	clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterAll(async () => {
	clock.mockRestore();
	await list.close();
});

function moveOf(item: IDataObject): string {
	return `${item.order}: ${item.previousState} > ${item.state}`;
}

/** Lets the next poll meet a fault. None of them is one that the client would sit out within the poll. */
function misbehave(fault: PanelFault): void {
	const later = { 'retry-after': '3600' };
	const does = {
		down: { kind: 'status', status: 503, headers: later },
		rateLimit: { kind: 'status', status: 429, headers: later },
		webPage: { kind: 'html' },
		wrongKey: { kind: 'refuse', error: 'Invalid API key' },
	} as const;
	if (!Array.isArray(fault)) return panel.misbehave({ times: Infinity, does: does[fault] });
	panel.misbehave({
		when: ({ orders: listed }) => listed !== undefined,
		times: Infinity,
		does: { kind: 'leaveOut', ids: fault },
	});
	panel.misbehave({
		when: ({ order = '' }) => fault.includes(order),
		times: Infinity,
		does: { kind: 'refuse', error: 'Incorrect order ID' },
	});
}

/** Faults that no request met must not strike later. */
function clearFaults(): void {
	const kept = [...panel.orders.values()].map((order) => ({ ...order }));
	panel.reset();
	for (const order of kept) panel.seedOrders(1, order);
}

const csv = (cells: readonly string[]) =>
	`order,customer\n${cells.map((cell) => `${cell},Ann`).join('\n')}`;

function showList(watched: readonly string[], doubt: ListDoubt | undefined): void {
	if (doubt === undefined) return list.serve(csv(watched));
	if (doubt === 'status500') return list.fail(500);
	if (doubt === 'lost') {
		list.answer = (_request, response) => response.destroy();
		return;
	}
	if (typeof doubt === 'object') {
		const isGone = (order: string) =>
			('hidden' in doubt ? doubt.hidden : doubt.broken).includes(order);
		const cell = (order: string) => (isGone(order) ? '#REF!' : order);
		return list.serve(
			csv('hidden' in doubt ? watched.filter((order) => !isGone(order)) : watched.map(cell)),
		);
	}
	const texts = {
		empty: '',
		header: 'order,customer\n',
		webPage: '<!doctype html><title>Sorry</title>',
		cut: JSON.stringify(watched.map((order) => ({ order }))).slice(0, -5),
		otherOrder: csv([otherOrder]),
		allBroken: csv(watched.map(() => 'Loading...')),
	};
	list.serve(texts[doubt]);
}

/** One timeline, followed by the trigger and by what it promises. */
class Follower {
	private readonly engine: TriggerEngine;
	private readonly promised: Promised;
	private watched: string[];

	constructor(
		private readonly kind: EngineKind,
		private readonly plan: Timeline,
	) {
		panel.reset();
		for (const order of orders) panel.seedOrders(1, { order, status: 'Pending' });
		const { states, keepFinal, emitFirst } = plan;
		this.watched = plan.watched;
		this.promised = new Promised(kind, plan);
		this.engine = new TriggerEngine({
			kind,
			parameters: {
				event: 'orderStatusChanged',
				watchFrom: 'url',
				watchUrl: list.url,
				states,
				options: { keepFinal, emitFirst },
			},
			credentials: { smmPanelApi: { url: panel.url, apiKey: panel.apiKey } },
		});
	}

	async follow(): Promise<void> {
		showList(this.watched, undefined);
		await this.engine.activate();
		this.promised.poll(panel, this.watched, { isActivation: true });
		for (const step of [...this.plan.steps, ...lastPolls]) {
			now += this.plan.minutesBetween * 60_000;
			showList(this.watched, undefined);
			await this.take(step);
			expect(this.engine.items.map(moveOf)).toEqual(this.promised.items);
		}
		this.expectLastStates();
	}

	private async take(step: Step): Promise<void> {
		const { engine, promised } = this;
		switch (step.do) {
			case 'move':
				panel.setOrder(step.order, { status: step.to });
				break;
			case 'poll':
				await this.meet(step, async () => await engine.tick());
				break;
			case 'pollTwice': {
				const late = engine.prepareTick();
				await (step.how === 'late' ? engine.tick() : Promise.all([engine.tick(), engine.tick()]));
				await late();
				promised.poll(panel, this.watched);
				break;
			}
			case 'pollInVain':
				await engine.tickInVain();
				promised.poll(panel, this.watched, { isInVain: true });
				break;
			case 'restart':
				promised.restart();
				if (this.kind !== 'default') await engine.restart();
				else await this.meet(step, async () => await engine.restart(), true);
				break;
			case 'killIn':
				engine.killAt = step.at;
				await engine.tick();
				promised.poll(panel, this.watched, { killAt: step.at });
				engine.killAt = undefined;
				promised.restart();
				await engine.restart();
				if (this.kind === 'default') promised.poll(panel, this.watched, { isActivation: true });
				break;
			case 'relist':
				this.watched = step.watched;
				break;
			case 'republish':
				this.watched = step.watched;
				showList(this.watched, undefined);
				await engine.edit(engine.parameters);
				if (this.kind === 'default') promised.poll(panel, this.watched, { isActivation: true });
				break;
			case 'fetchTestEvent':
				expect((await engine.fetchTestEvent()).length).toBeGreaterThan(0);
		}
	}

	/** A poll that may meet a fault of the panel or a doubt about the list. */
	private async meet(
		{ fault, doubt }: { fault?: PanelFault; doubt?: ListDoubt },
		poll: () => Promise<void>,
		isActivation = false,
	): Promise<void> {
		showList(this.watched, doubt);
		if (fault) misbehave(fault);
		const listed = listedIn(this.watched, doubt);
		const asksNothing = listed !== undefined && this.isIdle(listed) && doubt !== 'otherOrder';
		await poll();
		if (fault) clearFaults();

		const silent = Array.isArray(fault) ? fault : undefined;
		const answered = (listed ?? []).filter((order) => !silent?.includes(order));
		const knowsAny = doubt !== 'otherOrder' && (answered.length > 0 || asksNothing);
		// Unknown IDs alone stop an activation; a poll of the scheduler cannot know that it is not one if it knows nothing.
		const isRefused = this.kind !== 'default' && !this.promised.hasLearnt && !knowsAny;
		const isFailed = fault !== undefined && !silent && !asksNothing;
		if (listed && !isFailed && !isRefused)
			this.promised.poll(panel, listed, { silent, isActivation });
	}

	/** Whether every order in the list is finished, so that a poll does not ask and meets no fault. */
	private isIdle(listed: readonly string[]): boolean {
		const isFinished = (order: string) =>
			orderStateOf(this.promised.known.get(order) ?? '').isFinal;
		return !this.plan.keepFinal && listed.every(isFinished);
	}

	/** What went out last about an order is how it stands, unless a kill took it. */
	private expectLastStates(): void {
		const { states, keepFinal, steps } = this.plan;
		const isComplete =
			states.length === 0 && keepFinal && !steps.some((step) => step.do === 'killIn');
		for (const order of isComplete ? this.watched : []) {
			const last = this.engine.items.filter((item) => item.order === order).at(-1);
			const { status = '' } = panel.orders.get(order) ?? {};
			if (last) expect(last.state).toBe(orderStateOf(status).state);
		}
	}
}

/** The same timelines each time; others on demand. */
const seed = Number(process.env.TIMELINE_SEED ?? 20_261_126);

describe.each(engineKinds)('random timelines in the %s engine', (kind) => {
	it(`deliver every lasting change once (${timelinesPerEngine} timelines)`, async () => {
		const start = performance.now();
		await fc.assert(
			fc.asyncProperty(timeline, async (plan) => await new Follower(kind, plan).follow()),
			{ numRuns: timelinesPerEngine, seed, examples: examples.map((plan) => [plan]) },
		);
		const tookMs = Math.round(performance.now() - start);
		console.log(`${kind}: ${timelinesPerEngine} timelines in ${tookMs} ms`);
	});
});
