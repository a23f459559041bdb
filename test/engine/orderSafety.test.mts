import fc from 'fast-check';
import type { IDataObject, IRunExecutionData } from 'n8n-workflow';

import { type Fault, type SandboxPanel, startSandboxPanel } from '../sandbox/panel.mts';
import { DeduplicationStore } from './deduplicationStore.mts';
import { type NodeResult, runNode } from './engine.mts';

const timelines = 500;

/** What the panel does to one `add`. */
const effects: Record<string, Fault['does'] | undefined> = {
	well: undefined,
	refused: { kind: 'refuse', error: 'Not enough funds on balance' },
	limited: { kind: 'status', status: 429 },
	droppedBefore: { kind: 'dropBefore' },
	droppedAfter: { kind: 'dropAfter' },
	cutOff: { kind: 'cutAfter' },
	webPage: { kind: 'html', status: 502, acts: true },
	withoutId: { kind: 'withoutOrderId' },
};

const effect = fc.oneof(
	{ weight: 80, arbitrary: fc.constant('well') },
	{
		weight: 50,
		arbitrary: fc.constantFrom(...Object.keys(effects).filter((name) => name !== 'limited')),
	},
	// Each of them makes the node wait.
	{ weight: 1, arbitrary: fc.constant('limited') },
);

/** One try: a new execution of the workflow, or a repeated try of the one before (the Retry button). */
const attempt = fc.record({
	repeats: fc.boolean(),
	continuesOnError: fc.boolean(),
	retriesOnFail: fc.boolean(),
	effects: fc.array(effect, { maxLength: 12 }),
});

const timeline = fc.record({
	/** Rows by the number of their link and key; the same number twice is the same row twice. */
	rows: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 30, size: '+1' }),
	attempts: fc.array(attempt, { minLength: 1, maxLength: 4 }),
});

describe('placing orders, whatever the panel and the user do', () => {
	let panel: SandboxPanel;
	const store = new DeduplicationStore();
	beforeAll(async () => {
		await store.install();
		panel = await startSandboxPanel();
	});
	afterAll(async () => await panel.close());

	const linkOf = (row: number) => `https://example.com/p/${row}`;

	async function live(
		{ rows, attempts }: typeof timeline extends fc.Arbitrary<infer T> ? T : never,
		keyed: boolean,
	) {
		panel.reset();
		panel.balance = 1_000_000;
		await store.clearAllProcessedItems();
		const knownOrders = new Set<string>();
		const unknownLinks: string[] = [];
		let before: IRunExecutionData | undefined;
		for (const { repeats, continuesOnError, retriesOnFail, effects: faults } of attempts) {
			faults.forEach((name, skip) => {
				const does = effects[name];
				if (does) panel.misbehave({ on: 'add', skip, does });
			});
			const result = await runNode({
				panelUrl: panel.url,
				items: rows.map((row) => ({ row, link: linkOf(row) })),
				parameters: {
					resource: 'order',
					operation: 'create',
					service: { __rl: true, mode: 'id', value: '101' },
					link: '={{ $json.link }}',
					quantity: 100,
					...(keyed && { idempotencyKey: '={{ $json.row }}' }),
				},
				settings: {
					...(continuesOnError && { onError: 'continueErrorOutput' as const }),
					...(retriesOnFail && { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }),
				},
				continueFrom: repeats ? before : undefined,
			});
			before = result.executionData;
			collect(result, knownOrders, unknownLinks);
		}
		return { knownOrders, unknownLinks };
	}

	function collect(result: NodeResult, knownOrders: Set<string>, unknownLinks: string[]) {
		for (const { order } of result.json) if (order) knownOrders.add(String(order));
		for (const { order } of (result.error?.context.placed ?? []) as IDataObject[])
			knownOrders.add(String(order));
		for (const { json } of result.failed) {
			const { kind, link } = json.details as IDataObject;
			if (kind === 'outcomeUnknown') unknownLinks.push(String(link));
		}
		for (const { link } of (result.error?.context.unknown ?? []) as IDataObject[])
			unknownLinks.push(String(link));
	}

	it(`no row with an idempotency key is ever ordered twice, and no order is lost (${timelines} timelines)`, async () => {
		await fc.assert(
			fc.asyncProperty(timeline, async (life) => {
				const { knownOrders, unknownLinks } = await live(life, true);
				const links = [...panel.orders.values()].map(({ link }) => link);
				expect(links).toEqual([...new Set(links)]);
				for (const { order, link } of panel.orders.values()) {
					if (!knownOrders.has(order)) expect(unknownLinks).toContain(link);
				}
			}),
			{ numRuns: timelines },
		);
	}, 600_000);

	it('without keys, no repeated try of one execution orders an item twice, and no order is lost', async () => {
		await fc.assert(
			fc.asyncProperty(timeline, async ({ rows, attempts }) => {
				const tries = attempts.map((one, index) => ({ ...one, repeats: index > 0 }));
				const { knownOrders, unknownLinks } = await live({ rows, attempts: tries }, false);
				for (const row of new Set(rows)) {
					const wanted = rows.filter((other) => other === row).length;
					const placed = [...panel.orders.values()].filter(({ link }) => link === linkOf(row));
					expect(placed.length).toBeLessThanOrEqual(wanted);
				}
				for (const { order, link } of panel.orders.values()) {
					if (!knownOrders.has(order)) expect(unknownLinks).toContain(link);
				}
			}),
			{ numRuns: 200 },
		);
	}, 600_000);
});
