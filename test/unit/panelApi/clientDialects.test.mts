import type { PanelClient } from '../../../nodes/panelApi/client.ts';
import type { Dialect } from '../../sandbox/panel.mts';
import { clientOf, failureOf, inShort, sentForms } from '../../support/client.mts';
import { panelForTests } from '../../support/panelForTests.mts';

interface Expected {
	/** The words for a running and for a cancelled order, as the panel writes them. */
	running: string;
	cancelled: string;
	/** What a wrong order ID and a wrong refill ID come to. */
	noOrder: string;
	noRefill: string;
	/** The same in a list of refills. */
	noRefillInList: string;
	refillMessage: string;
	/** What an order that is not completed comes to, asked for a refill alone and in a list. */
	notRefilled: string;
	notRefilledInList: string;
	cancelMessage: string;
	notCancelled: string;
	/** How often the wire is used for these lists of ids. */
	requestsFor: { refills: number; refillStatuses: number; oneCancel: number; cancels: number };
	service: object;
	wrongService: string;
	tooFew: string;
	noFunds: string;
	wrongKey: string;
}

const base: Expected = {
	running: 'In progress',
	cancelled: 'Canceled',
	noOrder: 'orderId: Incorrect order ID',
	noRefill: 'refillId: Refill not found',
	noRefillInList: 'refillId: Refill not found',
	refillMessage: '',
	notRefilled: 'refillRefused: The order is not completed',
	notRefilledInList: 'refillRefused: The order is not completed',
	cancelMessage: '',
	notCancelled: 'cancelRefused: Order cannot be cancelled',
	requestsFor: { refills: 1, refillStatuses: 1, oneCancel: 1, cancels: 1 },
	service: {
		type: 'Custom Comments',
		orderType: 'customComments',
		dripfeed: null,
		description: '',
	},
	wrongService: 'service: Incorrect service ID',
	tooFew: 'quantity: Quantity less than minimal 100',
	noFunds: 'funds: Not enough funds on balance',
	wrongKey: 'key: Invalid API key',
};
const description = 'YouTube Custom Comments with a start within an hour';

/** Those that answer the same questions in other words; the others have a test of their own (`clientFamilies`). */
type CommonDialect = Extract<Dialect, 'seed' | 'perfectPanel' | 'smartPanel' | 'httpStatus'>;

const dialects: Record<CommonDialect, Expected> = {
	seed: {
		...base,
		cancelled: 'Cancelled',
		noRefill: 'refillId: Refill Request Not found',
		noRefillInList: 'refillId: Refill Request Not found',
		refillMessage: 'Your order will be refill asap. Thank you for patience',
		notRefilled: 'refillRefused: Order not eligible for refill.',
		notRefilledInList: 'refillRefused: Invalid Request',
		cancelMessage:
			'We will attempt to cancel this order. Cancellation is not guaranteed. Please check again in 5 minutes.',
		notCancelled: 'cancelRefused: Order not eligible for cancellation.',
		// The list is refused, then each of the three is asked alone.
		requestsFor: { ...base.requestsFor, cancels: 4 },
		service: { type: 'custom comments', orderType: 'customComments', dripfeed: false, description },
	},
	perfectPanel: {
		...base,
		// The single form is refused, then the list form is used for it.
		requestsFor: { ...base.requestsFor, oneCancel: 2 },
	},
	smartPanel: {
		...base,
		running: 'Inprogress',
		requestsFor: { refills: 4, refillStatuses: 3, oneCancel: 2, cancels: 3 },
		service: {
			type: 'custom_comments',
			orderType: 'customComments',
			dripfeed: false,
			refill: null,
			cancel: null,
			description,
		},
		wrongService: 'service: Service ID does not exists',
		tooFew: 'quantity: Quantity must to be greater than or equal to minimum amount 100',
		wrongKey: 'key: API is Disable for this user or User Not Found! Contact the Support',
	},
	httpStatus: {
		...base,
		running: 'in_progress',
		cancelled: 'canceled',
		noOrder: 'orderId: Order not found',
		noRefillInList: 'noAnswer: no answer for refill 999',
		notCancelled: 'cancelRefused: Cannot cancel',
		service: { type: '', orderType: null, dripfeed: null, description: '' },
		wrongService: 'service: Service not found',
		noFunds: 'funds: Insufficient balance',
	},
};

describe.each(Object.entries(dialects) as Array<[CommonDialect, Expected]>)(
	'the dialect %s',
	(dialect, expected) => {
		const panel = panelForTests({ dialect });
		let client: PanelClient;
		beforeEach(() => {
			// A client remembers which forms its panel knows.
			client = clientOf(panel);
			panel.seedOrders(1, {
				order: '1',
				status: 'Completed',
				charge: 0.5,
				startCount: 7,
				remains: 0,
			});
			panel.seedOrders(1, {
				order: '2',
				status: expected.running,
				charge: 2,
				startCount: 9,
				remains: 4,
			});
			panel.seedOrders(1, {
				order: '3',
				status: expected.cancelled,
				charge: 0,
				startCount: 0,
				remains: 10,
			});
		});

		const inProgress = {
			status: expected.running,
			state: 'inProgress',
			isFinal: false,
			charge: 2,
			currency: 'USD',
			startCount: 9,
			remains: 4,
		};
		const statuses: Record<string, unknown> = {
			1: {
				status: 'Completed',
				state: 'completed',
				isFinal: true,
				charge: 0.5,
				currency: 'USD',
				startCount: 7,
				remains: 0,
			},
			2: inProgress,
			3: {
				status: expected.cancelled,
				state: 'canceled',
				isFinal: true,
				charge: 0,
				currency: 'USD',
				startCount: 0,
				remains: 10,
			},
			999: expected.noOrder,
		};

		it.each(Object.keys(statuses))('status of order %s alone', async (id) => {
			expect(inShort(await client.orderStatus([id]))).toStrictEqual({ [id]: statuses[id] });
			expect(sentForms(panel)).toStrictEqual([{ action: 'status', order: id }]);
		});

		it('status of several orders', async () => {
			const ids = ['999', '3', '1', '2'];
			expect(inShort(await client.orderStatus(ids))).toStrictEqual(statuses);
			expect(sentForms(panel)).toStrictEqual([{ action: 'status', orders: '999,3,1,2' }]);
		});

		it('refill of one order', async () => {
			expect(inShort(await client.refill(['1']))).toStrictEqual({
				1: { refill: '12345', message: expected.refillMessage },
			});
			expect(inShort(await client.refill(['2']))).toStrictEqual({ 2: expected.notRefilled });
			expect(inShort(await client.refill(['999']))).toStrictEqual({ 999: expected.noOrder });
			expect(sentForms(panel)).toStrictEqual([
				{ action: 'refill', order: '1' },
				{ action: 'refill', order: '2' },
				{ action: 'refill', order: '999' },
			]);
		});

		it('refill of several orders: each is asked for once', async () => {
			expect(inShort(await client.refill(['1', '2', '999']))).toStrictEqual({
				1: { refill: '12345', message: '' },
				2: expected.notRefilledInList,
				999: expected.noOrder,
			});
			expect(panel.requests).toHaveLength(expected.requestsFor.refills);
			expect([...panel.refills.keys()]).toStrictEqual(['12345']);
		});

		it('status of one refill', async () => {
			await client.refill(['1']);
			expect(inShort(await client.refillStatus(['12345']))).toStrictEqual({
				12345: { status: expect.stringMatching(/^pending$/i), state: 'pending', isFinal: false },
			});
			expect(inShort(await client.refillStatus(['999']))).toStrictEqual({ 999: expected.noRefill });
		});

		it('status of several refills', async () => {
			await client.refill(['1']);
			panel.forgetRequests();
			expect(inShort(await client.refillStatus(['999', '12345']))).toMatchObject({
				12345: { state: 'pending', isFinal: false },
				999: expected.noRefillInList,
			});
			expect(panel.requests).toHaveLength(expected.requestsFor.refillStatuses);
			expect(sentForms(panel)[0]).toStrictEqual({ action: 'refill_status', refills: '999,12345' });
		});

		const hasCancel = dialect !== 'smartPanel';
		const cancelled = hasCancel
			? { cancelRequested: true, message: expected.cancelMessage }
			: 'unsupportedAction: This action is invalid';

		it('cancel of one order', async () => {
			expect(inShort(await client.cancel(['2']))).toStrictEqual({ 2: cancelled });
			expect(panel.requests).toHaveLength(expected.requestsFor.oneCancel);
			expect(panel.orders.get('2')?.cancelRequestedAt !== undefined).toBe(hasCancel);
		});

		it('cancel of several orders: each is asked for once', async () => {
			expect(inShort(await client.cancel(['2', '1', '999']))).toStrictEqual({
				2: cancelled,
				1: hasCancel ? expected.notCancelled : cancelled,
				999: hasCancel ? expected.noOrder : cancelled,
			});
			expect(panel.requests).toHaveLength(expected.requestsFor.cancels);
			expect(panel.orders.get('2')?.cancelRequestedAt !== undefined).toBe(hasCancel);
		});

		it('cancel of several orders, one in each call', async () => {
			expect(inShort(await client.cancel(['2', '1', '999'], { batchSize: 1 }))).toStrictEqual({
				2: cancelled,
				1: hasCancel ? expected.notCancelled : cancelled,
				999: hasCancel ? expected.noOrder : cancelled,
			});
			const oneByOne = sentForms(panel).map(({ action: _action, ...fields }) => fields);
			expect(oneByOne).toStrictEqual(
				{
					seed: [{ order: '2' }, { order: '1' }, { order: '999' }],
					httpStatus: [{ order: '2' }, { order: '1' }, { order: '999' }],
					// The list form is remembered once it worked.
					perfectPanel: [{ order: '2' }, { orders: '2' }, { orders: '1' }, { orders: '999' }],
					// An action that is not there is not asked for again.
					smartPanel: [{ order: '2' }, { orders: '2' }],
				}[dialect],
			);
		});

		it('services', async () => {
			const services = (await client.services()).value;
			expect(services).toHaveLength(panel.services.length);
			expect(services.find(({ service }) => service === '107')).toStrictEqual({
				service: '107',
				name: 'YouTube Custom Comments',
				category: 'YouTube Comments',
				rate: 18,
				min: 2,
				max: 500,
				refill: true,
				cancel: true,
				...expected.service,
			});
			if (dialect === 'httpStatus') return;
			for (const { orderType, service } of services) {
				const sandboxType = panel.services.find((row) => String(row.service) === service)?.type;
				expect(orderType).toBe(sandboxType);
			}
		});

		it('an empty catalogue', async () => {
			panel.services.length = 0;
			expect((await client.services()).value).toStrictEqual([]);
		});

		it('balance', async () => {
			panel.balance = 12.5;
			expect((await client.balance()).value).toStrictEqual({ balance: 12.5, currency: 'USD' });
		});

		const order = { service: '101', link: 'https://x.example', quantity: '100' };

		it('add', async () => {
			expect((await client.add(order)).value).toStrictEqual({ order: '23501' });
			expect(sentForms(panel)).toStrictEqual([{ action: 'add', ...order }]);
			expect(panel.orders.get('23501')).toMatchObject({ service: '101', quantity: 100 });
		});

		it.each<[string, object, keyof Expected]>([
			['a service that is not there', { service: '9' }, 'wrongService'],
			['too small a quantity', { quantity: '1' }, 'tooFew'],
			['too little money', { quantity: '50000' }, 'noFunds'],
		])('add refused for %s: nothing unknown about it', async (_what, change, name) => {
			const { kind, message } = await failureOf(client.add({ ...order, ...change }));
			expect(`${kind}: ${message}`).toBe(expected[name]);
			expect(panel.requests).toHaveLength(1);
		});

		it('a wrong key', async () => {
			const stranger = clientOf({ ...panel, url: panel.url, apiKey: 'not-the-key' });
			const { kind, message } = await failureOf(stranger.balance());
			expect(`${kind}: ${message}`).toBe(expected.wrongKey);
			expect(inShort(await stranger.orderStatus(['1', '2']))).toStrictEqual({
				1: expected.wrongKey,
				2: expected.wrongKey,
			});
			expect(panel.requests).toHaveLength(2);
		});

		it('ids of 20 digits, and ids with letters', async () => {
			const ids = ['12345678901234567890', '12345678901234567891', 'ord_01HG'];
			for (const id of ids) panel.seedOrders(1, { order: id, status: 'Completed' });
			const expectedIds = Object.fromEntries(
				ids.map((id) => [id, expect.objectContaining({ state: 'completed' })]),
			);
			expect(inShort(await client.orderStatus(ids))).toStrictEqual(expectedIds);
			expect(inShort(await client.orderStatus(ids, { batchSize: 1 }))).toStrictEqual(expectedIds);
			expect(Object.values(inShort(await client.refill(ids)))).toMatchObject([
				{ refill: '12345' },
				{ refill: '12346' },
				{ refill: '12347' },
			]);
		});
	},
);
