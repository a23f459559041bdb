import type { ServerResponse } from 'node:http';

import { engineKinds, TriggerEngine } from './triggerEngines.mts';
import { ListServer } from './triggerListServer.mts';
import { panelForTests } from '../support/panelForTests.mts';

jest.setTimeout(30_000);

const panel = panelForTests();
let list: ListServer;
beforeAll(async () => {
	list = await new ListServer().start();
});
afterAll(async () => {
	await list.close();
});

function engineFor(kind: (typeof engineKinds)[number], options: object = {}): TriggerEngine {
	return new TriggerEngine({
		kind,
		parameters: {
			event: 'orderStatusChanged',
			watchFrom: 'url',
			watchUrl: list.url,
			options: options as never,
		},
		credentials: { smmPanelApi: { url: panel.url, apiKey: panel.apiKey } },
	});
}

const csv = (cells: readonly string[]) =>
	`order,customer\n${cells.map((cell) => `${cell},Ann`).join('\n')}`;
const json = (cells: readonly unknown[]) => JSON.stringify(cells.map((order) => ({ order })));
type Ids = readonly [string, string];

/** What a list is for one poll: a text, or a way to answer. */
const doubts: Array<[string, (ids: Ids) => string | ((response: ServerResponse) => void)]> = [
	['half of the rows', ([, second]) => csv([second])],
	['only another row', () => csv(['77777'])],
	['#REF! in all cells', () => csv(['#REF!', '#REF!'])],
	['#REF! in one cell', ([, second]) => csv(['#REF!', second])],
	['#REF! in the first cell and nothing else', () => '#REF!'],
	['Loading... in all cells', () => csv(['Loading...', 'Loading...'])],
	['an empty cell', ([, second]) => csv(['', second])],
	['empty cells alone', () => csv(['', ''])],
	['an error object in a cell', ([, second]) => json([{ error: '#ERROR!' }, second])],
	['error objects in all cells', () => json([{ error: '#ERROR!' }, { error: '#ERROR!' }])],
	['null in a cell', ([, second]) => json([null, second])],
	['numbers in groups', (ids) => csv(ids.map((id) => `"${id.replace(/(\d{3})$/, ',$1')}"`))],
	['shortened numbers', () => csv(['2.35E+04', '2.35E+04'])],
	['the header alone', () => 'order,customer\n'],
	['nothing', () => ''],
	['an empty JSON list', () => '[]'],
	['a number that is a status', () => '503'],
	['words with status 200', () => 'Service Unavailable'],
	['an error page with status 200', () => '<!doctype html><title>Sorry</title>'],
	['an error in JSON', () => '{"error":{"code":429,"message":"Quota exceeded"}}'],
	['other columns', () => 'id,customer\n1,Ann'],
	['a text that is cut off', (ids) => json(ids).slice(0, -9)],
	['status 500', () => (response) => response.writeHead(500).end('no')],
	['a lost connection', () => (response) => response.destroy()],
];

describe.each(engineKinds)('a watch list that is in doubt for a poll, in the %s engine', (kind) => {
	it.each(doubts)('loses no change and repeats none: %s', async (_what, doubtOf) => {
		for (const options of [{}, { emitFirst: true }, { keepFinal: true }]) {
			panel.reset();
			const ids = panel.seedOrders(2) as unknown as Ids;
			const engine = engineFor(kind, options);
			list.serve(csv(ids));
			await engine.activate();
			await engine.tick();
			engine.executions.length = 0;

			const doubt = doubtOf(ids);
			if (typeof doubt === 'string') list.serve(doubt);
			else list.answer = (_request, response) => doubt(response);
			panel.setOrder(ids[0], { status: 'Completed' });
			await engine.tick();
			await engine.tick();
			list.serve(csv(ids));
			await engine.tick();
			await engine.tick();
			const moves = engine.items.map(
				(item) => `${item.order}: ${item.previousState} > ${item.state}`,
			);
			expect({ options, moves }).toEqual({ options, moves: [`${ids[0]}: pending > completed`] });
		}
	});

	it('survives a restart in the middle of the doubt', async () => {
		const ids = panel.seedOrders(2) as unknown as Ids;
		const engine = engineFor(kind);
		list.serve(csv(ids));
		await engine.activate();
		list.serve(csv([ids[1]]));
		await engine.tick();
		panel.setOrder(ids[0], { status: 'Completed' });
		await engine.restart();
		await engine.tick();
		list.serve(csv(ids));
		await engine.tick();
		await engine.tick();
		expect(engine.items).toMatchObject([{ order: ids[0], previousState: 'pending' }]);
		expect(engine.items).toHaveLength(1);
	});
});

describe('what is known of an order that left the list', () => {
	const start = Date.now();
	let clock: jest.SpyInstance<number>;
	let now: number;
	beforeEach(() => {
		now = start;
		clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
	});
	afterEach(() => clock.mockRestore());
	const hours = 3_600_000;

	const follow = async (kind: (typeof engineKinds)[number], missingFor: number) => {
		const ids = panel.seedOrders(3);
		const engine = engineFor(kind);
		list.serve(csv(ids));
		await engine.activate();
		list.serve(csv(ids.slice(1)));
		for (let waited = 0; waited < missingFor; waited += 12) {
			now += 12 * hours;
			await engine.tick();
		}
		panel.setOrder(ids[0] as string, { status: 'Completed' });
		list.serve(csv(ids));
		await engine.tick();
		await engine.tick();
		return engine;
	};

	it.each(engineKinds)('is kept for a week in the %s engine', async (kind) => {
		expect((await follow(kind, 6 * 24)).items).toMatchObject([{ previousState: 'pending' }]);
		panel.reset();
		expect((await follow(kind, 8.5 * 24)).items).toEqual([]);
	});

	it('is kept as long as the list is empty', async () => {
		const ids = panel.seedOrders(2);
		const engine = engineFor('default');
		list.serve(csv(ids));
		await engine.activate();
		list.serve('');
		for (let day = 0; day < 20; day++) {
			now += 24 * hours;
			await engine.tick();
		}
		panel.setOrder(ids[0] as string, { status: 'Completed' });
		list.serve(csv(ids));
		await engine.tick();
		expect(engine.items).toMatchObject([{ order: ids[0], previousState: 'pending' }]);
	});

	it('never takes more room than twice the longest list, and goes in the order in which it left', async () => {
		const all = panel.seedOrders(600);
		const engine = engineFor('durable');
		list.serve(csv(all.slice(0, 100)));
		await engine.activate();
		for (let shown = 1; shown < 6; shown++) {
			now += hours;
			list.serve(csv(all.slice(shown * 100, shown * 100 + 100)));
			await engine.tick();
		}
		const { statuses } = (engine.saved.orders as { content: { statuses: string[][] } }).content;
		const known = statuses.flatMap(([, entries = '']) => entries.split(','));
		expect(known.sort()).toEqual(all.slice(400).sort());
	});

	it('takes no more room where a cell of the list is broken for good', async () => {
		const all = panel.seedOrders(600);
		const engine = engineFor('durable');
		for (let shown = 0; shown < 6; shown++) {
			now += hours;
			list.serve(csv(['N/A', ...all.slice(shown * 100, shown * 100 + 100)]));
			await (shown === 0 ? engine.activate() : engine.tick());
		}
		const { statuses } = (engine.saved.orders as { content: { statuses: string[][] } }).content;
		expect(statuses.flatMap(([, entries = '']) => entries.split(','))).toHaveLength(200);
	});

	it('is kept although one poll saw a list that was far shorter', async () => {
		const all = panel.seedOrders(100);
		const engine = engineFor('default');
		list.serve(csv(all));
		await engine.activate();
		list.serve(csv(['77777']));
		await engine.tick();
		for (const id of all) panel.setOrder(id, { status: 'Completed' });
		list.serve(csv(all));
		await engine.tick();
		expect(engine.items).toHaveLength(100);
	});
});
