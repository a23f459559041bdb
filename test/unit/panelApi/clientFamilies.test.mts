import type { PanelClient } from '../../../nodes/panelApi/client.ts';
import { orderFailed } from '../../sandbox/dialects/perfectPanelClone.mts';
import { startSandboxPanel } from '../../sandbox/panel.mts';
import type { Dialect, SandboxPanel } from '../../sandbox/panel.mts';
import { clientOf, failureOf, inShort, sentForms, willAnswer } from '../../support/client.mts';

let panel: SandboxPanel;
let client: PanelClient;

const speaking = (dialect: Dialect, tests: () => void) =>
	describe(`a panel of the family ${dialect}`, () => {
		beforeAll(async () => {
			panel = await startSandboxPanel({ dialect });
		});
		beforeEach(() => {
			panel.reset();
			client = clientOf(panel);
			panel.seedOrders(1, { order: '1', status: 'Completed', charge: 0.5, remains: 0 });
			panel.seedOrders(1, { order: '2', status: 'Pending', charge: 2, remains: 40 });
		});
		afterAll(async () => await panel.close());
		tests();
	});

/** What was asked, without the action. */
const asked = () => sentForms(panel).map(({ action: _action, ...fields }) => fields);
const order = { service: '101', link: 'https://x.example', quantity: '100' };

speaking('cmsnt', () => {
	it('places an order', async () => {
		expect((await client.add(order)).value).toEqual({ order: '23501' });
	});

	it('is asked once more, as a list, for the cancellation of one order, and from then on as a list', async () => {
		const ids = ['2', '1', '999'];
		expect(inShort(await client.cancel(ids, { batchSize: 1 }))).toEqual({
			2: { cancelRequested: true, message: '' },
			1: expect.stringContaining('Đơn hàng này đã hoàn thành hoặc đã bị hủy'),
			999: 'orderId: Incorrect order ID',
		});
		expect(asked()).toEqual([{ order: '2' }, { orders: '2' }, { orders: '1' }, { orders: '999' }]);
		expect(panel.orders.get('2')?.cancelRequestedAt).toEqual(expect.any(Number));
	});

	it('is remembered by its client in the next call too', async () => {
		await client.cancel(['2']);
		await client.cancel(['1']);
		expect(asked()).toEqual([{ order: '2' }, { orders: '2' }, { orders: '1' }]);
	});

	it('cancels a list in one call', async () => {
		expect(inShort(await client.cancel(['2', '999']))).toEqual({
			2: { cancelRequested: true, message: '' },
			999: 'orderId: Incorrect order ID',
		});
		expect(asked()).toEqual([{ orders: '2,999' }]);
	});

	it('gives refills the IDs of their orders', async () => {
		expect(inShort(await client.refill(['1', '2']))).toEqual({
			1: { refill: '1', message: '' },
			2: expect.stringContaining('Đơn hàng phải ở trạng thái hoàn thành'),
		});
		expect(inShort(await client.refillStatus(['1']))).toMatchObject({ 1: { state: 'pending' } });
		expect(inShort(await client.refillStatus(['1', '2']))).toMatchObject({
			1: { state: 'pending' },
			2: 'refillId: Incorrect refill ID',
		});
	});

	it('reports states of one and of several', async () => {
		expect(inShort(await client.orderStatus(['1']))).toMatchObject({ 1: { state: 'completed' } });
		expect(inShort(await client.orderStatus(['1', '999']))).toMatchObject({
			1: { state: 'completed' },
			999: 'orderId: Incorrect order ID',
		});
	});
});

speaking('perfectPanelClone', () => {
	it('places an order', async () => {
		expect((await client.add(order)).value).toEqual({ order: '23501' });
	});

	it('says the same of an order that it never wrote and of one that was placed and paid', async () => {
		const before = panel.balance;
		const { certainty, message } = await failureOf(client.add({ service: '108', link: 'x' }));
		expect(certainty).toBe('unknown');
		expect(panel.balance).toBe(before);

		willAnswer(panel, orderFailed, { on: 'add' });
		panel.misbehave({
			on: 'add',
			does: { kind: 'answer', body: JSON.stringify(orderFailed), acts: true },
		});
		await failureOf(client.add(order));
		const paid = await failureOf(client.add(order));
		expect(paid).toMatchObject({ certainty: 'unknown', message });
		expect(panel.balance).toBeLessThan(before);
	});

	it('knows no lists of statuses: after the list each order is asked about alone', async () => {
		expect(inShort(await client.orderStatus(['1', '2', '999']))).toMatchObject({
			1: { state: 'completed' },
			2: { state: 'pending' },
			999: 'orderId: Order not found.',
		});
		expect(asked()).toEqual([
			{ orders: '1,2,999' },
			{ order: '1' },
			{ order: '2' },
			{ order: '999' },
		]);
	});

	it('grants no list of refills: each is asked for alone, once', async () => {
		panel.seedOrders(1, { order: '3', status: 'Completed' });
		expect(inShort(await client.refill(['1', '2', '3']))).toMatchObject({
			1: { refill: '12345' },
			2: 'refillRefused: Refill not allowed',
			3: { refill: '12346' },
		});
		expect(asked()).toEqual([{ orders: '1,2,3' }, { order: '1' }, { order: '2' }, { order: '3' }]);
		expect([...panel.refills.keys()]).toEqual(['12345', '12346']);
	});

	it('grants no list of refills, and the next list is not even sent', async () => {
		const ids = ['1', '2', '3', '4'];
		await client.refill(ids, { batchSize: 2 });
		expect(asked()).toEqual([{ orders: '1,2' }, ...ids.map((id) => ({ order: id }))]);
	});

	it('prints null for cancellations: nobody knows', async () => {
		expect(inShort(await client.cancel(['1']))).toEqual({
			1: 'outcomeUnknown: Outcome unknown: no answer for order 1',
		});
		const outcome = (await client.cancel(['1', '2'])).get('2');
		expect(outcome).toMatchObject({
			error: { kind: 'outcomeUnknown', detail: expect.stringContaining('Batch Size 1') },
		});
		expect(panel.requests).toHaveLength(2);
	});

	it('reports a drip-feed without charge and currency, and says how many runs', async () => {
		const { value } = await client.add({ ...order, runs: '3', interval: '30' });
		expect(inShort(await client.orderStatus([value.order]))).toEqual({
			[value.order]: {
				status: 'Pending',
				state: 'pending',
				isFinal: false,
				charge: null,
				currency: null,
				startCount: null,
				remains: null,
				runs: 3,
			},
		});
	});
});

speaking('laravel', () => {
	it('places an order', async () => {
		expect((await client.add(order)).value).toEqual({ order: '23501' });
	});

	it('answers lists without IDs, in an order of its own: each order is asked about alone', async () => {
		expect(inShort(await client.orderStatus(['2', '1']))).toMatchObject({
			1: { state: 'completed', charge: 0.5 },
			2: { state: 'pending', charge: 2 },
		});
		expect(asked()).toEqual([{ orders: '2,1' }, { order: '2' }, { order: '1' }]);
	});

	it('answers lists without IDs: after a few of them no more are sent', async () => {
		const ids = panel.seedOrders(40, { status: 'Completed' });
		expect([...(await client.orderStatus(ids, { batchSize: 2 }))]).toHaveLength(40);
		const lists = asked().filter(({ orders }) => orders !== undefined);
		// Five calls are under way at a time at first, and ten after the first round.
		expect(lists.length).toBeLessThanOrEqual(12);
	});

	it('says in a list of one that it does not know the order', async () => {
		expect(inShort(await client.orderStatus(['999']))).toEqual({
			999: 'orderId: Incorrect order ID',
		});
	});

	it('takes a list of refills for a wrong order: each is asked for alone, once', async () => {
		expect(inShort(await client.refill(['1', '2']))).toMatchObject({
			1: { refill: '12345' },
			2: 'refillRefused: The order is not completed',
		});
		expect([...panel.refills.keys()]).toEqual(['12345']);
	});

	it('answers nothing to a cancellation: nobody knows, and nothing is sent twice', async () => {
		expect(inShort(await client.cancel(['1']))).toEqual({
			1: expect.stringContaining('outcomeUnknown'),
		});
		expect(panel.requests).toHaveLength(1);
	});
});
