import { setTimeout as pause } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { N8nClient } from '../host/client.mts';
import type { Execution } from '../host/execution.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { Fault, SandboxPanel } from '../sandbox/panel.mts';
import { addRows, example, rowsOf, withParameters, withText } from './exampleFiles.mts';
import { refusing } from './exampleScene.mts';

jest.setTimeout(180_000);

let first: SandboxPanel;
let second: SandboxPanel;
let n8n: N8n;
let client: N8nClient;

beforeAll(async () => {
	[first, second] = await Promise.all([
		startSandboxPanel({ latencyMs: 300 }),
		startSandboxPanel({ latencyMs: 300, apiKey: 'key-of-the-second-panel' }),
	]);
	n8n = await startN8n({ name: 'examples-two-panels' });
	client = n8n.client;
	for (const [name, { url, apiKey }] of [
		['Second panel', second],
		['Sandbox panel', first],
	] as const) {
		await client.createCredential({ name, type: 'smmPanelApi', data: { url, apiKey } });
	}
	// As the note of "The cheapest of several panels" says.
	const byPanel = (one: string, two: string) =>
		`={{ ({ one: '${one}', two: '${two}' })[$json.panel] }}`;
	await client.createCredential({
		name: 'Any panel',
		type: 'smmPanelApi',
		data: {
			url: byPanel(first.url, second.url),
			apiKey: byPanel(first.apiKey, second.apiKey),
		},
	});
});

afterAll(async () => {
	await n8n?.stop();
	await Promise.all([first?.close(), second?.close()]);
});

beforeEach(() => {
	first.reset();
	second.reset();
});

const linkOf = (reference: string) => `https://www.instagram.com/p/${reference}`;

/** The reference of each order that exists on these panels. */
function placedAt(...panels: SandboxPanel[]): string[] {
	return panels
		.flatMap((panel) => [...panel.orders.values()])
		.map(({ link }) => link.split('/').at(-1) ?? '')
		.sort();
}

function orderAt(panel: SandboxPanel, reference: string): string | undefined {
	return [...panel.orders.values()].find(({ link }) => link === linkOf(reference))?.order;
}

describe('second-panel', () => {
	const EVERY = { trigger: 'Every 5 minutes' };

	/** The example with a table of its own, in which these rows wait. */
	class Table {
		static #count = 0;

		static async with(references: string[]): Promise<Table> {
			const name = `Two panels ${++Table.#count}`;
			const { id } = await client.importWorkflow(
				withText(
					withParameters(example('second-panel'), {
						'Sample orders': { jsonOutput: '{ "orders": [] }' },
					}),
					{ 'Orders for two panels': name },
				),
			);
			const filled = await client.runWorkflow(id, { trigger: 'Add orders' });
			expect(filled.error).toBeUndefined();
			const table = new Table(name, id);
			if (references.length > 0) await table.add(...references);
			return table;
		}

		private constructor(
			readonly name: string,
			readonly workflowId: string,
		) {}

		async add(...references: string[]): Promise<void> {
			const common = { service: '102', secondService: '103', quantity: 1000 };
			const rows = references.map((reference) => ({
				reference,
				link: linkOf(reference),
				...common,
			}));
			await addRows(client, this.name, rows);
		}

		async run(): Promise<Execution> {
			return await client.runWorkflow(this.workflowId, EVERY);
		}

		async rows(): Promise<IDataObject[]> {
			return await rowsOf(client, this.name);
		}
	}

	function refusalOf(reference: string, error: string): Fault {
		return { ...refusing(linkOf(reference), error), times: Infinity };
	}

	it('orders at the second panel what the first surely refused, and lists what was ordered where', async () => {
		first.misbehave(refusalOf('B-2', 'Not enough funds on balance'));
		first.misbehave(refusalOf('B-3', 'Incorrect service ID'));
		second.misbehave(refusalOf('B-3', 'Incorrect service ID'));
		const table = await Table.with(['B-1', 'B-2', 'B-3', 'B-4']);
		const execution = await table.run();
		expect(execution.error).toBeUndefined();
		expect(placedAt(first)).toEqual(['B-1', 'B-4']);
		expect(placedAt(second)).toEqual(['B-2']);
		const [atSecond] = second.orders.values();
		expect(atSecond).toMatchObject({ service: '103', quantity: 1000 });
		expect(await table.rows()).toMatchObject([
			{ reference: 'B-1', panel: 'first', order: orderAt(first, 'B-1'), problem: '' },
			{ reference: 'B-2', panel: 'second', order: orderAt(second, 'B-2'), problem: '' },
			{ reference: 'B-3', order: null, problem: 'Incorrect service ID', claim: null },
			{ reference: 'B-4', panel: 'first', order: orderAt(first, 'B-4') },
		]);

		first.reset();
		second.reset();
		expect((await table.run()).error).toBeUndefined();
		expect([placedAt(first), placedAt(second)]).toEqual([['B-3'], []]);
	});

	it.each([
		['the connection breaks', { kind: 'dropAfter' }],
		['the panel answers with a web page', { kind: 'html', acts: true }],
		['the panel reports a breakdown', { kind: 'status', status: 500, acts: true }],
	] as const)('never orders at the second panel after %s, in no later run', async (_what, does) => {
		first.misbehave({ on: 'add', when: ({ link }) => link === linkOf('C-2'), does });
		const table = await Table.with(['C-1', 'C-2', 'C-3']);
		for (let run = 0; run < 3; run++) expect((await table.run()).error).toBeUndefined();
		expect([placedAt(first), placedAt(second)]).toEqual([['C-1', 'C-2', 'C-3'], []]);
		expect(second.requests).toEqual([]);
		expect(await table.rows()).toMatchObject([
			{ reference: 'C-1', panel: 'first' },
			{
				reference: 'C-2',
				order: null,
				// The panel to look at.
				panel: 'first',
				problem: expect.stringMatching(/^Outcome unknown/) as string,
			},
			{ reference: 'C-3', panel: 'first' },
		]);
	});

	it('sends no row whose reference another row has, and says which rows they are', async () => {
		const table = await Table.with(['J-1', 'J-2', 'J-1', '']);
		for (let run = 0; run < 2; run++) expect((await table.run()).error).toBeUndefined();
		expect(placedAt(first, second)).toEqual(['J-2']);
		const rows = await table.rows();
		const same = `Rows ${String(rows[0]?.id)} and ${String(rows[2]?.id)} have the same reference: give each its own`;
		const free = { order: null, claim: null };
		expect(rows).toMatchObject([
			{ reference: 'J-1', problem: same, ...free },
			{ reference: 'J-2', problem: '', panel: 'first' },
			{ reference: 'J-1', problem: same, ...free },
			{ problem: 'Give this row a reference of its own', ...free },
		]);
	});

	it('keeps the order of a row whose reference is given to a later row', async () => {
		const table = await Table.with(['K-1']);
		await table.run();
		await table.add('K-1');
		await table.run();
		expect(placedAt(first, second)).toEqual(['K-1']);
		expect(await table.rows()).toMatchObject([
			{ order: orderAt(first, 'K-1'), panel: 'first', problem: '' },
			{ order: null, problem: expect.stringMatching(/^Rows .* have the same/) as string },
		]);
	});

	it('keeps a row of its own when the outcome at the second panel is unknown', async () => {
		first.misbehave(refusalOf('D-1', 'Not enough funds on balance'));
		second.misbehave({ on: 'add', does: { kind: 'dropAfter' } });
		const table = await Table.with(['D-1']);
		await table.run();
		first.reset();
		await table.run();
		expect([placedAt(first), placedAt(second)]).toEqual([[], ['D-1']]);
		expect(await table.rows()).toMatchObject([{ order: null, panel: 'second' }]);
	});

	it('orders each row once when several executions start at the same time', async () => {
		const references = Array.from({ length: 12 }, (_, row) => `E-${row}`);
		// Refused in one execution, taken in the next: what would make a double.
		for (const reference of references.slice(0, 6)) {
			first.misbehave({ ...refusalOf(reference, 'Not enough funds on balance'), times: 1 });
		}
		const table = await Table.with(references);
		const ended = await Promise.all(
			[0, 1200, 2400, 3600].map(async (milliseconds) => {
				await pause(milliseconds);
				return await table.run();
			}),
		);
		expect(ended.map(({ error }) => error)).toEqual(ended.map(() => undefined));
		expect(placedAt(first, second)).toEqual([...references].sort());
		expect(placedAt(second)).toHaveLength(6);
		expect((await table.rows()).filter(({ order }) => !order)).toEqual([]);
	});

	it('does nothing with an empty table', async () => {
		const table = await Table.with([]);
		const execution = await table.run();
		expect(execution.error).toBeUndefined();
		expect([...first.requests, ...second.requests]).toEqual([]);
	});

	it('has sample rows that can be ordered', async () => {
		const { id } = await client.importWorkflow(
			withText(example('second-panel'), { 'Orders for two panels': 'Two panels of the sample' }),
		);
		for (let press = 0; press < 2; press++) await client.runWorkflow(id);
		await client.runWorkflow(id, EVERY);
		expect(placedAt(first)).toEqual(['first-post', 'second-post']);
	});
});

describe('cheapest-panel', () => {
	const EVERY = { trigger: 'Every 5 minutes' };
	let count = 0;

	/** The example with a table of its own, in which these rows wait. */
	async function withRows(rows: Array<[reference: string, product: string, quantity: number]>) {
		const table = `Cheapest ${++count}`;
		const { id } = await client.importWorkflow(
			withText(
				withParameters(example('cheapest-panel'), {
					'Sample orders': {
						jsonOutput: JSON.stringify({
							orders: rows.map(([reference, product, quantity]) => ({
								reference,
								product,
								link: linkOf(reference),
								quantity,
							})),
						}),
					},
				}),
				{ 'Orders for the cheapest panel': table },
			),
		);
		expect((await client.runWorkflow(id)).error).toBeUndefined();
		return {
			add: async (row: IDataObject) => await addRows(client, table, [row]),
			run: async () => await client.runWorkflow(id, EVERY),
			rows: async () => await rowsOf(client, table),
		};
	}

	function setRate(panel: SandboxPanel, id: number, rate: number): void {
		const service = panel.services.find((row) => row.service === id);
		if (service) service.rate = rate;
	}

	it('orders each row at the panel where it is valid and costs least', async () => {
		setRate(second, 102, 1.1);
		setRate(second, 103, 3);
		const table = await withRows([
			['F-1', 'likes', 1000],
			['F-2', 'views', 1000],
			['F-3', 'likes', 1],
			['F-4', 'unheard of', 1000],
		]);
		const execution = await table.run();
		expect(execution.error).toBeUndefined();
		expect([placedAt(first), placedAt(second)]).toEqual([['F-2'], ['F-1']]);
		expect(await table.rows()).toMatchObject([
			{ panel: 'two', order: orderAt(second, 'F-1'), cost: 1.1, problem: '' },
			{ panel: 'one', order: orderAt(first, 'F-2') },
			{ order: null, claim: null, problem: expect.stringContaining('minimum') as string },
			{ order: null, claim: null, problem: expect.anything() as string },
		]);
		expect(execution.text).not.toContain(second.apiKey);
	});

	it('sends no row whose reference another row has, and says which rows they are', async () => {
		const table = await withRows([
			['L-1', 'likes', 1000],
			['L-2', 'likes', 1000],
		]);
		await table.add({ reference: 'L-1', product: 'views', link: linkOf('L-3'), quantity: 1000 });
		expect((await table.run()).error).toBeUndefined();
		expect(placedAt(first, second)).toEqual(['L-2']);
		const rows = await table.rows();
		const problem = `Rows ${String(rows[0]?.id)} and ${String(rows[2]?.id)} have the same reference: give each its own`;
		const notSent = { problem, order: null, claim: null };
		expect(rows).toMatchObject([notSent, { order: orderAt(first, 'L-2') }, notSent]);
	});

	it('leaves out a panel that cannot be asked', async () => {
		setRate(second, 102, 0.1);
		second.misbehave({ on: 'services', times: Infinity, does: { kind: 'html' } });
		const table = await withRows([['G-1', 'likes', 1000]]);
		await table.run();
		expect([placedAt(first), placedAt(second)]).toEqual([['G-1'], []]);
	});

	it('never orders elsewhere after an unknown outcome, even when the other panel is cheaper by then', async () => {
		first.misbehave({ on: 'add', does: { kind: 'dropAfter' } });
		const table = await withRows([['H-1', 'likes', 1000]]);
		setRate(second, 102, 2);
		await table.run();
		setRate(second, 102, 0.5);
		await table.run();
		expect([placedAt(first), placedAt(second)]).toEqual([['H-1'], []]);
	});

	it('orders each row once when prices change while executions run at the same time', async () => {
		const references = Array.from({ length: 6 }, (_, row) => `I-${row}`);
		first.misbehave({
			on: 'add',
			times: 3,
			does: { kind: 'refuse', error: 'Not enough funds on balance' },
		});
		const table = await withRows(references.map((reference) => [reference, 'likes', 1000]));
		setRate(second, 102, 2);
		const runs = [table.run()];
		await pause(1200);
		// The refused rows would be cheaper at the other panel now.
		setRate(first, 102, 3);
		runs.push(table.run());
		await pause(1200);
		runs.push(table.run());
		await Promise.all(runs);
		await table.run();
		expect(placedAt(first, second)).toEqual(references);
	});

	it('does nothing with an empty table', async () => {
		const table = await withRows([]);
		expect((await table.run()).error).toBeUndefined();
		expect([...first.requests, ...second.requests]).toEqual([]);
	});
});
