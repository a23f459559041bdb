import { events } from '../../nodes/SmmPanelTrigger/events/index.ts';
import { engineKinds, TriggerEngine, type TriggerSetup } from './triggerEngines.mts';
import { panelForTests } from '../support/panelForTests.mts';

jest.setTimeout(60_000);

const hour = 3_600_000;
const panel = panelForTests();
let now: number;
let clock: jest.SpyInstance<number>;
beforeEach(() => {
	now = Date.parse('2026-11-26T10:20:30Z');
	clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => clock.mockRestore());

function engineFor(parameters: TriggerSetup['parameters'], more: Partial<TriggerSetup> = {}) {
	return new TriggerEngine({
		parameters: { event: 'orderStuck', ...parameters },
		credentials: { smmPanelApi: { url: panel.url, apiKey: panel.apiKey } },
		...more,
	});
}

/** Polls each half an hour. */
async function pollFor(engine: TriggerEngine, hours: number): Promise<void> {
	for (let passed = 0; passed < hours; passed += 0.5) {
		now += hour / 2;
		await engine.tick();
	}
}

const stuck = ({ items }: TriggerEngine) => items.map(({ order, hours }) => `${order} ${hours}`);

describe.each(engineKinds)('Order Stuck in the %s engine', (kind) => {
	it('fires once for an order that stood still for so long', async () => {
		const [order = ''] = panel.seedOrders(1, { status: 'In progress' });
		panel.setOrder(order, { remains: 950, startCount: 7 });
		const engine = engineFor({ orderIds: order }, { kind });
		await engine.activate();
		await pollFor(engine, 23.5);
		expect(engine.items).toEqual([]);
		await pollFor(engine, 100);
		expect(engine.items).toEqual([
			{
				event: 'orderStuck',
				order,
				status: 'In progress',
				state: 'inProgress',
				hours: 24,
				since: '2026-11-26T10:20:00.000Z',
				charge: expect.any(Number),
				currency: 'USD',
				startCount: 7,
				remains: 950,
			},
		]);
		expect(events.orderStuck?.output.safeParse(engine.items[0]).error).toBeUndefined();
	});

	it('counts again after each move, be it of what remains', async () => {
		const [order = ''] = panel.seedOrders(1);
		panel.setOrder(order, { remains: 900 });
		const engine = engineFor({ orderIds: order, hours: 3 }, { kind });
		await engine.activate();
		await pollFor(engine, 2);
		panel.setOrder(order, { remains: 800 });
		await pollFor(engine, 3);
		expect(stuck(engine)).toEqual([]);
		await pollFor(engine, 2);
		expect(stuck(engine)).toEqual([`${order} 3`]);
		panel.setOrder(order, { status: 'In progress' });
		await pollFor(engine, 10);
		expect(stuck(engine)).toEqual([`${order} 3`, `${order} 3`]);
	});

	it('leaves finished orders alone', async () => {
		const [order = '', other = ''] = panel.seedOrders(2);
		panel.setOrder(other, { status: 'Completed' });
		const engine = engineFor({ orderIds: `${order}\n${other}`, hours: 2 }, { kind });
		await engine.activate();
		await pollFor(engine, 1);
		panel.setOrder(order, { status: 'Cancelled' });
		await pollFor(engine, 10);
		expect(engine.items).toEqual([]);
		panel.forgetRequests();
		await pollFor(engine, 1);
		expect(panel.requests).toEqual([]);
	});

	it('goes on counting over restarts, and fires for what was stuck meanwhile, once', async () => {
		const [order = ''] = panel.seedOrders(1);
		const engine = engineFor({ orderIds: order, hours: 12 }, { kind });
		await engine.activate();
		await pollFor(engine, 8);
		await engine.restart();
		now += 6 * hour;
		await engine.tick();
		await engine.restart();
		await engine.tick();
		expect(stuck(engine)).toEqual([`${order} 14`]);
	});

	it('is found with a restart each day, although the order moved in between', async () => {
		const [order = ''] = panel.seedOrders(1);
		panel.setOrder(order, { remains: 900 });
		const engine = engineFor({ orderIds: order }, { kind });
		await engine.activate();
		await pollFor(engine, 20);
		panel.setOrder(order, { remains: 800 });
		for (let day = 0; day < 4; day++) {
			await pollFor(engine, 23);
			await engine.restart();
		}
		expect(engine.items).toHaveLength(1);
	});

	it('starts few executions without items for orders that move all the time', async () => {
		const [order = ''] = panel.seedOrders(1);
		const engine = engineFor({ orderIds: order }, { kind });
		await engine.activate();
		for (let remains = 900; remains > 804; remains--) {
			panel.setOrder(order, { remains });
			await pollFor(engine, 0.5);
		}
		expect(engine.items).toEqual([]);
		expect(engine.executions.length).toBeLessThanOrEqual(8);
	});
});

describe('Order Stuck', () => {
	it('shows orders that are under way as a test event', async () => {
		const [order = '', finished = ''] = panel.seedOrders(2);
		panel.setOrder(finished, { status: 'Completed' });
		const engine = engineFor({ orderIds: `${order}\n${finished}`, hours: 6 });
		const items = await engine.fetchTestEvent();
		expect(items).toMatchObject([
			{ order, state: 'pending', hours: 6, since: '2026-11-26T04:20:00.000Z' },
		]);
		expect(events.orderStuck?.output.safeParse(items[0]).error).toBeUndefined();
	});

	it('says so when all are finished', async () => {
		const [order = ''] = panel.seedOrders(1, { status: 'Completed' });
		const engine = engineFor({ orderIds: order });
		await expect(engine.fetchTestEvent()).rejects.toThrow('Every watched order is finished');
	});

	it.each(['0', '-3', '"soon"', '""', 'null'])('does not activate with %s hours', async (hours) => {
		const [order = ''] = panel.seedOrders(1);
		const engine = engineFor({ orderIds: order, hours: `={{ ${hours} }}` });
		await expect(engine.activate()).rejects.toThrow('Hours must be a number above 0');
	});

	it('keeps 10,000 open orders in 24 bytes each', async () => {
		const ids = panel.seedOrders(10_000);
		ids.forEach((id, index) => panel.setOrder(id, { remains: 100_000 + index }));
		const engine = engineFor({ orderIds: ids.join() });
		await engine.activate();
		const bytes = Buffer.byteLength(JSON.stringify(engine.saved));
		expect(bytes / ids.length).toBeLessThanOrEqual(24);
	});
});
