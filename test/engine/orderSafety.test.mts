import fc from 'fast-check';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Fault } from '../sandbox/panel.mts';
import { DeduplicationStore } from './deduplicationStore.mts';
import { type NodeResult, runNode } from './engine.mts';
import { panelForTests } from '../support/panelForTests.mts';

/** More on demand: a whole evening's worth finds what a test run does not. */
const timelines = Number(process.env.SAFETY_TIMELINES ?? 150);

/** What the panel does to one `add`. */
const effects: Record<string, Fault['does'] | undefined> = {
	well: undefined,
	slow: { kind: 'delay', milliseconds: 5 },
	refused: { kind: 'refuse', error: 'Not enough funds on balance' },
	droppedBefore: { kind: 'dropBefore' },
	droppedAfter: { kind: 'dropAfter' },
	cutOff: { kind: 'cutAfter' },
	webPage: { kind: 'html', status: 502, acts: true },
	withoutId: { kind: 'withoutOrderId' },
	brokenAfterPlacing: {
		kind: 'answer',
		body: '{"error":"There was an error while creating your order."}',
		acts: true,
	},
	brokenBeforePlacing: { kind: 'refuse', error: 'There was an error while creating your order.' },
};

const effect = fc.oneof(
	{ weight: 8, arbitrary: fc.constantFrom('well', 'slow') },
	{ weight: 5, arbitrary: fc.constantFrom(...Object.keys(effects)) },
);

/** A new execution of the workflow, or a retry of one that failed: whatever number it has among these. */
const execution = fc.record({
	retryOf: fc.option(fc.nat({ max: 9 }), { freq: 3 }),
	continuesOnError: fc.boolean(),
	retriesOnFail: fc.boolean(),
	parallelOrders: fc.integer({ min: 1, max: 5 }),
	/** Stopped by the user after so many milliseconds. */
	stopsAfter: fc.option(fc.nat({ max: 20 }), { freq: 6 }),
});

const timeline = fc.record({
	/** Rows by the number of their link and key; the same number twice is the same row twice. */
	rows: fc.array(fc.nat({ max: 8 }), { minLength: 1, maxLength: 8 }),
	/** What happens at the same time, one moment after the other. */
	moments: fc.array(
		fc.record({
			executions: fc.array(execution, { minLength: 1, maxLength: 3 }),
			effects: fc.array(effect, { maxLength: 8 }),
		}),
		{ minLength: 1, maxLength: 4 },
	),
});

type Timeline = typeof timeline extends fc.Arbitrary<infer Value> ? Value : never;

describe('placing orders, whatever the panel and the user do, in executions that overlap', () => {
	const panel = panelForTests();
	let account = 0;
	const store = new DeduplicationStore();
	beforeAll(async () => {
		await store.install();
		// What other executions do comes between any two steps of the store.
		store.beforeStep = async () => {
			for (let turn = Math.floor(Math.random() * 4); turn >= 0; turn--) await nextTurn();
		};
	});

	/** Of this timeline alone: what an execution of another one sent before it was stopped may arrive late. */
	const linkOf = (row: number) => `https://example.com/${account}/${row}`;
	const orders = () =>
		[...panel.orders.values()].filter(({ link }) => link.includes(`/${account}/`));

	interface Life {
		/** Orders whose IDs came out, in items or errors. */
		known: Set<string>;
		/** Links of orders that were called unknown. */
		unknown: Set<string>;
		duplicates: Set<string>;
		newExecutions: number;
		/** Runs that ended without a word about one of their rows, although the user continued on error. */
		silent: number;
	}

	async function live({ rows, moments }: Timeline, parameters: IDataObject): Promise<Life> {
		panel.reset();
		panel.balance = 1_000_000;
		await store.clearAllProcessedItems();
		// An account of its own: nothing of another timeline is remembered for it.
		const panelUrl = `${panel.url}?timeline=${++account}`;
		const life: Life = {
			known: new Set(),
			unknown: new Set(),
			duplicates: new Set(),
			newExecutions: 0,
			silent: 0,
		};
		const failed: IRunExecutionData[] = [];
		let executionCount = 0;
		for (const moment of moments) {
			moment.effects.forEach((name, skip) => {
				const does = effects[name];
				if (does) panel.misbehave({ on: 'add', skip, does });
			});
			const before = [...failed];
			const results = await Promise.all(
				moment.executions.map(async (one) => {
					const origin = one.retryOf === null ? undefined : before[one.retryOf % before.length];
					if (!origin) life.newExecutions++;
					const { stopsAfter } = one;
					const result = await runNode({
						panelUrl,
						items: rows.map((row) => ({ row, link: linkOf(row) })),
						parameters: {
							resource: 'order',
							operation: 'create',
							service: { __rl: true, mode: 'id', value: '101' },
							link: '={{ $json.link }}',
							quantity: 100,
							options: { parallelOrders: one.parallelOrders },
							...parameters,
						} as never,
						settings: {
							...(one.continuesOnError && { onError: 'continueErrorOutput' as const }),
							...(one.retriesOnFail && { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }),
						},
						executionId: `E${account}-${++executionCount}`,
						mode: origin ? 'retry' : 'webhook',
						continueFrom: origin,
						...(stopsAfter !== null && {
							onStart: (stop: () => void) => void setTimeout(stop, stopsAfter),
						}),
					});
					const wasStopped = stopsAfter !== null;
					const told = result.json.length + result.failed.length;
					if (one.continuesOnError && !wasStopped && !result.error && told !== rows.length)
						life.silent++;
					return result;
				}),
			);
			for (const result of results) {
				collect(result, life);
				if (result.error) failed.push(result.executionData);
			}
		}
		return life;
	}

	function collect({ json, failed, error }: NodeResult, life: Life): void {
		for (const { order, duplicate, link } of json) {
			if (duplicate) life.duplicates.add(String(link));
			if (order) life.known.add(String(order));
		}
		for (const { order } of (error?.context.placed ?? []) as IDataObject[])
			life.known.add(String(order));
		for (const { json: item } of failed) {
			const { kind, link } = item.details as IDataObject;
			if (kind === 'outcomeUnknown') life.unknown.add(String(link));
		}
		for (const { link } of (error?.context.unknown ?? []) as IDataObject[])
			life.unknown.add(String(link));
	}

	/** What a stopped execution found out is lost with it; n8n's log has it. */
	const isStopped = ({ moments }: Timeline) =>
		moments.some(({ executions }) => executions.some(({ stopsAfter }) => stopsAfter !== null));

	const links = () => orders().map(({ link }) => link);

	function expectNothingLost(one: Timeline, life: Life): void {
		expect(life.silent).toBe(0);
		for (const link of life.duplicates) expect(links()).toContain(link);
		if (isStopped(one)) return;
		for (const { order, link } of orders()) {
			if (!life.known.has(order)) expect([...life.unknown]).toContain(link);
		}
	}

	it(`no row with an idempotency key is ever ordered twice, and no order is lost (${timelines} timelines)`, async () => {
		await fc.assert(
			fc.asyncProperty(timeline, async (one) => {
				const life = await live(one, { idempotencyKey: '={{ $json.row }}' });
				expect(links()).toEqual([...new Set(links())]);
				expectNothingLost(one, life);
			}),
			{ numRuns: timelines },
		);
	}, 3_600_000);

	it(`without keys, an execution and all retries of it order an item once, and no order is lost (${timelines} timelines)`, async () => {
		await fc.assert(
			fc.asyncProperty(timeline, async (one) => {
				const life = await live(one, {});
				for (const row of new Set(one.rows)) {
					const wanted = one.rows.filter((other) => other === row).length * life.newExecutions;
					const placed = links().filter((link) => link === linkOf(row));
					expect(placed.length).toBeLessThanOrEqual(wanted);
				}
				expectNothingLost(one, life);
			}),
			{ numRuns: timelines },
		);
	}, 3_600_000);
});
