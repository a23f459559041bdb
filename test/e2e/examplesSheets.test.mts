import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import type { Execution } from '../host/execution.mts';
import { addRows, example, rowsOf } from './exampleFiles.mts';
import { closeScene, losing, openScene, orderedLinks, refusing } from './exampleScene.mts';
import type { ExampleScene } from './exampleScene.mts';
import { createSheet, withDataTable } from './googleSheetStandIn.mts';

jest.setTimeout(180_000);

const OUTCOME_UNKNOWN = expect.stringMatching(/^Outcome unknown/) as string;

let scene: ExampleScene;

beforeAll(async () => {
	scene = await openScene('examples-sheets', { N8N_RESTRICT_FILE_ACCESS_TO: '.n8n-files' });
});

afterAll(async () => await closeScene(scene));

beforeEach(() => scene.panel.reset());

/** A sheet with the example that orders its rows. */
interface Sheet {
	run(): Promise<Execution>;
	/** The rows as they are now; `order` is empty where there is no ID. */
	rows(): Promise<IDataObject[]>;
}

/** Both examples order the rows of a sheet: what may go wrong is the same. */
const sheets: Record<string, (links: string[]) => Promise<Sheet>> = {
	'spreadsheet-orders': async (links) => {
		const folder = path.join(scene.n8n.folder, '.n8n-files');
		const file = path.join(folder, 'orders.csv');
		const [header = ''] = readFileSync(path.resolve('examples/orders.csv'), 'utf8').split('\n');
		mkdirSync(folder, { recursive: true });
		const rows = links.map((link, row) => `${row + 1},Alice,102,${link},1000,,,,,`);
		writeFileSync(file, [header.trim(), ...rows].join('\n'));
		const { id } = await scene.client.importWorkflow(example('spreadsheet-orders'));
		return {
			run: async () => await scene.client.runWorkflow(id),
			rows: () => Promise.resolve(readCsv(readFileSync(file, 'utf8'))),
		};
	},
	'google-sheets-orders': async (links) => {
		const table = `Sheet ${randomUUID()}`;
		await createSheet(scene.client, table);
		const rows = links.map((link) => ({ link, service: '102', quantity: 1000 }));
		if (rows.length > 0) await addRows(scene.client, table, rows);
		const { id } = await scene.client.importWorkflow(
			withDataTable(example('google-sheets-orders'), table),
		);
		return {
			run: async () => await scene.client.runWorkflow(id),
			rows: async () => await rowsOf(scene.client, table),
		};
	},
};

/** The file as n8n writes it: no cell of these tests holds a comma. */
function readCsv(text: string): IDataObject[] {
	const [header = '', ...rows] = text.replace('\uFEFF', '').trim().split(/\r?\n/);
	const names = header.split(',');
	return rows.map((row) =>
		Object.fromEntries(row.split(',').map((cell, column) => [names[column], cell])),
	);
}

function links(count: number): string[] {
	return Array.from({ length: count }, () => `https://www.instagram.com/p/${randomUUID()}`);
}

async function runWell(sheet: Sheet): Promise<void> {
	expect((await sheet.run()).error).toBeUndefined();
}

describe.each(Object.entries(sheets))('%s', (_name, openSheet) => {
	it('writes the ID of each order and what became of it', async () => {
		const wanted = links(2);
		const sheet = await openSheet(wanted);
		await runWell(sheet);
		// Several orders are under way at a time.
		expect(orderedLinks(scene.panel).sort()).toEqual([...wanted].sort());
		const orders = [...scene.panel.orders.values()];
		const ids = wanted.map((link) => orders.find((order) => order.link === link)?.order ?? '');
		expect((await sheet.rows()).map(({ order }) => order)).toEqual(ids);

		for (const id of ids) scene.panel.setOrder(id, { status: 'Completed' });
		await runWell(sheet);
		expect((await sheet.rows()).map(({ status }) => status)).toEqual(['Completed', 'Completed']);
		await runWell(sheet);
		expect(orderedLinks(scene.panel)).toHaveLength(2);
	});

	it("notes the panel's refusal beside its row, orders the others, and the row with the next run", async () => {
		const [refused = '', taken = ''] = links(2);
		scene.panel.misbehave(refusing(refused));
		const sheet = await openSheet([refused, taken]);
		await runWell(sheet);
		expect(orderedLinks(scene.panel)).toEqual([taken]);
		expect((await sheet.rows())[0]).toMatchObject({ note: 'Not enough funds on balance' });

		await runWell(sheet);
		expect(orderedLinks(scene.panel)).toEqual([taken, refused]);
		expect((await sheet.rows())[0]).toMatchObject({
			order: [...scene.panel.orders.keys()][1],
			note: expect.not.stringMatching(/./) as string,
		});
	});

	it('notes an unknown outcome, and never orders that row again', async () => {
		const [lost = '', taken = ''] = links(2);
		scene.panel.misbehave(losing(lost));
		const sheet = await openSheet([lost, taken]);
		for (let run = 0; run < 3; run++) await runWell(sheet);
		expect(orderedLinks(scene.panel).sort()).toEqual([lost, taken].sort());
		expect(scene.panel.requestsFor('add')).toHaveLength(2);
		expect((await sheet.rows())[0]).toMatchObject({ note: OUTCOME_UNKNOWN });
	});

	it('orders each row once when two executions start at the same time', async () => {
		const wanted = links(4);
		const sheet = await openSheet(wanted);
		await Promise.all([sheet.run(), sheet.run()]);
		await sheet.run();
		expect(orderedLinks(scene.panel).sort()).toEqual([...wanted].sort());
	});

	it('does nothing with an empty sheet', async () => {
		const sheet = await openSheet([]);
		await runWell(sheet);
		expect(scene.panel.requests).toEqual([]);
		expect(await sheet.rows()).toEqual([]);
	});
});
