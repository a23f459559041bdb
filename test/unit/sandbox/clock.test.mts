import { startSandboxPanel } from '../../sandbox/panel.mts';
import type { SandboxPanel } from '../../sandbox/panel.mts';
import { ask, place } from '../../support/sandboxClient.mts';

const PENDING_MS = 5_000;
const DELIVERY_MS = 20_000;

let panel: SandboxPanel;
let now: number;

beforeAll(async () => {
	panel = await startSandboxPanel({
		orderLife: { pendingMs: PENDING_MS, deliveryMs: DELIVERY_MS },
	});
});
beforeEach(() => {
	panel.reset();
	now = 1_750_000_000_000;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => {
	jest.restoreAllMocks();
});
afterAll(async () => await panel.close());

const stateOf = (order: string) => {
	const { status, remains } = panel.orders.get(order)!;
	return [status, remains];
};

it('an order goes from Pending over In progress to Completed, remains going down', async () => {
	const order = await place(panel);
	expect(stateOf(order)).toStrictEqual(['Pending', 100]);
	expect(panel.orders.get(order)!.startCount).toBe(0);
	now += PENDING_MS - 1;
	expect(stateOf(order)).toStrictEqual(['Pending', 100]);
	now += 1;
	expect(stateOf(order)).toStrictEqual(['In progress', 100]);
	expect(panel.orders.get(order)!.startCount).toBeGreaterThan(0);
	now += DELIVERY_MS / 4;
	const { json } = await ask(panel, { action: 'status', order });
	expect(json).toMatchObject({ status: 'In progress', remains: '75' });
	now += DELIVERY_MS;
	expect(stateOf(order)).toStrictEqual(['Completed', 0]);
	expect(panel.balance).toBe(75);
});

it('some services end Partial and some Cancelled, and what remains is paid back', async () => {
	const partial = await place(panel, { service: '103', quantity: '1000' });
	const cancelled = await place(panel, { service: '104', quantity: '1000' });
	expect(panel.balance).toBe(99.05);
	now += PENDING_MS + DELIVERY_MS / 2;
	expect(stateOf(partial)).toStrictEqual(['In progress', 700]);
	expect(stateOf(cancelled)).toStrictEqual(['In progress', 1000]);
	now += DELIVERY_MS;
	expect(stateOf(partial)).toStrictEqual(['Partial', 400]);
	expect(stateOf(cancelled)).toStrictEqual(['Cancelled', 1000]);
	expect(panel.orders.get(partial)!.charge).toBe(0.03);
	expect(panel.balance).toBe(99.97);
	now += DELIVERY_MS;
	expect(panel.balance).toBe(99.97);
});

it('a cancelled order becomes Cancelled some time after the wish, with what was delivered till then', async () => {
	const order = await place(panel);
	now += PENDING_MS;
	await ask(panel, { action: 'cancel', order });
	now += PENDING_MS - 1;
	expect(stateOf(order)[0]).toBe('In progress');
	now += 1;
	expect(stateOf(order)).toStrictEqual(['Cancelled', 75]);
	expect(panel.balance).toBe(93.75);

	const unseen = await place(panel);
	now += PENDING_MS;
	await ask(panel, { action: 'cancel', order: unseen });
	now += DELIVERY_MS * 2;
	expect(stateOf(unseen)).toStrictEqual(['Cancelled', 75]);
});

it('a cancellation that comes too late changes nothing', async () => {
	const order = await place(panel);
	now += PENDING_MS + DELIVERY_MS - 1;
	await ask(panel, { action: 'cancel', order });
	now += DELIVERY_MS;
	expect(stateOf(order)).toStrictEqual(['Completed', 0]);
});

it('a refill goes its way too', async () => {
	const [order] = panel.seedOrders(1, { status: 'Completed' });
	await ask(panel, { action: 'refill', order: order! });
	const status = () => panel.refills.get('12345')!.status;
	expect(status()).toBe('Pending');
	now += PENDING_MS;
	expect(status()).toBe('In progress');
	now += DELIVERY_MS;
	expect(status()).toBe('Completed');
});

it('a subscription is Active until it is Completed', async () => {
	const order = await place(panel, {
		service: '119',
		username: 'a',
		min: '20',
		max: '20',
		delay: '0',
	});
	now += PENDING_MS + DELIVERY_MS / 2;
	expect(stateOf(order)).toStrictEqual(['Active', 10]);
	now += DELIVERY_MS;
	expect(stateOf(order)).toStrictEqual(['Completed', 0]);
});

it('a status that was set by hand stays', async () => {
	const order = await place(panel);
	panel.setOrder(order, { status: 'Processing' });
	const [seeded] = panel.seedOrders(1, { status: 'Awaiting' });
	now += PENDING_MS + DELIVERY_MS;
	expect(stateOf(order)[0]).toBe('Processing');
	expect(stateOf(seeded!)[0]).toBe('Awaiting');
});

it('a still life moves nothing by itself', async () => {
	const still = await startSandboxPanel();
	const order = await place(still);
	now += 1e9;
	expect(still.orders.get(order)).toMatchObject({ status: 'Pending', remains: 100 });
	await still.close();
});
