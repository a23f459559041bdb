import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { foldOrderStatus } from '../../nodes/panelApi/vocabulary/statusWords.ts';
import { type SandboxPanel, startSandboxPanel } from '../sandbox/panel.mts';
import { type EngineKind, engineKinds, type KillPoint, TriggerEngine } from './triggerEngines.mts';

const timelinesPerEngine = Number(process.env.TRIGGER_TIMELINES ?? 350);
jest.setTimeout(600_000);

const orders = ['901', '902', '903', '904'];
const words = [
	'Pending',
	'In progress',
	'Completed',
	'Partial',
	'Cancelled',
	'Canceled',
	'On hold',
];

/** One step of a timeline. `fault` hits the next poll: all of its calls, or the orders it leaves out. */
type Step =
	| { do: 'move'; order: string; to: string }
	| { do: 'poll'; fault?: 'down' | 'rateLimit' | 'webPage' | 'wrongKey' | string[] }
	| { do: 'restart'; fault?: 'down' }
	| { do: 'killIn'; at: KillPoint }
	| { do: 'edit'; watched: string[] }
	| { do: 'fetchTestEvent' };

const lastPoll: Step = { do: 'poll' };

interface Timeline {
	watched: string[];
	keepFinal: boolean;
	emitFirst: boolean;
	states: string[];
	steps: Step[];
}

const someOrders = fc.subarray(orders, { minLength: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 8,
		arbitrary: fc.record({
			do: fc.constant('move' as const),
			order: fc.constantFrom(...orders),
			to: fc.constantFrom(...words),
		}),
	},
	{ weight: 6, arbitrary: fc.constant<Step>({ do: 'poll' }) },
	{
		weight: 3,
		arbitrary: fc
			.oneof(fc.constantFrom('down' as const, 'rateLimit', 'webPage', 'wrongKey'), someOrders)
			.map((fault): Step => ({ do: 'poll', fault: fault as never })),
	},
	{
		weight: 2,
		arbitrary: fc
			.constantFrom(undefined, 'down' as const)
			.map((fault): Step => ({ do: 'restart', fault })),
	},
	{
		weight: 1,
		arbitrary: fc
			.constantFrom<KillPoint>('beforeEmission', 'beforeSaving')
			.map((at): Step => ({ do: 'killIn', at })),
	},
	{ weight: 2, arbitrary: someOrders.map((watched): Step => ({ do: 'edit', watched })) },
	{ weight: 1, arbitrary: fc.constant<Step>({ do: 'fetchTestEvent' }) },
);
const timeline: fc.Arbitrary<Timeline> = fc.record({
	watched: someOrders,
	keepFinal: fc.boolean(),
	emitFirst: fc.boolean(),
	states: fc.constantFrom([], [], ['completed', 'partial', 'canceled']),
	steps: fc.array(step, { minLength: 4, maxLength: 18 }),
});

/** An order that leaves the watch list and comes back in another state has a new baseline and nothing to tell. */
const movesWhileUnwatched: Timeline = {
	watched: ['901'],
	keepFinal: true,
	emitFirst: false,
	states: [],
	steps: [
		{ do: 'move', order: '901', to: 'Completed' },
		{ do: 'poll' },
		{ do: 'edit', watched: ['902'] },
		{ do: 'move', order: '902', to: 'In progress' },
		{ do: 'poll' },
		{ do: 'move', order: '901', to: 'Partial' },
		{ do: 'edit', watched: ['901'] },
	],
};

/** What is no longer watched is forgotten, also by a poll that sees nothing but IDs that the panel does not know. */
const watchesUnknownForAWhile: Timeline = {
	watched: ['903'],
	keepFinal: false,
	emitFirst: false,
	states: [],
	steps: [
		{ do: 'poll' },
		{ do: 'edit', watched: ['904'] },
		{ do: 'poll', fault: ['904'] },
		{ do: 'restart' },
		{ do: 'edit', watched: ['903'] },
		{ do: 'move', order: '903', to: 'In progress' },
	],
};

type Known = ReadonlyMap<string, string>;

/**
 * What a trigger promises, said in another way than its code: it knows a word for each order; `saved` is what of
 * that outlives the process. A poll that sees another state than the known one puts it out.
 */
class Promised {
	known: Known = new Map();
	saved: Known = new Map();
	/** Whether anything was ever learnt, be it that nothing is known; and whether that outlives the process. */
	hasLearnt = false;
	private hasSaved = false;
	readonly items: string[] = [];
	private readonly kind: EngineKind;
	private readonly timeline: Timeline;

	constructor(kind: EngineKind, timeline: Timeline) {
		this.kind = kind;
		this.timeline = timeline;
	}

	poll(
		panel: SandboxPanel,
		watched: string[],
		options: { silent?: string[]; isActivation?: boolean; killAt?: KillPoint } = {},
	): void {
		const next = new Map<string, string>();
		const items: string[] = [];
		for (const order of watched) {
			const before = this.known.get(order);
			const isLeftAlone =
				before !== undefined && foldOrderStatus(before).isFinal && !this.timeline.keepFinal;
			if (isLeftAlone || options.silent?.includes(order)) {
				if (before !== undefined) next.set(order, before);
				continue;
			}
			const now = panel.orders.get(order)?.status as string;
			next.set(order, now);
			const isNews = before === undefined ? this.timeline.emitFirst : state(before) !== state(now);
			const { states } = this.timeline;
			if (isNews && (states.length === 0 || states.includes(foldOrderStatus(now).state))) {
				items.push(move(order, before, now));
			}
		}
		this.known = next;
		this.hasLearnt = true;
		const emits = items.length > 0;
		const { killAt } = options;
		if (emits && killAt) {
			if (killAt === 'beforeSaving' && this.kind !== 'durable') this.items.push(...items);
			return;
		}
		this.items.push(...items);
		const isSavedAlone = this.kind === 'durable' ? !options.isActivation : options.isActivation;
		if (!emits && !isSavedAlone) return;
		this.saved = next;
		this.hasSaved = true;
	}

	restart(): void {
		this.known = this.saved;
		this.hasLearnt = this.hasSaved;
	}
}

function state(word: string): string {
	const folded = foldOrderStatus(word).state;
	return folded === 'unknown' ? word : folded;
}

function move(order: string, before: string | undefined, now: string): string {
	return `${order}: ${before === undefined ? null : foldOrderStatus(before).state} > ${foldOrderStatus(now).state}`;
}

function told(item: IDataObject): string {
	return `${item.order}: ${item.previousState} > ${item.state}`;
}

let panel: SandboxPanel;
beforeAll(async () => {
	panel = await startSandboxPanel();
});
afterAll(async () => await panel.close());

/** Lets the next poll meet a fault. None of them is one that the client would sit out within the poll. */
function misbehave(fault: 'down' | 'rateLimit' | 'webPage' | 'wrongKey' | string[]): void {
	const later = { 'retry-after': '3600' };
	const does = {
		down: { kind: 'status', status: 503, headers: later },
		rateLimit: { kind: 'status', status: 429, headers: later },
		webPage: { kind: 'html' },
		wrongKey: { kind: 'refuse', error: 'Invalid API key' },
	} as const;
	if (!Array.isArray(fault)) return panel.misbehave({ does: does[fault] });
	panel.misbehave({
		when: ({ orders: list }) => list !== undefined,
		does: { kind: 'leaveOut', ids: fault },
	});
	panel.misbehave({
		when: ({ order = '' }) => fault.includes(order),
		times: Infinity,
		does: { kind: 'refuse', error: 'Incorrect order ID' },
	});
}

async function follow(kind: EngineKind, plan: Timeline): Promise<void> {
	panel.reset();
	for (const order of orders) panel.seedOrders(1, { order, status: 'Pending' });
	const parametersFor = (watched: string[]) => ({
		event: 'orderStatusChanged',
		orderIds: watched.join(),
		states: plan.states,
		options: { keepFinal: plan.keepFinal, emitFirst: plan.emitFirst },
	});
	const engine = new TriggerEngine({
		kind,
		parameters: parametersFor(plan.watched),
		credentials: { smmPanelApi: { url: panel.url, apiKey: panel.apiKey } },
	});
	const promised = new Promised(kind, plan);
	let { watched } = plan;

	await engine.activate();
	promised.poll(panel, watched, { isActivation: true });
	for (const next of [...plan.steps, lastPoll, lastPoll]) {
		switch (next.do) {
			case 'move':
				panel.setOrder(next.order, { status: next.to });
				break;
			case 'poll': {
				const asksNothing = isIdle(promised, plan, watched);
				if (next.fault && !asksNothing) misbehave(next.fault);
				await engine.tick();
				const silent = Array.isArray(next.fault) ? next.fault : undefined;
				// Unknown IDs alone stop an activation; a poll of the scheduler cannot tell that it is none if it knows nothing.
				const isRefused =
					kind !== 'default' &&
					!promised.hasLearnt &&
					watched.every((order) => silent?.includes(order));
				const learns = !next.fault || (silent && !isRefused) || asksNothing;
				if (learns) promised.poll(panel, watched, { silent });
				if (next.fault) clearFaults();
				break;
			}
			case 'restart':
				promised.restart();
				if (next.fault && !isIdle(promised, plan, watched)) misbehave(next.fault);
				await engine.restart();
				if (kind === 'default' && (!next.fault || isIdle(promised, plan, watched))) {
					promised.poll(panel, watched, { isActivation: true });
				}
				if (next.fault) clearFaults();
				break;
			case 'killIn':
				engine.killAt = next.at;
				await engine.tick();
				promised.poll(panel, watched, { killAt: next.at });
				engine.killAt = undefined;
				promised.restart();
				await engine.restart();
				if (kind === 'default') promised.poll(panel, watched, { isActivation: true });
				break;
			case 'edit':
				({ watched } = next);
				await engine.edit(parametersFor(watched));
				if (kind === 'default') promised.poll(panel, watched, { isActivation: true });
				break;
			case 'fetchTestEvent':
				expect((await engine.fetchTestEvent()).length).toBeGreaterThan(0);
		}
		expect(engine.items.map(told)).toEqual(promised.items);
	}

	// A kill between the two writes loses the state of what went out: a way back to the older one goes unseen.
	const isStateLost = plan.steps.some((step) => step.do === 'killIn');
	for (const order of watched) {
		const last = engine.items.filter((item) => item.order === order).at(-1);
		// What is no longer watched is forgotten: when it comes back, its state is a new baseline.
		const wasLeftOut = [plan, ...plan.steps].some(
			(step) => 'watched' in step && !step.watched.includes(order),
		);
		const isComplete = plan.states.length === 0 && plan.keepFinal && !isStateLost && !wasLeftOut;
		if (last && isComplete) {
			expect(last.state).toBe(foldOrderStatus(panel.orders.get(order)?.status as string).state);
		}
	}
}

/** Whether every watched order is finished, so that a poll does not ask and meets no fault. */
function isIdle({ known }: Promised, { keepFinal }: Timeline, watched: string[]): boolean {
	const isFinished = (order: string) => foldOrderStatus(known.get(order) ?? '').isFinal;
	return !keepFinal && watched.every(isFinished);
}

/** Faults that no request met must not strike later. */
function clearFaults(): void {
	const kept = [...panel.orders.values()].map((order) => ({ ...order }));
	panel.reset();
	for (const order of kept) panel.seedOrders(1, order);
}

describe.each(engineKinds)('random timelines in the %s engine', (kind) => {
	it(`deliver every lasting change once (${timelinesPerEngine} timelines)`, async () => {
		const start = Date.now();
		await fc.assert(
			fc.asyncProperty(timeline, async (plan) => await follow(kind, plan)),
			{
				numRuns: timelinesPerEngine,
				examples: [[movesWhileUnwatched], [watchesUnknownForAWhile]],
			},
		);
		console.log(`${kind}: ${timelinesPerEngine} timelines in ${Date.now() - start} ms`);
	});
});
