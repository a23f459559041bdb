import type { IDataObject } from 'n8n-workflow';

import type { Execution } from '../host/execution.mts';
import { addRows, example, rowsOf, withText } from './exampleFiles.mts';
import { closeScene, openScene } from './exampleScene.mts';
import type { ExampleScene } from './exampleScene.mts';

jest.setTimeout(180_000);

let scene: ExampleScene;
let tables = 0;

beforeAll(async () => {
	scene = await openScene('examples-tables');
});

afterAll(async () => await closeScene(scene));

beforeEach(() => scene.panel.reset());

interface Table {
	run(trigger: string): Promise<Execution>;
	rows(): Promise<IDataObject[]>;
}

/** The example with a table of its own that holds these rows. */
async function withRows(name: string, rows: IDataObject[]): Promise<Table> {
	const { client } = scene;
	const table = `Orders ${++tables}`;
	const { id } = await client.importWorkflow(withText(example(name), { 'SMM orders': table }));
	const run = async (trigger: string) => {
		const execution = await client.runWorkflow(id, { trigger });
		expect(execution.error).toBeUndefined();
		return execution;
	};
	// The one that creates the table and asks the panel for nothing.
	const setUp = withText(example('refill-dropped-orders'), { 'SMM orders': table });
	const created = await client.runWorkflow(setUp, { trigger: 'Set up' });
	expect(created.error).toBeUndefined();
	if (rows.length > 0) await addRows(client, table, rows);
	return { run, rows: async () => await rowsOf(client, table) };
}

describe('refill-dropped-orders', () => {
	const EVERY = 'Every morning';

	async function withDropped(): Promise<[order: string, table: Table]> {
		const [order = ''] = scene.panel.seedOrders(1, {
			status: 'Completed',
			remains: 0,
			startCount: 100,
			quantity: 1000,
			service: '101',
		});
		const row = { order, state: 'completed', quantity: 1000, startCount: 100, currentCount: 700 };
		return [order, await withRows('refill-dropped-orders', [row])];
	}

	it('notes an unknown outcome, and does not ask again on the same day', async () => {
		const [order, table] = await withDropped();
		scene.panel.misbehave({ on: 'refill', does: { kind: 'dropAfter' } });
		for (let run = 0; run < 2; run++) await table.run(EVERY);
		expect(scene.panel.requestsFor('refill')).toHaveLength(1);
		expect(await table.rows()).toMatchObject([
			{ order, refill: null, problem: expect.stringMatching(/^Outcome unknown/) as string },
		]);
	});

	it('gets one refill when two executions start at the same time', async () => {
		const [order, table] = await withDropped();
		await Promise.all([table.run(EVERY), table.run(EVERY)]);
		expect(scene.panel.refills.size).toBe(1);
		const [refill] = scene.panel.refills.keys();
		expect(await table.rows()).toMatchObject([{ order, refill }]);
	});

	it('does nothing with an empty table', async () => {
		await (await withRows('refill-dropped-orders', [])).run(EVERY);
		expect(scene.panel.requests).toEqual([]);
	});
});

describe('data-table-follow-orders', () => {
	const EVERY = 'Every 10 minutes';

	it('leaves the rows as they are while the panel cannot be asked, and catches up', async () => {
		const [order = ''] = scene.panel.seedOrders(1, { order: '23501' });
		const table = await withRows('data-table-follow-orders', [{ order, status: 'Pending' }]);
		scene.panel.misbehave({ on: 'status', times: Infinity, does: { kind: 'html' } });
		await table.run(EVERY);
		expect(await table.rows()).toMatchObject([
			{ order, status: 'Pending', problem: expect.stringContaining('web page') as string },
		]);

		scene.panel.reset();
		scene.panel.seedOrders(1, { order, status: 'Completed' });
		await table.run(EVERY);
		expect(await table.rows()).toMatchObject([
			{ order, status: 'Completed', isFinal: true, problem: '' },
		]);
	});

	it('does nothing with an empty table', async () => {
		await (await withRows('data-table-follow-orders', [])).run(EVERY);
		expect(scene.panel.requests).toEqual([]);
	});
});
