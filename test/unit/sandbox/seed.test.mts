import { request } from 'undici';
import { SANDBOX_KEY, startSandboxPanel } from '../../sandbox/panel.mts';
import { ask, place, post } from '../../support/sandboxClient.mts';
import { panelForTests } from '../../support/panelForTests.mts';

const panel = panelForTests();

const LINK = 'https://www.instagram.com/somebody';

describe('the examples of the seed document', () => {
	it('add answers the order id as text, the first one 23501', async () => {
		const { status, text } = await ask(panel, {
			action: 'add',
			service: '101',
			link: LINK,
			quantity: '100',
		});
		expect(status).toBe(200);
		expect(text).toBe('{"order":"23501"}');
	});

	it('status of one order is text in every field', async () => {
		const [order] = panel.seedOrders(1, {
			charge: 0.033,
			startCount: 1691,
			status: 'Completed',
			remains: 0,
		});
		const { json } = await ask(panel, { action: 'status', order: order! });
		expect(json).toStrictEqual({
			charge: '0.03300',
			start_count: '1691',
			status: 'Completed',
			remains: '0',
			currency: 'USD',
		});
	});

	it('status of several orders is an object by id, the charge a number, a wrong id an error', async () => {
		panel.seedOrders(1, {
			order: '486450',
			charge: 0.08011655652,
			startCount: 44,
			status: 'Completed',
			remains: 0,
		});
		panel.seedOrders(1, {
			order: '486561',
			charge: 0.04434830916,
			startCount: 181,
			status: 'Cancelled',
			remains: 100,
		});
		const { json } = await ask(panel, { action: 'status', orders: '486450,486451,486561' });
		expect(json).toStrictEqual({
			486450: {
				charge: 0.08011655652,
				start_count: '44',
				status: 'Completed',
				remains: '0',
				currency: 'USD',
			},
			486451: { error: 'Incorrect order ID' },
			486561: {
				charge: 0.04434830916,
				start_count: '181',
				status: 'Cancelled',
				remains: '100',
				currency: 'USD',
			},
		});
	});

	it('a refill is confirmed with a sentence and a number, and refused with a sentence', async () => {
		const [done, open] = [
			...panel.seedOrders(1, { status: 'Completed' }),
			...panel.seedOrders(1, { status: 'Pending' }),
		];
		expect((await ask(panel, { action: 'refill', order: done! })).json).toStrictEqual({
			success: 'Your order will be refill asap. Thank you for patience',
			refill: 12345,
		});
		expect((await ask(panel, { action: 'refill', order: open! })).json).toStrictEqual({
			error: 'Order not eligible for refill.',
		});
	});

	it('several refills are an array with a refill id or an error per order', async () => {
		panel.seedOrders(1, { order: '1', status: 'Completed' });
		panel.seedOrders(1, { order: '2', status: 'Completed' });
		panel.seedOrders(1, { order: '3', status: 'Pending' });
		const { json } = await ask(panel, { action: 'refill', orders: '1,2,3,4' });
		expect(json).toStrictEqual([
			{ order: 1, refill: 12345 },
			{ order: 2, refill: 12346 },
			{ order: 3, refill: { error: 'Invalid Request' } },
			{ order: 4, refill: { error: 'Incorrect order ID' } },
		]);
	});

	it('refill_status is a word for one refill and an array for several', async () => {
		const [first, second] = panel.seedOrders(2, { status: 'Completed' });
		await ask(panel, { action: 'refill', orders: `${first},${second}` });
		panel.setRefill('12345', { status: 'Completed' });
		panel.setRefill('12346', { status: 'Cancelled' });
		expect((await ask(panel, { action: 'refill_status', refill: '12345' })).json).toStrictEqual({
			status: 'Completed',
		});
		const { json } = await ask(panel, { action: 'refill_status', refills: '12345,12346,3' });
		expect(json).toStrictEqual([
			{ refill: 12345, status: 'Completed' },
			{ refill: 12346, status: 'Cancelled' },
			{ refill: 3, status: { error: 'Refill Request Not found' } },
		]);
		expect((await ask(panel, { action: 'refill_status', refill: '3' })).json).toStrictEqual({
			error: 'Refill Request Not found',
		});
	});

	it('cancel takes one order, and answers a sentence either way', async () => {
		const [open, done] = [
			...panel.seedOrders(1, { status: 'In progress' }),
			...panel.seedOrders(1, { status: 'Completed' }),
		];
		expect((await ask(panel, { action: 'cancel', order: open! })).json).toStrictEqual({
			success:
				'We will attempt to cancel this order. Cancellation is not guaranteed. Please check again in 5 minutes.',
		});
		expect((await ask(panel, { action: 'cancel', order: done! })).json).toStrictEqual({
			error: 'Order not eligible for cancellation.',
		});
		expect((await ask(panel, { action: 'cancel', orders: open! })).json).toStrictEqual({
			error: 'Incorrect order ID',
		});
	});

	it('services lists the two of the document word for word', async () => {
		const { json } = await ask(panel, { action: 'services' });
		expect(json).toContainEqual({
			service: 101,
			name: 'Real & Active Followers',
			rate: '250.00',
			min: '100',
			max: '100000',
			category: 'Instagram Followers',
			type: 'default',
			description: 'Service Description',
			dripfeed: true,
			refill: true,
			cancel: true,
		});
		expect(json).toContainEqual({
			service: 30067,
			name: 'Instagram - Worldwide',
			rate: '103.00',
			min: '100',
			max: '10000',
			category: 'Instagram Followers',
			type: 'default',
			description: 'Service Description',
			dripfeed: true,
			refill: true,
			cancel: true,
		});
	});

	it('balance is text', async () => {
		panel.balance = 100.84292;
		const { json } = await ask(panel, { action: 'balance' });
		expect(json).toStrictEqual({ balance: '100.84292', currency: 'USD' });
	});
});

describe('the door', () => {
	it('answers a wrong key and an unknown action with HTTP 200', async () => {
		const wrongKey = await ask(panel, { action: 'balance', key: 'wrong' });
		expect(wrongKey).toMatchObject({ status: 200, json: { error: 'Invalid API key' } });
		const wrongAction = await ask(panel, { action: 'toString' });
		expect(wrongAction).toMatchObject({ status: 200, json: { error: 'Incorrect action' } });
	});

	it('takes nothing but a posted form', async () => {
		const body = JSON.stringify({ key: SANDBOX_KEY, action: 'balance' });
		const asJson = await post(panel.url, body, 'application/json');
		expect(asJson.json).toStrictEqual({ error: 'Incorrect request' });
		const got = await request(`${panel.url}?key=${SANDBOX_KEY}&action=balance`);
		expect(await got.body.json()).toStrictEqual({ error: 'Incorrect request' });
		const put = await request(panel.url, {
			method: 'PUT',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: `key=${SANDBOX_KEY}&action=balance`,
		});
		expect(await put.body.json()).toStrictEqual({ error: 'Incorrect request' });
	});

	it('looks at the first 100 ids of a list and calls the others incorrect', async () => {
		const ids = panel.seedOrders(101);
		const { json } = await ask(panel, { action: 'status', orders: ids.join(',') });
		expect(json[ids[99]!]).toHaveProperty('status');
		expect(json[ids[100]!]).toStrictEqual({ error: 'Incorrect order ID' });
	});

	it('records every request as it came', async () => {
		const before = Date.now();
		await ask(panel, { action: 'balance' });
		await place(panel, { link: 'https://x.example/ä b' });
		expect(panel.requests).toHaveLength(2);
		const [add] = panel.requestsFor('add');
		expect(add).toMatchObject({
			method: 'POST',
			path: '/api/v2',
			contentType: 'application/x-www-form-urlencoded',
			action: 'add',
			answered: 200,
			form: { key: SANDBOX_KEY, link: 'https://x.example/ä b', quantity: '100' },
		});
		expect(add!.rawBody).toContain('link=https%3A%2F%2Fx.example%2F%C3%A4+b');
		expect(add!.at).toBeGreaterThanOrEqual(before);
		panel.forgetRequests();
		expect(panel.requests).toHaveLength(0);
	});
});

describe('placing orders', () => {
	const add = async (form: Record<string, string>) =>
		(await ask(panel, { action: 'add', link: LINK, ...form })).json;

	it('takes the charge from the balance: rate x quantity / 1000', async () => {
		await place(panel, { quantity: '200' });
		expect(panel.balance).toBe(50);
		expect(panel.orders.get('23501')).toMatchObject({
			service: '101',
			link: LINK,
			quantity: 200,
			charge: 50,
			remains: 200,
			status: 'Pending',
			form: { service: '101', link: LINK, quantity: '200' },
		});
		expect(panel.orders.get('23501')!.form).not.toHaveProperty('key');
	});

	it('multiplies a drip-feed by its runs', async () => {
		await add({ service: '102', quantity: '100', runs: '5', interval: '30' });
		expect(panel.orders.get('23501')).toMatchObject({ quantity: 500, charge: 0.6 });
		expect(await add({ service: '104', quantity: '100', runs: '5', interval: '30' })).toStrictEqual(
			{ error: 'This service does not support drip-feed' },
		);
		expect(await add({ service: '102', quantity: '100', runs: '0', interval: '30' })).toStrictEqual(
			{ error: 'Incorrect parameters: runs' },
		);
	});

	it('takes the whole rate for a package', async () => {
		await add({ service: '105' });
		await add({ service: '108', comments: 'Nice\nLovely' });
		expect([...panel.orders.values()].map(({ charge }) => charge)).toStrictEqual([4.5, 3.75]);
	});

	it('counts the comments that are not empty', async () => {
		await add({ service: '107', comments: 'One\r\n\r\n  \r\nTwo\nThree' });
		expect(panel.orders.get('23501')).toMatchObject({ quantity: 3, charge: 0.054 });
		expect(await add({ service: '107', comments: 'One' })).toStrictEqual({
			error: 'Quantity less than minimal 2',
		});
	});

	it('refuses what is wrong, with the reason, and places nothing', async () => {
		const refusals = await Promise.all([
			add({ service: '999', quantity: '100' }),
			add({ service: '101', quantity: '99' }),
			add({ service: '101', quantity: '100001' }),
			add({ service: '101', quantity: 'many' }),
			add({ service: '101', quantity: '401' }),
			add({ service: '101', quantity: '100', link: ' ' }),
			add({ service: '107' }),
			add({ quantity: '100' }),
		]);
		expect(refusals.map(({ error }) => error)).toStrictEqual([
			'Incorrect service ID',
			'Quantity less than minimal 100',
			'Quantity more than maximum 100000',
			'Incorrect parameters: quantity',
			'Not enough funds on balance',
			'Bad link',
			'Missing required parameter: comments',
			'Incorrect service ID',
		]);
		expect(panel.orders.size).toBe(0);
		expect(panel.balance).toBe(100);
	});

	it('needs the fields of each order type, and has a service of each', async () => {
		const quantity = '100';
		const orders: Record<string, Record<string, string>> = {
			default: { service: '102', quantity },
			package: { service: '105' },
			seo: { service: '106', quantity, keywords: 'n8n' },
			'custom comments': { service: '107', comments: 'a\nb' },
			'custom comments package': { service: '108', comments: 'a\nb' },
			mentions: { service: '109', quantity, usernames: 'a\nb' },
			'mentions with hashtags': { service: '110', quantity, usernames: 'a', hashtags: 'b' },
			'mentions custom list': { service: '111', usernames: 'a\nb' },
			'mentions hashtag': { service: '112', quantity, hashtag: 'a' },
			'mentions user followers': { service: '113', quantity, username: 'a' },
			'mentions media likers': { service: '114', quantity, media: 'https://x.example' },
			'comment likes': { service: '115', quantity, username: 'a' },
			poll: { service: '116', quantity, answer_number: '2' },
			'comment replies': { service: '117', username: 'a', comments: 'b' },
			'invites from groups': { service: '118', quantity, groups: 'a' },
			subscriptions: { service: '119', username: 'a', min: '20', max: '30', delay: '0' },
			'web traffic': {
				service: '120',
				quantity,
				country: 'WW',
				device: '5',
				type_of_traffic: '1',
				google_keyword: 'n8n',
			},
		};
		const { json: services } = await ask(panel, { action: 'services' });
		const types = services.map(({ type }: { type: string }) => type);
		expect([...new Set(types)].sort()).toStrictEqual(Object.keys(orders).sort());

		for (const [type, form] of Object.entries(orders)) {
			const listed = services.find((row: any) => String(row.service) === form.service);
			expect(listed.type).toBe(type);
			expect(await add(form)).toHaveProperty('order');
			for (const field of Object.keys(form).filter((name) => name !== 'service')) {
				const { [field]: _left, ...others } = form;
				expect([type, await add(others)]).toStrictEqual([
					type,
					{ error: `Missing required parameter: ${field}` },
				]);
			}
		}
	});

	it('holds a subscription to the limits of its service and starts it as Active', async () => {
		const form = { service: '119', username: 'maker', delay: '0', posts: '3' };
		expect(await add({ ...form, min: '19', max: '30' })).toHaveProperty('error');
		expect(await add({ ...form, min: '30', max: '20' })).toHaveProperty('error');
		await add({ ...form, min: '20', max: '30' });
		expect(panel.orders.get('23501')).toMatchObject({
			status: 'Active',
			quantity: 90,
			charge: 0.135,
		});
	});

	it('allows a second order for a link, unless told not to', async () => {
		await place(panel);
		expect(await place(panel)).toBe('23502');
		const strict = await startSandboxPanel({ oneOrderPerLink: true });
		await place(strict);
		const again = { action: 'add', service: '101', link: LINK, quantity: '100' };
		expect((await ask(strict, again)).json.error).toMatch('You have active order with this link');
		strict.setOrder('23501', { status: 'Completed' });
		expect((await ask(strict, again)).json).toStrictEqual({ order: '23502' });
		await strict.close();
	});

	it('honours request_id only where that is switched on', async () => {
		const form = { request_id: 'abc' };
		expect([await place(panel, form), await place(panel, form)]).toStrictEqual(['23501', '23502']);

		const careful = await startSandboxPanel({ requestIds: true });
		expect([await place(careful, form), await place(careful, form)]).toStrictEqual([
			'23501',
			'23501',
		]);
		expect(careful.balance).toBe(75);
		const other = { action: 'add', service: '102', link: LINK, quantity: '10', ...form };
		expect((await ask(careful, other)).json).toHaveProperty('error');
		careful.reset();
		expect((await ask(careful, other)).json).toStrictEqual({ order: '23501' });
		await careful.close();
	});
});

describe('refills and cancellations', () => {
	it('a refill is given once, and only by a service with refill', async () => {
		const [order] = panel.seedOrders(1, { status: 'Completed' });
		const [without] = panel.seedOrders(1, { service: '102', status: 'Completed' });
		await ask(panel, { action: 'refill', order: order! });
		expect((await ask(panel, { action: 'refill', order: order! })).json).toStrictEqual({
			error: 'Refill already requested',
		});
		expect((await ask(panel, { action: 'refill', order: without! })).json).toStrictEqual({
			error: 'Order not eligible for refill.',
		});
		expect(panel.refills.size).toBe(1);
	});

	it('a cancellation is a wish; once the order is Cancelled what remains is paid back', async () => {
		const order = await place(panel);
		await ask(panel, { action: 'cancel', order });
		expect(panel.orders.get(order)!.status).toBe('Pending');
		expect(panel.balance).toBe(75);
		expect((await ask(panel, { action: 'cancel', order })).json).toStrictEqual({
			error: 'Order not eligible for cancellation.',
		});
		panel.setOrder(order, { status: 'Cancelled', remains: 60 });
		expect(panel.balance).toBe(90);
		expect(panel.orders.get(order)!.charge).toBe(10);
		panel.setOrder(order, { status: 'Cancelled' });
		expect(panel.balance).toBe(90);
		panel.setOrder(order, { status: 'Partial', remains: 100 });
		expect(panel.balance).toBe(100);
	});

	it('a service without cancel refuses', async () => {
		const [order] = panel.seedOrders(1, { service: '103' });
		expect((await ask(panel, { action: 'cancel', order: order! })).json).toStrictEqual({
			error: 'Order not eligible for cancellation.',
		});
	});
});

describe('what tests can do with it', () => {
	it('lets them change the catalogue and restores it', async () => {
		panel.services.find(({ service }) => service === 101)!.rate = 1;
		panel.services.splice(1, 5);
		await place(panel);
		expect(panel.balance).toBe(99.9);
		panel.reset();
		expect(panel.services[0]!.rate).toBe(250);
		expect(panel.services[1]!.service).toBe(102);
		expect(panel.balance).toBe(100);
		expect(panel.orders.size).toBe(0);
		expect(await place(panel)).toBe('23501');
	});

	it('generates services with descriptions of any length', async () => {
		const big = await startSandboxPanel({ catalogueSize: 10_000, descriptionLength: 300 });
		const { json } = await ask(big, { action: 'services' });
		expect(json).toHaveLength(panel.services.length + 10_000);
		expect(new Set(json.map((row: any) => row.service)).size).toBe(json.length);
		expect(new Set(json.map((row: any) => row.description.length))).toStrictEqual(new Set([300]));
		expect(await place(big, { service: String(json.at(-1).service), quantity: '10' })).toBe(
			'23501',
		);
		await big.close();
	});

	it('completes an order whose status they set', () => {
		const [order] = panel.seedOrders(1);
		panel.setOrder(order!, { status: 'Completed' });
		expect(panel.orders.get(order!)!.remains).toBe(0);
		expect(() => panel.setOrder('1', {})).toThrow('no order 1');
	});

	it('never gives an id twice', async () => {
		panel.seedOrders(1, { order: '23501' });
		expect(await place(panel)).toBe('23502');
		expect(panel.seedOrders(2)).toStrictEqual(['23503', '23504']);
	});

	it('knows how many requests were in flight at once', async () => {
		const slow = await startSandboxPanel({ latencyMs: 50 });
		await Promise.all([1, 2, 3].map(async () => await ask(slow, { action: 'balance' })));
		await ask(slow, { action: 'balance' });
		expect(slow.peakParallel).toBe(3);
		await slow.close();
	});

	it('takes requests that are sent at once in any order where it is told to', async () => {
		const shaken = await startSandboxPanel({ jitterMs: 20 });
		const sent = Array.from({ length: 20 }, (_, place) => String(place));
		await Promise.all(sent.map(async (place) => await ask(shaken, { action: 'balance', place })));
		const arrived = shaken.requests.map(({ form }) => form.place);
		expect(arrived).not.toEqual(sent);
		expect(new Set(arrived)).toEqual(new Set(sent));
		await shaken.close();
	});

	it('closes with requests still open, and acts on none of them any more', async () => {
		const slow = await startSandboxPanel({ latencyMs: 50 });
		const left = place(slow).catch((error: Error) => error);
		while (slow.requests.length === 0) await new Promise(setImmediate);
		await slow.close();
		expect(await left).toBeInstanceOf(Error);
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(slow.orders.size).toBe(0);
	});

	it('refuses requests that come too fast and says when to come back', async () => {
		const strict = await startSandboxPanel({ requestsPerSecond: 2 });
		await ask(strict, { action: 'balance' });
		await ask(strict, { action: 'balance' });
		const tooMany = await ask(strict, { action: 'balance' });
		expect(tooMany).toMatchObject({ status: 429, json: { error: 'Too many requests' } });
		expect(tooMany.headers['retry-after']).toBe('1');
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 1000);
		expect((await ask(strict, { action: 'balance' })).status).toBe(200);
		expect((await ask(strict, { action: 'balance' })).status).toBe(200);
		expect((await ask(strict, { action: 'balance' })).status).toBe(429);
		jest.restoreAllMocks();
		await strict.close();
	});
});
