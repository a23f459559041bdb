import dns from 'node:dns';
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import { type Fault, startSandboxPanel } from '../sandbox/panel.mts';
import { DeduplicationStore } from './deduplicationStore.mts';
import { inputOf, type NodeRun, runNode } from './engine.mts';
import { panelForTests } from '../support/panelForTests.mts';

const link = (name: number | string) => `https://www.instagram.com/p/${name}`;

describe('Order: Create', () => {
	const panel = panelForTests({ balance: 10_000 });
	const store = new DeduplicationStore();
	beforeAll(async () => {
		await store.install();
	});
	beforeEach(async () => {
		await store.clearAllProcessedItems();
	});

	/** Most of these tests follow one order after the other; several at a time have tests of their own. */
	const inTurn = { parallelOrders: 1 };

	/** Places an order for each row: link and quantity come from the row, as from a sheet. */
	const create = async (
		rows: IDataObject[],
		{ options = {}, ...run }: Partial<NodeRun> & { options?: IDataObject } = {},
	) => {
		// Beside the fields in the editor, not among the options.
		const { idempotencyKey, maxCost, runs, interval, ...others } = options;
		const schedule = runs === undefined && interval === undefined ? undefined : { runs, interval };
		return await runNode({
			panelUrl: panel.url,
			items: rows,
			parameters: {
				resource: 'order',
				operation: 'create',
				service: { __rl: true, mode: 'id', value: '101' },
				link: '={{ $json.link }}',
				quantity: '={{ $json.quantity }}',
				...(idempotencyKey !== undefined && { idempotencyKey: idempotencyKey as string }),
				...(maxCost !== undefined && { maxCost: maxCost as number }),
				options: {
					...inTurn,
					...others,
					...(schedule && { dripFeed: { schedule } }),
				} as never,
			},
			...run,
		});
	};
	const rows = (count: number) =>
		Array.from({ length: count }, (_, index) => ({
			link: link(index),
			quantity: 100 + index,
			row: index,
		}));
	const adds = () => panel.requestsFor('add');
	const outputErrors = { settings: { onError: 'continueErrorOutput' as const } };

	describe('a good order', () => {
		it('sends the fields of the order and nothing else', async () => {
			await create([{ link: link('a'), quantity: 1000 }]);
			expect(adds().map(({ form }) => form)).toEqual([
				{ key: panel.apiKey, action: 'add', service: '101', link: link('a'), quantity: '1000' },
			]);
		});

		it('puts out the order ID as text, and what was sent', async () => {
			const { json } = await create([{ link: link('a'), quantity: '1000' }]);
			expect(json).toEqual([{ order: '23501', service: '101', link: link('a'), quantity: 1000 }]);
		});

		it('sends drip-feed runs and interval and puts out the total quantity', async () => {
			const { json } = await create([{ link: link('a'), quantity: 1000 }], {
				options: { runs: 5, interval: 60 },
			});
			expect(adds()[0]?.form).toMatchObject({ quantity: '1000', runs: '5', interval: '60' });
			expect(json[0]).toMatchObject({ quantity: 1000, runs: 5, interval: 60, totalQuantity: 5000 });
		});

		it('places rows one after the other if told so, each paired with its input item', async () => {
			const { main, json } = await create(rows(5), { options: { parallelOrders: 1 } });
			expect(json.map(({ order }) => order)).toEqual(['23501', '23502', '23503', '23504', '23505']);
			expect(adds().map(({ form }) => form.link)).toEqual(rows(5).map((row) => row.link));
			expect(main.map(inputOf)).toEqual([0, 1, 2, 3, 4]);
			expect(panel.peakParallel).toBe(1);
		});

		it("puts out the panel's own answer when Simplify is off", async () => {
			const { json } = await runNode({
				panelUrl: panel.url,
				parameters: {
					resource: 'order',
					operation: 'create',
					service: { __rl: true, mode: 'id', value: '101' },
					link: link('a'),
					quantity: 100,
					simplify: false,
				},
			});
			expect(json).toEqual([{ order: '23501' }]);
		});

		it('keeps an order ID that is too long for a number', async () => {
			panel.misbehave({
				does: { kind: 'answer', body: '{"order": 12345678901234567890}', acts: true },
			});
			const { json } = await create(rows(1));
			expect(json[0]?.order).toBe('12345678901234567890');
		});

		it('sends extra fields as they are', async () => {
			const options = { extraFields: { field: [{ name: 'coupon', value: 'TEN%' }] } };
			await create(rows(1), { options });
			expect(adds()[0]?.form).toMatchObject({ coupon: 'TEN%' });
		});

		it('asks for no catalogue and no balance when there is no guard', async () => {
			await create(rows(3));
			expect(panel.requests.map(({ action }) => action)).toEqual(['add', 'add', 'add']);
		});
	});

	describe('bad rows', () => {
		const bad = [
			{ link: link(0), quantity: 100 },
			{ link: '', quantity: 100 },
			{ link: link(2), quantity: 'many' },
		];

		it('sends nothing when one row is wrong, and tells all problems of all rows at once', async () => {
			const { error } = await create(bad);
			expect(panel.requests).toHaveLength(0);
			expect(error?.message).toBe('Nothing was sent: 2 fields need fixing');
			expect(error?.description).toContain('Item 1, 2 of 3: Link is required.');
			expect(error?.description).toContain(
				'Item 2, 3 of 3: Quantity must be a whole number (got "many")',
			);
		});

		it('sends the good rows when the user continues on error, and fails the others with their input', async () => {
			const { json, failed } = await create(bad, outputErrors);
			expect(adds()).toHaveLength(1);
			expect(json).toEqual([{ order: '23501', service: '101', link: link(0), quantity: 100 }]);
			expect(failed.map(inputOf)).toEqual([1, 2]);
			expect(failed[1]?.json).toMatchObject({
				error: 'Quantity must be a whole number (got "many")',
				quantity: 'many',
			});
		});

		it.each([
			['key', 'stolen'],
			['action', 'balance'],
			['ACTION', 'balance'],
			['action[]', 'balance'],
			['key[x]', 'stolen'],
			['quantity', '999999'],
			['', 'nameless'],
			['coupon', '={{ $json }}'],
		])('refuses the extra field "%s"', async (name, value) => {
			const { error } = await create(rows(1), {
				options: { extraFields: { field: [{ name, value }] } },
			});
			expect(error?.message).toContain('Extra Fields');
			expect(panel.requests).toHaveLength(0);
		});

		it('refuses two extra fields of the same name', async () => {
			const field = ['TEN', 'TWENTY'].map((value) => ({ name: 'coupon', value }));
			const { error } = await create(rows(1), { options: { extraFields: { field } } });
			expect(error?.message).toContain('Extra Fields may set "coupon" only once');
			expect(panel.requests).toHaveLength(0);
		});

		it('refuses an extra field beside the key that is sent under its name', async () => {
			const { error } = await create(rows(1), {
				options: {
					idempotencyKey: 'row-1',
					sendKeyAs: 'request_id',
					extraFields: { field: [{ name: 'request_id', value: 'other' }] },
				},
			});
			expect(error?.message).toContain('Extra Fields may set "request_id" only once');
			expect(panel.requests).toHaveLength(0);
		});

		it('refuses a row whose key comes out empty: it would not be safe, though the others are', async () => {
			const { error } = await create([{ link: link(0), quantity: 100 }], {
				options: { idempotencyKey: '={{ $json.nothing }}' },
			});
			expect(error?.message).toContain('Idempotency Key is empty for this item');
			expect(panel.requests).toHaveLength(0);
		});
	});

	describe('a refusal by the panel', () => {
		const refuseThird: Fault = {
			on: 'add',
			skip: 2,
			does: { kind: 'refuse', error: 'Not enough funds on balance' },
		};

		it('stops with the words of the panel and names the orders placed before, with their items', async () => {
			panel.misbehave(refuseThird);
			const { error } = await create(rows(5));
			expect(adds()).toHaveLength(3);
			expect(error?.message).toBe('Not enough funds on balance');
			expect(error?.description).toContain('23501 (item 0, 1 of 5), 23502 (item 1, 2 of 5)');
			expect(error?.context).toMatchObject({
				itemIndex: 2,
				placed: [
					{ item: 0, order: '23501' },
					{ item: 1, order: '23502' },
				],
			});
		});

		it('keeps the words of the panel even where n8n has a sentence of its own for them', async () => {
			panel.misbehave({ on: 'add', does: { kind: 'refuse', error: 'Provider says ENOENT' } });
			const { error } = await create(rows(1));
			expect(error?.message).toBe('Provider says ENOENT');
		});

		it('goes on with the others when the user continues on error', async () => {
			panel.misbehave(refuseThird);
			const { json, failed } = await create(rows(5), outputErrors);
			expect(json.map(({ order }) => order)).toEqual(['23501', '23502', '23503', '23504']);
			expect(failed).toHaveLength(1);
			expect(failed[0]?.json).toMatchObject({
				error: 'Not enough funds on balance',
				details: { service: '101', link: link(2), quantity: 102, kind: 'funds' },
				row: 2,
			});
		});

		it.each([
			['funds', 402],
			['anything', 400],
			['Quantity less than minimal 100', 422],
		])('takes %s at HTTP %i for a refusal and does not repeat it', async (error, status) => {
			panel.misbehave({ on: 'add', times: Infinity, does: { kind: 'refuse', error, status } });
			const result = await create(rows(1));
			expect(adds()).toHaveLength(1);
			expect(result.error?.message).toBe(error);
		});
	});

	describe('an unknown outcome', () => {
		const faults: Array<[string, Fault['does'], number]> = [
			['the connection drops before the panel acts', { kind: 'dropBefore' }, 0],
			['the connection drops after the panel acted', { kind: 'dropAfter' }, 1],
			['the answer is cut off on the way', { kind: 'cutAfter' }, 1],
			['HTTP 502 without acting', { kind: 'status', status: 502, body: 'Bad Gateway' }, 0],
			['HTTP 502 after acting', { kind: 'html', status: 502, acts: true }, 1],
			[
				'HTTP 500 with an error of its own',
				{ kind: 'refuse', error: 'Internal server error', status: 500 },
				0,
			],
			['a web page with HTTP 200', { kind: 'html' }, 0],
			['an empty answer', { kind: 'empty', acts: true }, 1],
			['an answer without an order ID', { kind: 'withoutOrderId' }, 1],
			['cut JSON', { kind: 'cutJson' }, 1],
			[
				'JSON that would have to be mended',
				{ kind: 'answer', body: '{"order": "23501",}', acts: true },
				1,
			],
			['a redirect', { kind: 'redirect', to: 'https://example.com/login' }, 0],
		];

		it.each(faults)(
			'%s: one request, "outcome unknown", never a second one',
			async (_name, does, placed) => {
				panel.misbehave({ on: 'add', times: Infinity, does });
				const { error } = await create(rows(3), {
					settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
				});
				expect(adds()).toHaveLength(1);
				expect(panel.orders.size).toBe(placed);
				expect(error?.message).toMatch(/^Outcome unknown: /);
				expect(error?.description).toContain(`service 101, link ${link(0)}, quantity 100`);
				expect(error?.description).toContain('Check on the panel whether it was carried out.');
				expect(error?.description).toMatch(/sent at \d{4}-\d\d-\d\dT/);
			},
		);

		it('names the target of a redirect and does not follow it', async () => {
			const elsewhere = await startSandboxPanel();
			panel.misbehave({ on: 'add', does: { kind: 'redirect', to: elsewhere.url, status: 307 } });
			const { error } = await create(rows(1));
			expect(error?.description).toContain(elsewhere.url);
			expect(elsewhere.requests).toHaveLength(0);
			await elsewhere.close();
		});

		it('is its own failed item when the user continues on error, and the others are placed', async () => {
			panel.misbehave({ on: 'add', skip: 1, does: { kind: 'dropAfter' } });
			const { json, failed } = await create(rows(3), outputErrors);
			expect(adds()).toHaveLength(3);
			expect(json.map(({ order }) => order)).toEqual(['23501', '23503']);
			expect(failed[0]?.json).toMatchObject({
				error: expect.stringMatching(/^Outcome unknown/),
				details: { link: link(1), kind: 'outcomeUnknown' },
			});
		});
	});

	it('is an ordinary failure when the request surely never left', async () => {
		const closed = await startSandboxPanel();
		await closed.close();
		const { error } = await create(rows(2), { panelUrl: closed.url });
		expect(error?.message).toBe('The panel cannot be reached');
		expect(error?.description).not.toContain('unknown');
	});

	it('is that also when the panel has several addresses, and none can be reached', async () => {
		const closed = await startSandboxPanel();
		await closed.close();
		const addresses = ['127.0.0.2', '127.0.0.3'].map((address) => ({ address, family: 4 }));
		const lookup = jest.spyOn(dns, 'lookup') as unknown as jest.SpyInstance;
		lookup.mockImplementation(
			(_name: string, _options: object, found: (...told: unknown[]) => void) =>
				found(null, addresses),
		);
		const { error } = await create(rows(1), {
			panelUrl: closed.url.replace('127.0.0.1', 'panel.test'),
		});
		lookup.mockRestore();
		expect(error?.description).toContain('ECONNREFUSED');
		expect(error?.message).toBe('The panel cannot be reached');
	});

	it('is that also when no secure connection comes about', async () => {
		const server = net.createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as net.AddressInfo;
		const { error } = await create(rows(1), { panelUrl: `https://127.0.0.1:${port}/api/v2` });
		server.close();
		expect(error?.description).toContain('before secure TLS connection was established');
		expect(error?.message).toBe('The panel cannot be reached');
	});

	it('is that also when a proxy keeps it to itself, because it wants a login', async () => {
		const headers = { 'proxy-authenticate': 'Basic' };
		panel.misbehave({ on: 'add', does: { kind: 'status', status: 407, headers } });
		const { error } = await create(rows(1));
		expect(error?.message).toBe('The panel cannot be reached');
		expect(error?.description).toContain('proxy');
	});

	describe('what stops the whole node, although the user chose to continue on error,', () => {
		it('is a failed item for each row when the prices cannot be read', async () => {
			panel.misbehave({ on: 'services', does: { kind: 'refuse', error: 'Invalid API key' } });
			const { json, failed } = await create(rows(2), { options: { maxCost: 50 }, ...outputErrors });
			expect(adds()).toHaveLength(0);
			expect(json).toEqual([]);
			expect(failed.map(inputOf)).toEqual([0, 1]);
			expect(failed[1]?.json).toMatchObject({
				row: 1,
				error: 'Invalid API key',
				message: expect.stringContaining('nothing was ordered'),
				details: { kind: 'key' },
			});
		});

		it('is that also when there is no credential', async () => {
			const settings = { ...outputErrors.settings, credentials: {} };
			const { json, failed } = await create(rows(2), { settings });
			expect(json).toEqual([]);
			expect(failed.map(({ json: item }) => item.row)).toEqual([0, 1]);
			expect(failed[0]?.json.error).toContain('credentials');
		});

		it('is a failed item for one row when its key cannot be recorded, and the others keep their IDs', async () => {
			// The key of a row is written in one call, and up to five times.
			let claims = 0;
			store.onCheck = (items) => {
				if (items.includes('used') && ++claims > 1 && claims <= 6)
					throw new Error('database is locked');
			};
			const keyed = { options: { idempotencyKey: '={{ $json.row }}' } };
			const { json, failed } = await create(rows(3), { ...keyed, ...outputErrors });
			store.onCheck = () => {};
			expect(json.map(({ order }) => order)).toEqual(['23501', '23502']);
			expect(failed).toHaveLength(1);
			expect(failed[0]?.json).toMatchObject({
				row: 1,
				details: { kind: 'input', canOrderElsewhere: false },
				error: 'database is locked',
				message: 'Nothing was sent for this item.',
			});
		});
	});

	it('sends nothing for a service that is neither picked nor an ID, as in a workflow written by hand', async () => {
		const { error } = await runNode({
			panelUrl: panel.url,
			parameters: {
				resource: 'order',
				operation: 'create',
				service: { value: '101' },
				link: link('a'),
				quantity: 100,
			},
		});
		expect(error?.message).toMatch(/^Service must be the ID of one service/);
		expect(adds()).toHaveLength(0);
	});

	it('sends nothing while Simplify cannot be read: it would fail when the order is there', async () => {
		const parameters = {
			resource: 'order',
			operation: 'create',
			service: { __rl: true, mode: 'id', value: '101' },
			link: '={{ $json.link }}',
			quantity: 100,
			simplify: '={{ $json.row === 1 ? $("Nowhere").item.json.simple : true }}',
		};
		const { error } = await create(rows(2), { parameters });
		expect(error?.message).toMatch(/^Simplify cannot be read/);
		expect(adds()).toHaveLength(0);
	});

	describe('the API key', () => {
		const failures: Fault['does'][] = [
			{ kind: 'echoKey' },
			{ kind: 'dropAfter' },
			{ kind: 'status', status: 500, body: '{"error":"Server error"}' },
			{ kind: 'html' },
			{ kind: 'cutJson' },
			{ kind: 'withoutOrderId' },
			{ kind: 'redirect', to: '/login' },
		];

		it.each(failures)('is nowhere in what the execution stores: $kind', async (does) => {
			panel.misbehave({ on: 'add', times: Infinity, does });
			for (const settings of [{}, { onError: 'continueErrorOutput' as const }]) {
				const { stored } = await create(rows(2), { settings });
				expect(stored).toContain('SMM Panel');
				expect(stored).not.toContain(panel.apiKey);
			}
		});

		it('is nowhere when the panel puts it into its answers, URL-encoded or into a redirect', async () => {
			const key = 'a key+with/odd=signs';
			const body = JSON.stringify({ error: `bad ${key} ${encodeURIComponent(key)}` });
			panel.misbehave({ does: { kind: 'answer', body } });
			panel.misbehave({
				does: { kind: 'redirect', to: `https://example.com/?key=${encodeURIComponent(key)}` },
			});
			for (let run = 0; run < 2; run++) {
				const { stored, error } = await create(rows(1), { apiKey: key });
				expect(error).toBeDefined();
				expect(stored).not.toContain(key);
				expect(stored).not.toContain(encodeURIComponent(key));
			}
		});
	});

	describe('repeated tries of one execution', () => {
		const retry = { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } };
		const refuseSecondRow: Fault = {
			on: 'add',
			when: (form) => form.link === link(1),
			times: Infinity,
			does: { kind: 'refuse', error: 'Incorrect link' },
		};

		it('Retry On Fail places row 1 once, tries the refused row again, and keeps the ID in the last error', async () => {
			panel.misbehave(refuseSecondRow);
			const { error } = await create(rows(3), retry);
			expect(adds().map(({ form }) => form.link)).toEqual([link(0), link(1), link(1), link(1)]);
			expect([...panel.orders.values()].map((order) => order.link)).toEqual([link(0)]);
			expect(error?.description).toContain('23501 (item 0, 1 of 3)');
		});

		it('Retry On Fail never sends again after an unknown outcome', async () => {
			panel.misbehave({ on: 'add', skip: 1, does: { kind: 'dropAfter' } });
			const { error } = await create(rows(3), retry);
			expect(adds().map(({ form }) => form.link)).toEqual([link(0), link(1)]);
			expect(error?.message).toMatch(/^Outcome unknown/);
			expect(error?.description).toContain('23501 (item 0, 1 of 3)');
		});

		it('a retry of the failed execution brings back the known IDs and sends what was refused', async () => {
			panel.misbehave({ ...refuseSecondRow, times: 1 });
			const first = await create(rows(3));
			expect(first.error?.message).toBe('Incorrect link');
			const second = await create(rows(3), { continueFrom: first.executionData });
			expect(second.json.map(({ order }) => order)).toEqual(['23501', '23502', '23503']);
			expect(adds().map(({ form }) => form.link)).toEqual([link(0), link(1), link(1), link(2)]);
			expect(JSON.stringify(second.run.data.resultData.runData)).toContain(
				'1 of 3 orders were already placed in an earlier attempt',
			);
		});

		it('a retry after an unknown outcome raises it again without sending', async () => {
			panel.misbehave({ on: 'add', skip: 1, does: { kind: 'dropAfter' } });
			const first = await create(rows(3));
			const second = await create(rows(3), { continueFrom: first.executionData });
			expect(adds()).toHaveLength(2);
			expect(second.error?.message).toBe(first.error?.message);
			expect(second.error?.description).toContain('The order was: service 101');
		});

		it('a changed row counts as another order', async () => {
			panel.misbehave({ ...refuseSecondRow, times: 1 });
			const first = await create(rows(2));
			const changed = [{ ...rows(1)[0], quantity: 555 }, rows(2)[1] as IDataObject];
			await create(changed, { continueFrom: first.executionData });
			expect(adds().map(({ form }) => form.quantity)).toEqual(['100', '101', '555', '101']);
		});

		it('an expression that gives something else each time makes no other order of a row', async () => {
			panel.misbehave({ ...refuseSecondRow, times: 1 });
			const requestId = { name: 'request_id', value: '={{ $now.toMillis() }} {{ Math.random() }}' };
			const { json } = await create(rows(3), {
				...retry,
				options: { extraFields: { field: [requestId] } },
			});
			expect(adds().map(({ form }) => form.link)).toEqual([link(0), link(1), link(1), link(2)]);
			expect(json.map(({ order }) => order)).toEqual(['23501', '23502', '23503']);
		});

		describe('that find prices changed', () => {
			const guarded = { options: { maxCost: 50 } };
			const raisePrices = () => {
				for (const service of panel.services) service.rate = 5000;
			};
			const hidePrices = () => {
				panel.misbehave({ on: 'services', does: { kind: 'refuse', error: 'Computer says no' } });
			};
			const changes: Array<[string, () => void, string]> = [
				['risen', raisePrices, 'Maximum Cost is 50, but this order costs 505 now'],
				['unreadable', hidePrices, 'Computer says no'],
			];

			it.each(changes)(
				'give the known IDs back and fail only what is open, with prices %s',
				async (_what, change, reason) => {
					panel.misbehave({ ...refuseSecondRow, times: 1 });
					const run = { ...guarded, ...outputErrors };
					const first = await create(rows(3), run);
					expect(first.json.map(({ order }) => order)).toEqual(['23501', '23502']);
					change();
					const second = await create(rows(3), { ...run, continueFrom: first.executionData });
					expect(second.json).toMatchObject([
						{ order: '23501', link: link(0) },
						{ order: '23502', link: link(2) },
					]);
					expect(second.main.map(inputOf)).toEqual([0, 2]);
					expect(second.failed).toMatchObject([
						{ json: { error: reason, details: { link: link(1) } }, pairedItem: { item: 1 } },
					]);
					expect(adds()).toHaveLength(3);
				},
			);

			it.each(changes)(
				'name the orders that were placed when they stop at prices %s',
				async (_what, change) => {
					panel.misbehave({ ...refuseSecondRow, times: 1 });
					const first = await create(rows(3), guarded);
					change();
					const second = await create(rows(3), { ...guarded, continueFrom: first.executionData });
					expect(second.error?.description).toContain('Already placed: 23501 (item 0, 1 of 3)');
					expect(second.error?.description).not.toMatch(/nothing was/i);
					expect(second.error?.message).not.toContain('nothing was sent');
					expect(second.error?.context.placed).toEqual([{ item: 0, order: '23501' }]);
					expect(adds()).toHaveLength(2);
				},
			);

			it.each([{}, outputErrors])('raise an unknown outcome again', async (settings) => {
				panel.misbehave({ on: 'add', does: { kind: 'dropAfter' } });
				const run = { ...guarded, ...settings };
				const first = await create(rows(2), run);
				raisePrices();
				const second = await create(rows(2), { ...run, continueFrom: first.executionData });
				expect(second.error?.message ?? second.failed[0]?.json.error).toMatch(/^Outcome unknown/);
				expect(adds().filter(({ form }) => form.link === link(0))).toHaveLength(1);
			});
		});

		it('give the ID of an order back whose row can no longer be read', async () => {
			const readableUntil = Date.now() + 700;
			const quantity = `={{ $now.toMillis() < ${readableUntil} ? 100 : '' }}`;
			const run = {
				...outputErrors,
				parameters: {
					resource: 'order',
					operation: 'create',
					service: '101',
					link: '={{ $json.link }}',
					quantity,
				},
			};
			panel.misbehave({ ...refuseSecondRow, times: 1 });
			const first = await create(rows(2), run);
			await pause(readableUntil - Date.now());
			const second = await create(rows(2), { ...run, continueFrom: first.executionData });
			expect(second.json).toMatchObject([{ order: '23501', link: link(0) }]);
			expect(second.failed).toMatchObject([
				{
					json: { error: 'Quantity is required' },
					pairedItem: { item: 1 },
				},
			]);
			expect(adds()).toHaveLength(2);
		});

		it('a further run in a loop is no repetition', async () => {
			const first = await create(rows(1));
			await create(rows(1), { continueFrom: first.executionData, runsAgain: true });
			expect(panel.orders.size).toBe(2);
		});

		it("an AI agent's repeated call orders nothing and says so, with the ID and the way to order once more", async () => {
			const first = await create(rows(1), { isTool: true });
			const second = await create(rows(1), {
				isTool: true,
				continueFrom: first.executionData,
				runsAgain: true,
			});
			expect(adds()).toHaveLength(1);
			expect(second.json).toEqual([
				{
					...first.json[0],
					duplicate: true,
					message: expect.stringContaining('use another idempotency key') as unknown,
				},
			]);
			const key = { idempotencyKey: 'once more' };
			const third = await create(rows(1), {
				isTool: true,
				continueFrom: second.executionData,
				runsAgain: true,
				options: key,
			});
			expect(third.json).toMatchObject([{ order: '23502' }]);
		});

		it("an AI agent's repeated call after an unknown outcome sends nothing", async () => {
			panel.misbehave({ on: 'add', does: { kind: 'dropAfter' } });
			const first = await create(rows(1), { isTool: true });
			const second = await create(rows(1), {
				isTool: true,
				continueFrom: first.executionData,
				runsAgain: true,
			});
			expect(adds()).toHaveLength(1);
			expect(second.error?.message).toBe(first.error?.message);
		});

		it('a new execution places again: only a key prevents that', async () => {
			await create(rows(1));
			await create(rows(1));
			expect(panel.orders.size).toBe(2);
		});
	});

	describe('the idempotency key', () => {
		const keyed = { options: { idempotencyKey: '={{ $json.row }}' } };

		it('lets an order through once in all executions, and puts out the row as a duplicate afterwards', async () => {
			await create(rows(2), keyed);
			const { json, main } = await create(rows(3), keyed);
			expect(adds()).toHaveLength(3);
			expect(json.slice(0, 2)).toEqual([
				{ duplicate: true, idempotencyKey: '0', service: '101', link: link(0), quantity: 100 },
				{ duplicate: true, idempotencyKey: '1', service: '101', link: link(1), quantity: 101 },
			]);
			expect(json[2]).toMatchObject({ order: '23503' });
			expect(main.map(inputOf)).toEqual([0, 1, 2]);
		});

		it('counts twice in one run too', async () => {
			const { json } = await create([...rows(1), ...rows(1)], keyed);
			expect(adds()).toHaveLength(1);
			expect(json[1]).toMatchObject({ duplicate: true, idempotencyKey: '0' });
		});

		it('is given back on a definite refusal', async () => {
			panel.misbehave({
				on: 'add',
				does: { kind: 'refuse', error: 'Not enough funds on balance' },
			});
			await create(rows(1), keyed);
			const { json } = await create(rows(1), keyed);
			expect(json).toMatchObject([{ order: '23501' }]);
		});

		it('is given back when the request surely never left', async () => {
			const closed = await startSandboxPanel();
			await closed.close();
			await create(rows(1), { ...keyed, panelUrl: closed.url });
			const { json } = await create(rows(1), keyed);
			expect(json).toMatchObject([{ order: '23501' }]);
		});

		it('is kept on an unknown outcome, and its next use is no success', async () => {
			panel.misbehave({ on: 'add', does: { kind: 'dropBefore' } });
			await create(rows(1), keyed);
			const { json, failed } = await create(rows(1), { ...keyed, ...outputErrors });
			expect(adds()).toHaveLength(1);
			expect(json).toEqual([]);
			expect(failed[0]?.json).toMatchObject({
				error: 'Outcome unknown: this order may have been placed before',
				details: { kind: 'outcomeUnknown', canOrderElsewhere: false, idempotencyKey: '0' },
			});
		}, 10_000);

		it('goes to the panel as the named field, if wanted', async () => {
			await create(rows(1), { options: { idempotencyKey: 'row-1', sendKeyAs: 'request_id' } });
			expect(adds()[0]?.form).toMatchObject({ request_id: 'row-1' });
		});

		it('is not sent to the panel otherwise', async () => {
			await create(rows(1), { options: { idempotencyKey: 'row-1' } });
			expect(adds()[0]?.rawBody).not.toContain('row-1');
		});

		it('has to be there for a field that carries it', async () => {
			const { error } = await create(rows(1), { options: { sendKeyAs: 'request_id' } });
			expect(error?.message).toContain("Panel's Key Field needs an Idempotency Key");
			expect(panel.requests).toHaveLength(0);
		});

		it.each(['={{ $json }}', '={{ [$json.row] }}', '={{ new Date() }}'])(
			'may not be %s: an object is no name for an order',
			async (idempotencyKey) => {
				const { error } = await create(rows(3), { options: { idempotencyKey } });
				expect(error?.message).toBe('Nothing was sent: 3 fields need fixing');
				expect(error?.description).toContain(
					'Item 2, 3 of 3: Idempotency Key must be a text, but holds a list or an object',
				);
				expect(panel.requests).toHaveLength(0);
			},
		);
	});

	describe('guards', () => {
		it('let an order through whose price is within them', async () => {
			const { json } = await create([{ link: link(0), quantity: 1000 }], {
				options: { maxRate: 250, maxCost: 250 },
			});
			expect(json).toMatchObject([{ order: '23501' }]);
		});

		it('let a row whose key was used before come out as a duplicate, whatever it costs now', async () => {
			const run = { options: { maxRate: 250, idempotencyKey: '={{ $json.row }}' } };
			await create(rows(2), run);
			const service = panel.services.find((row) => row.service === 101);
			if (service) service.rate = 250.01;
			const again = await create(rows(2), run);
			expect(again.json).toMatchObject([
				{ duplicate: true, idempotencyKey: '0' },
				{ duplicate: true, idempotencyKey: '1' },
			]);
			const more = await create(rows(3), run);
			expect(more.error?.message).toContain('Maximum Rate is 250');
			if (service) service.rate = 250;
			expect((await create(rows(3), run)).json[2]).toMatchObject({ order: '23503' });
			expect(adds()).toHaveLength(3);
		});

		it('stop every row when the price was raised since the last run', async () => {
			const options = { maxRate: 250 };
			await create(rows(2), { options });
			const service = panel.services.find((row) => row.service === 101);
			if (service) service.rate = 250.01;
			const { error } = await create(rows(2), { options });
			expect(adds()).toHaveLength(2);
			expect(error?.description).toContain(
				'Maximum Rate is 250, but service 101 costs 250.01 per 1,000 now',
			);
		});

		it('count all runs of a drip-feed', async () => {
			const run = { options: { maxCost: 100, runs: 5, interval: 60 } };
			const { error } = await create([{ link: link(0), quantity: 100 }], run);
			expect(error?.message).toContain('Maximum Cost is 100, but this order costs 125 now');
			expect(adds()).toHaveLength(0);
		});

		it('read the catalogue once for all rows, and every time anew', async () => {
			await create(rows(5), { options: { maxRate: 1000 } });
			await create(rows(5), { options: { maxRate: 1000 } });
			expect(panel.requestsFor('services')).toHaveLength(2);
			expect(adds()).toHaveLength(10);
		});

		it.each<[string, IDataObject, string]>([
			[
				'a quantity below the minimum',
				{ link: link(0), quantity: 99 },
				'the minimum for service 101 is 100',
			],
			[
				'a quantity above the maximum',
				{ link: link(0), quantity: 100_001 },
				'the maximum for service 101 is 100000',
			],
		])('find %s', async (_name, row, words) => {
			const { error } = await create([row], { options: { maxRate: 1000 } });
			expect(error?.message).toContain(words);
			expect(adds()).toHaveLength(0);
		});

		it('find too few lines, by the name of their field', async () => {
			const service = { mode: 'id', value: '107' };
			const comments = { orderType: 'customComments', comments: 'Nice, great, wow' };
			const parameters = {
				resource: 'order',
				operation: 'create',
				link: link(0),
				service,
				...comments,
				maxCost: '30',
			};
			const { error } = await create([{ link: link(0) }], { parameters });
			expect(error?.message).toBe(
				'Comments has 1 line, and each line is one, but the minimum for service 107 is 2',
			);
			expect(adds()).toHaveLength(0);
		});

		it('find a drip-feed for a service without one', async () => {
			const service = panel.services.find((row) => row.service === 101);
			if (service) service.dripfeed = false;
			const { error } = await create(rows(1), {
				options: { maxRate: 1000, runs: 2, interval: 60 },
			});
			expect(error?.message).toContain('service 101 has no drip-feed');
			expect(adds()).toHaveLength(0);
		});

		it.each([0, -1, 'cheap', true])('have to be numbers above 0, not %s', async (maxRate) => {
			const { error } = await create(rows(1), { options: { maxRate } });
			expect(error?.message).toBe(
				`Maximum Rate must be a number greater than 0 (got "${maxRate}")`,
			);
			expect(panel.requests).toHaveLength(0);
		});

		it.each(['={{ null }}', '={{ $json.nothing }}'])(
			'must not be switched off by an expression that comes out empty: %j',
			async (maxCost) => {
				const { error } = await create(rows(1), { options: { maxCost } });
				expect(error?.message).toBe(
					'Maximum Cost is empty for this item: enter a number greater than 0, or remove it',
				);
				expect(panel.requests).toHaveLength(0);
			},
		);

		const ofType = async (orderType: string, parameters: IDataObject, options: IDataObject) =>
			await runNode({
				panelUrl: panel.url,
				parameters: {
					resource: 'order',
					operation: 'create',
					service: { __rl: true, mode: 'id', value: parameters.service ?? '101' },
					orderType,
					link: link(0),
					...parameters,
					maxCost: options.maxCost,
					options: { extraFields: options.extraFields },
				} as never,
			});
		const extra = (fields: Record<string, string>) => ({
			field: Object.entries(fields).map(([name, value]) => ({ name, value })),
		});

		it.each<[string, IDataObject, Record<string, string>]>([
			['poll', { quantity: 1000, answerNumber: 1 }, { runs: '100', interval: '5' }],
			['customComments', { comments: 'Nice!\nWow' }, { quantity: '100000' }],
		])(
			'cannot be gone round by extra fields that make an order of type %s dearer',
			async (orderType, parameters, fields) => {
				const extraFields = extra(fields);
				const { error } = await ofType(orderType, parameters, { maxCost: 1000, extraFields });
				expect(`${error?.message} ${error?.description}`).toContain('beside a price limit');
				expect(panel.requests).toHaveLength(0);
				await ofType(orderType, parameters, { extraFields });
				expect(adds()[0]?.form).toMatchObject(fields);
			},
		);

		it.each<[string, IDataObject, string]>([
			['package', { service: '105' }, '1'],
			['customComments', { service: '107', comments: 'Nice!\nWow' }, '2'],
		])(
			'let an order of type %s carry the quantity that is counted',
			async (type, order, quantity) => {
				const extraFields = extra({ quantity });
				const { json } = await ofType(type, order, { maxCost: 1000, extraFields });
				expect(json).toMatchObject([{ order: '23501' }]);
				expect(adds()[0]?.form).toMatchObject({ quantity });
			},
		);

		it('believe the user who orders another type than the Default of the catalogue', async () => {
			const service = panel.services.find((row) => row.type === 'customComments');
			if (service) service.type = 'default';
			const order = { service: String(service?.service), comments: 'Nice!\nWow' };
			await ofType('customComments', order, { maxCost: 1000 });
			expect(adds()).toHaveLength(1);
		});

		it('find an order of a type that the catalogue tells to be another', async () => {
			const { error } = await ofType('default', { service: '107', quantity: 10 }, { maxCost: 1 });
			expect(error?.message).toContain(
				'Order Type is Default, but service 107 takes Custom Comments orders',
			);
			expect(adds()).toHaveLength(0);
		});

		it('take the whole rate for a package, also where the catalogue says Default', async () => {
			const { error } = await ofType('package', {}, { maxCost: 249 });
			expect(error?.message).toBe('Maximum Cost is 249, but this order costs 250 now');
			expect(adds()).toHaveLength(0);
		});

		it('ask for nothing while a row is wrong anyway', async () => {
			await create([{ link: '', quantity: 100 }], { options: { maxRate: 1000 } });
			expect(panel.requests).toHaveLength(0);
		});

		it('order nothing when the catalogue cannot be read', async () => {
			panel.misbehave({ on: 'services', times: Infinity, does: { kind: 'html' } });
			const { error } = await create(rows(1), { options: { maxRate: 1000 } });
			expect(error?.description).toContain('nothing was ordered');
			expect(adds()).toHaveLength(0);
		});

		it('order nothing when the currency of the account cannot be told', async () => {
			panel.misbehave({ on: 'balance', does: { kind: 'answer', body: '{"balance":"5.1"}' } });
			const { error } = await create(rows(1), { options: { maxRate: 1000 } });
			expect(error?.message).toContain('currency');
			expect(adds()).toHaveLength(0);
		});
	});

	describe('when the user stops the execution', () => {
		/** The user stops it while the panel takes its time for the order of this row. */
		function stopAt(row: number) {
			let stop = () => {};
			panel.misbehave({
				on: 'add',
				when: (form) => {
					if (form.link === link(row)) stop();
					return true;
				},
				times: Infinity,
				does: { kind: 'delay', milliseconds: 300 },
			});
			return { onStart: (stopExecution: () => void) => void (stop = stopExecution) };
		}

		it('sends no further order and keeps the IDs of those placed', async () => {
			const { error } = await create(rows(10), stopAt(2));
			expect(adds()).toHaveLength(3);
			expect(error?.description).toContain(
				'Already placed: 23501 (item 0, 1 of 10), 23502 (item 1, 2 of 10).',
			);
		});

		it('does not send an order whose key was just recorded, and gives the key back', async () => {
			const keyed = { options: { idempotencyKey: '={{ $json.row }}' } };
			let stop = () => {};
			store.onCheck = () => stop();
			const { error } = await create(rows(2), {
				...keyed,
				onStart: (stopExecution) => (stop = stopExecution),
			});
			store.onCheck = () => {};
			expect(adds()).toHaveLength(0);
			expect(error?.message).toBe('The execution was stopped before this was sent');
			expect((await create(rows(2), keyed)).json).toMatchObject([
				{ order: '23501' },
				{ order: '23502' },
			]);
		});

		it('a retry does not send the order again that was under way', async () => {
			const stopped = await create(rows(3), stopAt(1));
			const again = await create(rows(3), { continueFrom: stopped.executionData });
			expect(adds().map(({ form }) => form.link)).toEqual([link(0), link(1)]);
			expect(again.error?.message).toMatch(/^Outcome unknown/);
			expect(again.error?.description).toContain('23501 (item 0, 1 of 3)');
		});
	});
});
