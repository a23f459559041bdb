import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { request } from 'undici';
import { readCommandLine } from '../../sandbox/commandLine.mts';
import { ask, place, post } from '../../support/sandboxClient.mts';
import { panelForTests } from '../../support/panelForTests.mts';

describe('the page', () => {
	const panel = panelForTests();

	const state = async () =>
		(await (await request(`${panel.pageUrl}page/state`)).body.json()) as any;
	const change = async (name: string, wish: unknown) =>
		await post(`${panel.pageUrl}page/${name}`, JSON.stringify(wish), 'application/json');
	const misbehave = async (wish: unknown) =>
		await post(`${panel.pageUrl}page/misbehave`, JSON.stringify(wish), 'application/json');

	it('is one document that needs nothing from elsewhere', async () => {
		const { headers, body } = await request(panel.pageUrl);
		expect(headers['content-security-policy']).toContain("default-src 'none'");
		const html = await body.text();
		expect(html).toContain('<title>Sandbox panel</title>');
		expect(html).not.toMatch(/(src|href)="(?!data:)|innerHTML|https?:\/\//);
	});

	it('shows balance, key, orders and refills, the newest first', async () => {
		await place(panel);
		const [done] = panel.seedOrders(1, { status: 'Completed', link: '<b>' });
		await ask(panel, { action: 'refill', order: done! });
		expect(await state()).toMatchObject({
			dialect: 'seed',
			apiKey: panel.apiKey,
			balance: 75,
			currency: 'USD',
			orders: [
				{ order: '23502', link: '<b>', state: 'completed' },
				{ order: '23501', service: '101 Real & Active Followers', status: 'Pending', remains: 100 },
			],
			refills: [{ refill: '12345', order: '23502', status: 'Pending' }],
		});
	});

	it('is no API request', async () => {
		await request(panel.pageUrl);
		await state();
		expect(panel.requests).toHaveLength(0);
		expect(panel.peakParallel).toBe(0);
	});

	it('has buttons that spoil the next request', async () => {
		const add = { action: 'add', service: '101', link: 'x', quantity: '100' };
		await misbehave({ kind: 'badGateway', on: 'add' });
		expect((await state()).faultsWaiting).toBe(1);
		expect((await ask(panel, { action: 'balance' })).status).toBe(200);
		expect((await ask(panel, add)).status).toBe(502);
		await misbehave({ kind: 'tooManyRequests', on: '' });
		expect((await ask(panel, { action: 'balance' })).status).toBe(429);
		await misbehave({ kind: 'html' });
		expect((await ask(panel, add)).text).toContain('Just a moment');
		await misbehave({ kind: 'dropAfter' });
		await expect(ask(panel, add)).rejects.toThrow();
		expect(panel.orders.size).toBe(1);
	});

	it('changes a state, a price and the balance', async () => {
		const [order = ''] = panel.seedOrders(1, { quantity: 100 });
		expect((await change('order', { order, state: 'inProgress' })).status).toBe(200);
		expect(panel.orders.get(order)).toMatchObject({ status: 'In progress', held: true });
		await change('order', { order, state: 'byItself' });
		expect(panel.orders.get(order)?.held).toBe(false);
		await change('price', { service: '102', rate: '0.95' });
		expect(panel.services.find(({ service }) => service === 102)?.rate).toBe(0.95);
		await change('balance', { amount: '0' });
		expect(panel.balance).toBe(0);
	});

	it.each([
		['order', { order: '1', state: 'completed' }, 'There is no order 1'],
		['price', { service: '1', rate: '1' }, 'There is no service 1'],
		['price', { service: '102', rate: '1,5' }, 'The price must be a number such as 2 or 0.95'],
		['balance', { amount: '' }, 'The balance must be a number such as 20 or 20.5'],
		['balance', null, 'The balance must be a number such as 20 or 20.5'],
	])('says what is wrong with a change: %s %p', async (name, wish, error) => {
		const { status, json } = await change(name, wish);
		expect([status, json]).toEqual([400, { error }]);
		expect(panel.balance).toBe(100);
	});

	it('refuses wishes that no button makes', async () => {
		expect((await misbehave({ kind: 'toString' })).status).toBe(400);
		expect((await misbehave(null)).status).toBe(400);
		const form = await post(`${panel.pageUrl}page/misbehave`, '{"kind":"html"}', 'text/plain');
		expect(form.status).toBe(400);
		expect((await state()).faultsWaiting).toBe(0);
	});

	it('does not answer where there is nothing', async () => {
		expect((await post(`${panel.pageUrl}api/v1`, '')).status).toBe(404);
		expect(panel.requests.map(({ path: asked }) => asked)).toStrictEqual(['/api/v1']);
	});
});

describe('the command line', () => {
	it('lets orders live for 25 seconds unless told otherwise', () => {
		expect(readCommandLine([]).panel).toMatchObject({
			dialect: 'seed',
			port: 0,
			orderLife: { pendingMs: 5_000, deliveryMs: 20_000 },
		});
		expect(readCommandLine(['--speed', '10', '--pending-seconds=1']).panel.orderLife).toStrictEqual(
			{ pendingMs: 100, deliveryMs: 2_000 },
		);
		expect(readCommandLine(['--still']).panel.orderLife).toBe('still');
	});

	it('says which flag is wrong', () => {
		expect(() => readCommandLine(['--dialect', 'klingon'])).toThrow('perfectPanel');
		expect(() => readCommandLine(['--port', 'x'])).toThrow('--port wants a number');
		expect(() => readCommandLine(['--speed', '0'])).toThrow('above 0');
		expect(() => readCommandLine(['--unknown'])).toThrow('--unknown');
	});

	it('starts a panel, prints where it is, and stops when asked to', async () => {
		const main = path.resolve('test/sandbox/main.mts');
		const panel = spawn(process.execPath, [main, '--json', '--dialect', 'smartPanel'], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const [line] = (await once(panel.stdout, 'data')) as [Buffer];
		const { url, apiKey } = JSON.parse(line.toString());
		const { json } = await post(url, `key=${apiKey}&action=balance`);
		expect(json).toMatchObject({ status: 'success', balance: '100.00000' });
		panel.kill('SIGTERM');
		expect(await once(panel, 'exit')).toStrictEqual([0, null]);
	});
});
