import { DrippingPanel } from './triggerDrip.mts';
import {
	type EngineKind,
	engineKinds,
	TriggerEngine,
	type TriggerSetup,
} from './triggerEngines.mts';
import { ListServer } from './triggerListServer.mts';
import { panelForTests } from '../support/panelForTests.mts';

jest.setTimeout(30_000);

const panel = panelForTests();

function engineFor(parameters: TriggerSetup['parameters'], more: Partial<TriggerSetup> = {}) {
	return new TriggerEngine({
		parameters: { event: 'orderStatusChanged', ...parameters },
		credentials: { smmPanelApi: { url: panel.url, apiKey: panel.apiKey } },
		...more,
	});
}

function moves(engine: TriggerEngine): string[] {
	return engine.items.map((item) => `${item.order}: ${item.previousState} > ${item.state}`);
}

/** Lets the clock stand at a time that the test moves. */
async function atOwnTime(run: (pass: (milliseconds: number) => void) => Promise<void>) {
	let now = Date.now();
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
	try {
		await run((milliseconds) => (now += milliseconds));
	} finally {
		clock.mockRestore();
	}
}

describe.each(engineKinds)('polls that come too soon, in the %s engine', (kind) => {
	const prepared = async () => {
		const [order = '', other = ''] = panel.seedOrders(2);
		const engine = engineFor({ orderIds: `${order}\n${other}` }, { kind });
		await engine.activate();
		panel.setOrder(order, { status: 'Completed' });
		panel.forgetRequests();
		return { order, engine };
	};

	it('do nothing while the one before still runs', async () => {
		const { order, engine } = await prepared();
		panel.misbehave({ does: { kind: 'delay', milliseconds: 200 } });
		await Promise.all([engine.tick(), engine.tick(), engine.tick()]);
		expect(panel.requests).toHaveLength(1);
		expect(moves(engine)).toEqual([`${order}: pending > completed`]);
	});

	it('do nothing with a state that was read before the items of the last poll went out', async () => {
		const { order, engine } = await prepared();
		const late = engine.prepareTick();
		await engine.tick();
		await late();
		await engine.tick();
		expect(moves(engine)).toEqual([`${order}: pending > completed`]);
	});

	it('fire what n8n did not take, at the next minute', async () => {
		await atOwnTime(async (pass) => {
			const { order, engine } = await prepared();
			await engine.tickInVain();
			pass(60_000);
			await engine.tick();
			pass(60_000);
			await engine.tick();
			expect(moves(engine)).toEqual([`${order}: pending > completed`]);
		});
	});

	it('are waited for by an activation', async () => {
		const { order, engine } = await prepared();
		panel.misbehave({ does: { kind: 'delay', milliseconds: 200 } });
		const slow = engine.tick();
		await engine.activate();
		await slow;
		expect(moves(engine)).toEqual([`${order}: pending > completed`]);
		engine.credentials.smmPanelApi = { url: panel.url, apiKey: 'not the key' };
		await expect(engine.activate()).rejects.toThrow(/invalid api key/i);
	});
});

describe.each(engineKinds)('what a poll learns without an item, in the %s engine', (kind) => {
	let list: ListServer;
	beforeAll(async () => {
		list = await new ListServer().start();
	});
	afterAll(async () => await list.close());
	const joined = async () => {
		const [first = '', second = '', third = ''] = panel.seedOrders(3);
		list.serve(first);
		const engine = engineFor({ watchFrom: 'url', watchUrl: list.url }, { kind });
		await engine.activate();
		await engine.tick();
		list.serve(`${first}\n${second}`);
		await engine.tick();
		return { first, second, third, engine };
	};

	it('outlives a restart', async () => {
		const { second, engine } = await joined();
		panel.setOrder(second, { status: 'Completed' });
		await engine.restart();
		await engine.tick();
		await engine.tick();
		expect(moves(engine)).toEqual([`${second}: pending > completed`]);
	});

	it('starts at most one execution without items in three minutes', async () => {
		await atOwnTime(async (pass) => {
			const { first, second, third, engine } = await joined();
			const empty = kind === 'durable' ? 0 : 1;
			const emptyOnes = () => engine.executions.filter((items) => items.length === 0).length;
			// Whether n8n has durable cursors shows with the first poll.
			expect(emptyOnes()).toBeLessThanOrEqual(1);
			engine.executions.length = 0;
			list.serve(`${first}\n${second}\n${third}`);
			for (let minute = 1; minute < 3; minute++) {
				pass(60_000);
				await engine.tick();
				expect(emptyOnes()).toBe(0);
			}
			pass(60_000);
			await engine.tick();
			expect(emptyOnes()).toBe(empty);
			for (let minute = 0; minute < 20; minute++) {
				pass(60_000);
				await engine.tick();
			}
			expect(emptyOnes()).toBe(empty);
			panel.setOrder(third, { status: 'Completed' });
			await engine.restart();
			await engine.tick();
			expect(moves(engine)).toEqual([`${third}: pending > completed`]);
		});
	});

	it('starts one execution where a poll reads the state before n8n has saved it', async () => {
		await atOwnTime(async (pass) => {
			const { first, second, third, engine } = await joined();
			pass(10 * 60_000);
			engine.executions.length = 0;
			list.serve(`${first}\n${second}\n${third}`);
			const late = engine.prepareTick();
			await engine.tick();
			await late();
			expect(engine.executions.length).toBe(kind === 'durable' ? 0 : 1);
			pass(60_000);
			await engine.tick();
			expect(engine.executions.length).toBe(kind === 'durable' ? 0 : 1);
		});
	});

	it('starts no execution with durable cursors, also after a restart', async () => {
		await atOwnTime(async (pass) => {
			const { first, second, third, engine } = await joined();
			await engine.restart();
			for (let minute = 0; minute < 5; minute++) {
				pass(60_000);
				await engine.tick();
			}
			engine.executions.length = 0;
			list.serve(`${first}\n${second}\n${third}`);
			pass(60_000);
			await engine.tick();
			expect(engine.executions.length).toBe(kind === 'durable' ? 0 : 1);
		});
	});

	it('starts no execution where every change goes out anyway', async () => {
		const [order = ''] = panel.seedOrders(1);
		const engine = engineFor({ orderIds: order }, { kind });
		await engine.activate();
		for (const status of ['Processing', 'In progress', 'Completed']) {
			panel.setOrder(order, { status });
			await engine.tick();
			await engine.tick();
		}
		expect(engine.executions.map((items) => items.length)).toEqual([1, 1, 1]);
	});

	it('is a move away from a state that the user waits for', async () => {
		const [order = ''] = panel.seedOrders(1, { status: 'Completed' });
		const parameters = { orderIds: order, states: ['completed'], options: { keepFinal: true } };
		const engine = engineFor(parameters, { kind });
		await engine.activate();
		await engine.tick();
		panel.setOrder(order, { status: 'In progress' });
		await engine.tick();
		panel.setOrder(order, { status: 'Completed' });
		await engine.restart();
		await engine.tick();
		await engine.tick();
		expect(moves(engine)).toEqual([`${order}: inProgress > completed`]);
	});

	it('is a balance that has recovered', async () => {
		const engine = engineFor({ event: 'balanceBelow', threshold: 20 }, { kind });
		await engine.activate();
		for (const balance of [5, 50]) {
			panel.balance = balance;
			await engine.tick();
		}
		panel.balance = 4;
		await engine.restart();
		await engine.tick();
		await engine.tick();
		expect(engine.items.map(({ balance }) => balance)).toEqual([5, 4]);
	});
});

it('an execution without items is not started where the node always outputs data', async () => {
	const [first = '', second = ''] = panel.seedOrders(2);
	const engine = engineFor({ orderIds: first }, { kind: 'scheduler' });
	engine.nodeSettings = { alwaysOutputData: true };
	await engine.activate();
	engine.parameters = { ...engine.parameters, orderIds: `${first}\n${second}` };
	await engine.tick();
	expect(engine.executions).toEqual([]);
});

describe('an answer that never ends', () => {
	/** A list or a panel that drips on demand. */
	interface Dripping {
		engine: TriggerEngine;
		order: string;
		drip(drips: boolean): void;
		close(): Promise<void>;
	}
	const inEachEngine = async (follow: (kind: EngineKind) => Promise<void>) =>
		await Promise.all(engineKinds.map(follow));

	const behindDrippingPanel = async (
		kind: EngineKind,
	): Promise<Dripping & { proxy: DrippingPanel }> => {
		const proxy = await new DrippingPanel(panel.url).start();
		const [order = ''] = panel.seedOrders(1);
		const engine = engineFor({ orderIds: order }, { kind });
		engine.credentials.smmPanelApi = { url: proxy.url, apiKey: panel.apiKey };
		return {
			engine,
			order,
			proxy,
			drip: (drips) => (proxy.drips = drips),
			close: () => proxy.close(),
		};
	};
	const withDrippingList = async (kind: EngineKind): Promise<Dripping> => {
		const list = await new ListServer().start();
		const [order = ''] = panel.seedOrders(1);
		const engine = engineFor({ watchFrom: 'url', watchUrl: list.url }, { kind });
		const drip = (drips: boolean) => (drips ? list.drip() : list.serve(order));
		drip(false);
		return { engine, order, drip, close: () => list.close() };
	};

	it.each([
		['panel', behindDrippingPanel],
		['watch list', withDrippingList],
	])('of the %s ends the poll, and the next one works', async (_what, open) => {
		await inEachEngine(async (kind) => {
			const { engine, order, drip, close } = await open(kind);
			await engine.activate();
			engine.budgetMs = 400;
			drip(true);
			panel.setOrder(order, { status: 'Completed' });
			const start = Date.now();
			await engine.tick();
			expect(Date.now() - start).toBeLessThan(4_000);
			expect(engine.errors).toHaveLength(1);
			expect(engine.executions).toEqual([]);
			drip(false);
			await engine.tick();
			await engine.tick();
			expect(moves(engine)).toEqual([`${order}: pending > completed`]);
			await close();
		});
	});

	it('is not used when it comes after the end of its poll', async () => {
		await inEachEngine(async (kind) => {
			const { engine, order, proxy, drip, close } = await behindDrippingPanel(kind);
			await engine.activate();
			panel.setOrder(order, { status: 'Processing' });
			proxy.answersAfter = 2_800;
			drip(true);
			engine.budgetMs = 300;
			await engine.tick();
			expect(engine.errors).toHaveLength(1);
			drip(false);
			engine.budgetMs = undefined;
			panel.setOrder(order, { status: 'Completed' });
			await engine.tick();
			await new Promise((done) => setTimeout(done, 800));
			await engine.tick();
			expect(moves(engine)).toEqual([`${order}: pending > completed`]);
			expect(engine.log).toEqual([]);
			await close();
		});
	});

	it('ends an activation and a test event, too', async () => {
		const { engine, drip, close } = await behindDrippingPanel('default');
		drip(true);
		engine.budgetMs = 300;
		const both = await Promise.allSettled([engine.activate(), engine.fetchTestEvent()]);
		expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		await close();
	});
});

it.each<EngineKind>(['default', 'scheduler', 'durable'])(
	'what the first version of the package stored is read in the %s engine',
	async (kind) => {
		const ids = panel.seedOrders(3);
		const engine = engineFor({ orderIds: ids.join() }, { kind });
		await engine.activate();
		await engine.tick();
		const { subject } = engine.saved.orders as { subject: string };
		const content = { statuses: [['Pending', ids.join()]] };
		engine.saved = { orders: { version: 1, subject, since: 1, seenAt: 2, content } };
		panel.setOrder(ids[1] as string, { status: 'Partial' });
		await engine.restart();
		await engine.tick();
		expect(moves(engine)).toEqual([`${ids[1]}: pending > partial`]);
		expect(engine.saved.orders).toMatchObject({ version: 2 });
	},
);
