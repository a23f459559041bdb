import { startSandboxPanel } from '../../sandbox/panel.mts';
import type { Dialect, SandboxPanel } from '../../sandbox/panel.mts';
import { ask, place } from '../../support/sandboxClient.mts';

let panel: SandboxPanel;

const speaking = (dialect: Dialect, tests: () => void) =>
	describe(`the dialect ${dialect}`, () => {
		beforeAll(async () => {
			panel = await startSandboxPanel({ dialect });
		});
		beforeEach(() => panel.reset());
		afterAll(async () => await panel.close());
		tests();
	});

const answer = async (form: Record<string, string>) => (await ask(panel, form)).json;
const service = async (id: string) =>
	(await answer({ action: 'services' })).find((row: any) => String(row.service) === id);

const DRIP = { action: 'add', service: '101', link: 'https://x.example', quantity: '100' };

speaking('perfectPanel', () => {
	it('answers numbers for ids', async () => {
		expect(await answer({ ...DRIP })).toStrictEqual({ order: 23501 });
	});

	it('lists services in Title Case types, without description and dripfeed', async () => {
		expect(await service('107')).toStrictEqual({
			service: 107,
			name: 'YouTube Custom Comments',
			type: 'Custom Comments',
			category: 'YouTube Comments',
			rate: '18.00',
			min: '2',
			max: '500',
			refill: true,
			cancel: true,
		});
	});

	it('cancels by list only, per order 1 or an error, and spells Canceled with one l', async () => {
		const order = await place(panel);
		panel.seedOrders(1, { order: '9', status: 'Canceled' });
		expect(await answer({ action: 'cancel', orders: `9,${order},8` })).toStrictEqual([
			{ order: 9, cancel: { error: 'Order cannot be cancelled' } },
			{ order: 23501, cancel: 1 },
			{ order: 8, cancel: { error: 'Incorrect order ID' } },
		]);
		expect(await answer({ action: 'cancel', order })).toStrictEqual({ error: 'Incorrect request' });
		expect(panel.orders.get(order)!.cancelRequestedAt).toEqual(expect.any(Number));
	});

	it('gives the charge as text in a list too', async () => {
		panel.seedOrders(1, {
			order: '1',
			charge: 0.27819,
			startCount: 3572,
			status: 'Partial',
			remains: 157,
		});
		expect(await answer({ action: 'status', orders: '1,10' })).toStrictEqual({
			1: {
				charge: '0.27819',
				start_count: '3572',
				status: 'Partial',
				remains: '157',
				currency: 'USD',
			},
			10: { error: 'Incorrect order ID' },
		});
	});

	it('gives a single refill as text and the refills of a list as numbers', async () => {
		const [first, second] = panel.seedOrders(2, { status: 'Completed' });
		expect(await answer({ action: 'refill', order: first! })).toStrictEqual({ refill: '12345' });
		expect(await answer({ action: 'refill', orders: `${second},3` })).toStrictEqual([
			{ order: Number(second), refill: 12346 },
			{ order: 3, refill: { error: 'Incorrect order ID' } },
		]);
		panel.setRefill('12345', { status: 'Rejected' });
		expect(await answer({ action: 'refill_status', refills: '12345,3' })).toStrictEqual([
			{ refill: 12345, status: 'Rejected' },
			{ refill: 3, status: { error: 'Refill not found' } },
		]);
		expect(await answer({ action: 'refill_status', refill: '12345' })).toStrictEqual({
			status: 'Rejected',
		});
	});
});

speaking('smartPanel', () => {
	it('says success beside the order and the balance', async () => {
		expect(await answer({ ...DRIP })).toStrictEqual({ status: 'success', order: 23501 });
		expect(await answer({ action: 'balance' })).toStrictEqual({
			status: 'success',
			balance: '75.00000',
			currency: 'USD',
		});
	});

	it('lists services with text ids, snake_case types, desc and dripfeed 0 or 1', async () => {
		expect(await service('107')).toStrictEqual({
			service: '107',
			name: 'YouTube Custom Comments',
			category: 'YouTube Comments',
			type: 'custom_comments',
			rate: '18.00',
			min: '2',
			max: '500',
			dripfeed: 0,
			desc: 'YouTube Custom Comments with a start within an hour',
		});
		expect(await service('101')).toMatchObject({ dripfeed: 1 });
		panel.services.length = 0;
		expect(await answer({ action: 'services' })).toStrictEqual({
			status: 'success',
			data: 'Empty Data',
		});
	});

	it('answers a wrong id in a list with a bare sentence, and orders with their id', async () => {
		const order = await place(panel);
		panel.setOrder(order, { status: 'Inprogress', startCount: 7, remains: 50 });
		expect(await answer({ action: 'status', orders: `${order},10002` })).toStrictEqual({
			[order]: {
				order: 23501,
				status: 'Inprogress',
				charge: '25.00000',
				start_count: '7',
				remains: '50',
				currency: 'USD',
			},
			10002: 'Incorrect order ID',
		});
	});

	it('shows drip-feeds and subscriptions as parents', async () => {
		const drip = await place(panel, { runs: '2', interval: '30' });
		expect(await answer({ action: 'status', order: drip })).toStrictEqual({
			status: 'Pending',
			runs: 2,
			orders: [],
		});
		const { order } = await answer({
			action: 'add',
			service: '119',
			username: 'maker',
			min: '20',
			max: '20',
			delay: '0',
		});
		expect(await answer({ action: 'status', order: String(order) })).toStrictEqual({
			status: 'Active',
			expiry: false,
			posts: 0,
			orders: [],
		});
	});

	it('knows refills one by one, and tells their refusals as a message', async () => {
		const [order] = panel.seedOrders(1, { status: 'Completed' });
		expect(await answer({ action: 'refill', orders: order! })).toStrictEqual({
			error: 'There are missing required parameters. Please check your API Manual',
		});
		expect(await answer({ action: 'refill', order: order! })).toStrictEqual({
			status: 'success',
			refill: 12345,
		});
		expect(await answer({ action: 'refill', order: order! })).toStrictEqual({
			status: 'error',
			message: 'Refill already requested',
		});
		expect(await answer({ action: 'refill_status', refill: '12345' })).toStrictEqual({
			status: 'Pending',
		});
		expect(await answer({ action: 'refill_status', refill: '1' })).toStrictEqual({
			status: 'error',
			message: 'Refill not found',
		});
		expect(await answer({ action: 'refill_status', refills: '12345' })).toHaveProperty('error');
	});

	it('has no cancel', async () => {
		const order = await place(panel);
		expect(await answer({ action: 'cancel', order })).toStrictEqual({
			error: 'This action is invalid',
		});
	});

	it('refuses runs or interval alone and holds the total to the limits', async () => {
		expect(await answer({ ...DRIP, runs: '2' })).toStrictEqual({
			error: 'Interval time is required',
		});
		expect(await answer({ ...DRIP, interval: '30' })).toStrictEqual({ error: 'Runs is required' });
		expect(await answer({ ...DRIP, quantity: '50', runs: '2', interval: '30' })).toHaveProperty(
			'order',
		);
		expect(await answer({ ...DRIP, runs: '1001', interval: '30' })).toStrictEqual({
			error: 'Quantity must to be less than or equal to maximum amount 100000',
		});
	});

	it('has its own words for a wrong key', async () => {
		expect(await answer({ action: 'balance', key: 'x' })).toStrictEqual({
			error: 'API is Disable for this user or User Not Found! Contact the Support',
		});
	});
});

speaking('httpStatus', () => {
	it('answers each kind of refusal with its HTTP code, and a new order with 201', async () => {
		const answers = await Promise.all([
			ask(panel, DRIP),
			ask(panel, { action: 'balance', key: 'x' }),
			ask(panel, { ...DRIP, quantity: '50000' }),
			ask(panel, { ...DRIP, service: '9' }),
			ask(panel, { action: 'status', order: '9' }),
			ask(panel, { action: 'refill_status', refill: '9' }),
			ask(panel, { ...DRIP, quantity: '1' }),
			ask(panel, { action: 'nothing' }),
		]);
		expect(answers.map(({ status, json }) => [status, json.error ?? json.order])).toStrictEqual([
			[201, 23501],
			[401, 'Invalid API key'],
			[402, 'Insufficient balance'],
			[404, 'Service not found'],
			[404, 'Order not found'],
			[404, 'Refill not found'],
			[422, 'Quantity less than minimal 100'],
			[400, 'Unknown action'],
		]);
	});

	it('lists services without a type, with numbers for limits and text for flags', async () => {
		expect(await service('101')).toStrictEqual({
			service: 101,
			name: 'Real & Active Followers',
			category: 'Instagram Followers',
			rate: '250.00',
			min: 100,
			max: 100000,
			refill: '1',
			cancel: '1',
		});
		expect(await service('103')).toMatchObject({ refill: '1', cancel: '0' });
	});

	it('answers a list of one id like a single id, and uses lower snake case', async () => {
		const [first, second] = panel.seedOrders(2, { status: 'in_progress' });
		const one = {
			charge: '250.00000',
			start_count: 0,
			status: 'in_progress',
			remains: 1000,
			currency: 'USD',
		};
		expect(await answer({ action: 'status', orders: first! })).toStrictEqual(one);
		expect(await answer({ action: 'status', orders: `${first},${second},9` })).toStrictEqual({
			[first!]: one,
			[second!]: one,
			9: { error: 'Order not found' },
		});
	});

	it('cancels with an object by id', async () => {
		panel.seedOrders(1, { order: '4218', status: 'pending' });
		panel.seedOrders(1, { order: '4219', status: 'completed' });
		expect(await answer({ action: 'cancel', orders: '4218,4219' })).toStrictEqual({
			4218: { cancel: 'requested' },
			4219: { error: 'Cannot cancel' },
		});
		panel.seedOrders(1, { order: '4220', status: 'pending' });
		expect(await answer({ action: 'cancel', orders: '4220' })).toStrictEqual({
			cancel: 'requested',
		});
	});

	it('has flat errors for refused refills and leaves out refills that it does not know', async () => {
		const [first, second] = panel.seedOrders(2, { status: 'completed' });
		expect(await answer({ action: 'refill', orders: `${first},9` })).toStrictEqual([
			{ order: Number(first), refill: 12345 },
			{ order: 9, error: 'Order not found' },
		]);
		expect(await answer({ action: 'refill', orders: second! })).toStrictEqual({
			order: Number(second),
			refill: 12346,
		});
		expect(await answer({ action: 'refill_status', refills: '12345,9' })).toStrictEqual([
			{ refill: 12345, status: 'pending' },
		]);
		expect(await answer({ action: 'refill_status', refills: '12345' })).toStrictEqual({
			status: 'pending',
		});
	});
});
