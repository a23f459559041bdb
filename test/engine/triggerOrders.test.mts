import { events } from '../../nodes/SmmPanelTrigger/events/index.ts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import { engineKinds, TriggerEngine, type TriggerSetup } from './triggerEngines.mts';
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

function seedIds(count: number): [string, ...string[]] {
	return panel.seedOrders(count) as [string, ...string[]];
}

/** What fired, as "order: from > to". */
function moves(engine: TriggerEngine): string[] {
	return engine.items.map((item) => `${item.order}: ${item.previousState} > ${item.state}`);
}

describe.each(engineKinds)('Order Status Changed in the %s engine', (kind) => {
	it('only notes how things stand at first', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order }, { kind });
		await engine.activate();
		await engine.tick();
		expect(engine.executions).toEqual([]);
	});

	it('fires once for a change, with the status before and after', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order }, { kind });
		await engine.activate();
		panel.setOrder(order, { status: 'Completed', startCount: 5 });
		await engine.tick();
		await engine.tick();
		const item = {
			event: 'orderStatusChanged',
			order,
			status: 'Completed',
			state: 'completed',
			isFinal: true,
			previousStatus: 'Pending',
			previousState: 'pending',
			charge: expect.any(Number),
			currency: 'USD',
			startCount: 5,
			remains: 0,
		};
		expect(engine.executions).toEqual([[item]]);
		expect(events.orderStatusChanged?.output.safeParse(engine.items[0]).success).toBe(true);
	});

	it('fires once for two changes between polls, and not for a change back and forth', async () => {
		const [twice, back] = seedIds(2);
		const engine = engineFor({ orderIds: `${twice}, ${back}` }, { kind });
		await engine.activate();
		for (const status of ['Processing', 'In progress']) panel.setOrder(twice, { status });
		for (const status of ['Processing', 'Pending']) panel.setOrder(back as string, { status });
		await engine.tick();
		expect(moves(engine)).toEqual([`${twice}: pending > inProgress`]);
	});

	it('puts all changes of a poll into one execution, in the order of the list', async () => {
		const ids = seedIds(3);
		const engine = engineFor({ orderIds: [...ids].reverse() as never }, { kind });
		await engine.activate();
		for (const id of ids) panel.setOrder(id, { status: 'Completed' });
		await engine.tick();
		expect(engine.executions).toHaveLength(1);
		expect(engine.items.map(({ order }) => order)).toEqual([...ids].reverse());
	});

	it('delivers what changed while n8n was killed, exactly once', async () => {
		const ids = seedIds(3);
		const engine = engineFor({ orderIds: ids.join() }, { kind });
		await engine.activate();
		panel.setOrder(ids[0], { status: 'Processing' });
		await engine.tick();
		panel.setOrder(ids[0], { status: 'Completed' });
		panel.setOrder(ids[1] as string, { status: 'Partial' });
		await engine.restart();
		await engine.tick();
		await engine.tick();
		expect(moves(engine)).toEqual([
			`${ids[0]}: pending > processing`,
			`${ids[0]}: processing > completed`,
			`${ids[1]}: pending > partial`,
		]);
	});

	it('lives on when n8n starts while the panel is down, and delivers when it is back', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order }, { kind });
		await engine.activate();
		await engine.tick();
		panel.setOrder(order, { status: 'Completed' });
		const reachable = { ...engine.credentials.smmPanelApi };
		engine.credentials.smmPanelApi = { ...reachable, url: 'http://127.0.0.1:9/api/v2' };
		await engine.restart();
		await engine.tick();
		expect(engine.executions).toEqual([]);
		engine.credentials.smmPanelApi = reachable;
		await engine.tick();
		await engine.tick();
		expect(moves(engine)).toEqual([`${order}: pending > completed`]);
	});

	it('marks the state again with every emission, so that older memories can be recognised', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order }, { kind });
		const since = () => (engine.saved.orders as { since: number }).since;
		await engine.activate();
		await engine.tick();
		panel.setOrder(order, { status: 'Processing' });
		await engine.tick();
		const first = since();
		panel.setOrder(order, { status: 'Completed' });
		await engine.tick();
		expect(since()).toBeGreaterThan(first);
	});

	it('keeps a change over several polls without a panel', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order }, { kind });
		await engine.activate();
		panel.setOrder(order, { status: 'Completed' });
		panel.misbehave({ times: 3, does: { kind: 'html' } });
		for (let poll = 0; poll < 3; poll++) await engine.tick();
		expect(engine.executions).toEqual([]);
		expect(engine.errors).toHaveLength(3);
		await engine.tick();
		expect(moves(engine)).toEqual([`${order}: pending > completed`]);
	});

	it('watches an order that is added to the list from then on', async () => {
		const [first, added] = seedIds(2);
		const engine = engineFor({ orderIds: first }, { kind });
		await engine.activate();
		await engine.edit({ ...engine.parameters, orderIds: `${first} ${added}` });
		await engine.tick();
		expect(engine.items).toEqual([]);
		panel.setOrder(added as string, { status: 'Completed' });
		await engine.tick();
		await engine.tick();
		expect(moves(engine)).toEqual([`${added}: pending > completed`]);
	});

	it('goes on as usual when the clock of the machine is set back', async () => {
		const [first, added] = seedIds(2);
		const engine = engineFor({ orderIds: first }, { kind });
		await engine.activate();
		await engine.tick();
		const now = Date.now.bind(Date);
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
		try {
			await engine.edit({ ...engine.parameters, orderIds: `${first} ${added}` });
			await engine.tick();
			for (const id of [first, added as string]) panel.setOrder(id, { status: 'Processing' });
			await engine.tick();
			panel.setOrder(first, { status: 'Completed' });
			await engine.tick();
			await engine.tick();
		} finally {
			clock.mockRestore();
		}
		expect(moves(engine)).toEqual([
			`${first}: pending > processing`,
			`${added}: pending > processing`,
			`${first}: processing > completed`,
		]);
	});

	it('refuses an activation with nothing but IDs that the panel does not know, and no later poll', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: '98 99' }, { kind });
		for (let attempt = 0; attempt < 2; attempt++) {
			await expect(engine.activate()).rejects.toThrow('Incorrect order ID');
		}
		engine.parameters = { ...engine.parameters, orderIds: `${order} 99` };
		await engine.activate();
		await engine.edit({ ...engine.parameters, orderIds: '98 99' });
		for (let poll = 0; poll < 3; poll++) await engine.tick();
		await engine.restart();
		await engine.tick();
		expect(engine.errors).toEqual([]);
	});

	it('delivers what changes while the list is edited', async () => {
		const [stays, added] = seedIds(2);
		const engine = engineFor({ orderIds: stays }, { kind });
		await engine.activate();
		panel.setOrder(stays, { status: 'Completed' });
		await engine.edit({ ...engine.parameters, orderIds: `${stays} ${added}` });
		await engine.tick();
		await engine.tick();
		expect(moves(engine)).toEqual([`${stays}: pending > completed`]);
	});

	it('remembers an order that is taken off the list, and fires for what changed when it comes back', async () => {
		const [stays, goes] = seedIds(2);
		const engine = engineFor({ orderIds: `${stays} ${goes}` }, { kind });
		await engine.activate();
		await engine.edit({ ...engine.parameters, orderIds: stays });
		await engine.tick();
		panel.setOrder(goes as string, { status: 'Completed' });
		panel.forgetRequests();
		await engine.tick();
		expect(panel.requests.map(({ form }) => form.order)).toEqual([stays]);
		await engine.edit({ ...engine.parameters, orderIds: `${stays} ${goes}` });
		await engine.tick();
		await engine.tick();
		expect(moves(engine)).toEqual([`${goes}: pending > completed`]);
	});

	it('fires for the first sight too when asked to, with nothing before', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order, options: { emitFirst: true } }, { kind });
		await engine.activate();
		await engine.tick();
		expect(engine.items).toMatchObject([{ order, previousStatus: null, previousState: null }]);
		expect(engine.items).toHaveLength(1);
	});

	it('delivers the others when one of three calls fails in every poll', async () => {
		const ids = seedIds(250);
		const engine = engineFor({ orderIds: ids.join() }, { kind });
		await engine.activate();
		panel.misbehave({
			on: 'status',
			when: ({ orders = '' }) => orders.split(',').includes(ids[120] as string),
			times: Infinity,
			does: { kind: 'status', status: 500 },
		});
		for (const id of [ids[0], ids[249] as string]) panel.setOrder(id, { status: 'Completed' });
		await engine.tick();
		await engine.tick();
		expect(moves(engine)).toEqual([
			`${ids[0]}: pending > completed`,
			`${ids[249]}: pending > completed`,
		]);
		expect(engine.errors).toEqual([]);
	});

	it('starts again on another panel, and goes on when only the key was renewed', async () => {
		const [order] = seedIds(1);
		const other = await startSandboxPanel({ apiKey: 'another-panel-key' });
		other.seedOrders(1, { order, status: 'Completed' });
		const engine = engineFor({ orderIds: order }, { kind });
		await engine.activate();
		engine.credentials.smmPanelApi = { url: other.url, apiKey: 'another-panel-key' };
		await engine.edit(engine.parameters);
		await engine.tick();
		expect(engine.executions).toEqual([]);
		other.setOrder(order, { status: 'Refunded' });
		await engine.tick();
		expect(engine.executions).toEqual([]);
		await other.close();
	});
});

describe('Order Status Changed', () => {
	it('fires only for the chosen states, with the state that came right before', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order, states: ['completed', 'partial'] });
		await engine.activate();
		panel.setOrder(order, { status: 'In progress' });
		await engine.tick();
		panel.setOrder(order, { status: 'Completed' });
		await engine.tick();
		expect(moves(engine)).toEqual([`${order}: inProgress > completed`]);
	});

	it('asks no more about finished orders', async () => {
		const ids = seedIds(3);
		const engine = engineFor({ orderIds: ids.join() });
		await engine.activate();
		panel.setOrder(ids[0], { status: 'Completed' });
		panel.setOrder(ids[1] as string, { status: 'Cancelled' });
		await engine.tick();
		panel.forgetRequests();
		await engine.tick();
		expect(panel.requests.map(({ form }) => form.order)).toEqual([ids[2]]);
	});

	it('makes no call at all when every order is finished', async () => {
		const [order] = panel.seedOrders(1, { status: 'Completed' });
		const engine = engineFor({ orderIds: order });
		await engine.activate();
		panel.forgetRequests();
		await engine.tick();
		expect(panel.requests).toEqual([]);
	});

	it('goes on asking about finished orders when asked to, and fires when they move again', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order, options: { keepFinal: true } });
		await engine.activate();
		for (const status of ['Completed', 'In progress', 'Completed']) {
			panel.setOrder(order, { status });
			await engine.tick();
		}
		expect(moves(engine)).toEqual([
			`${order}: pending > completed`,
			`${order}: completed > inProgress`,
			`${order}: inProgress > completed`,
		]);
	});

	it('fires for what remains when asked to', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order, options: { remainsChanges: true } });
		await engine.activate();
		panel.setOrder(order, { remains: 900 });
		await engine.tick();
		await engine.tick();
		panel.setOrder(order, { remains: 'Unknown' as never });
		await engine.tick();
		panel.setOrder(order, { remains: 900 });
		await engine.tick();
		expect(engine.items).toMatchObject([
			{ remains: 900, state: 'pending', previousState: 'pending' },
		]);
		expect(engine.items).toHaveLength(1);
	});

	it('is not moved by what remains unless asked to', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order });
		await engine.activate();
		panel.setOrder(order, { remains: 900 });
		await engine.tick();
		expect(engine.executions).toEqual([]);
	});

	it('takes a word it never saw for a state of its own, and never for an end', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order });
		await engine.activate();
		for (const status of ['Под вопросом', 'Готово', 'готово ', 'Completed']) {
			panel.setOrder(order, { status });
			await engine.tick();
		}
		expect(engine.items.map(({ status, isFinal }) => [status, isFinal])).toEqual([
			['Под вопросом', false],
			['Готово', false],
			['Completed', true],
		]);
	});

	it('takes another spelling of the same state for no change', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order, options: { keepFinal: true } });
		panel.setOrder(order, { status: 'Canceled' });
		await engine.activate();
		panel.setOrder(order, { status: 'cancelled' });
		await engine.tick();
		expect(engine.executions).toEqual([]);
	});

	it('keeps what is known of an order that an answer leaves out', async () => {
		const ids = seedIds(2);
		const engine = engineFor({ orderIds: ids.join() });
		await engine.activate();
		panel.setOrder(ids[1] as string, { status: 'Completed' });
		panel.misbehave({ times: 2, does: { kind: 'leaveOut', ids: [ids[1] as string] } });
		await engine.tick();
		await engine.tick();
		expect(engine.executions).toEqual([]);
		await engine.tick();
		expect(moves(engine)).toEqual([`${ids[1]}: pending > completed`]);
		expect(engine.log.filter((line) => line.includes('no answer for'))).toHaveLength(1);
	});

	it('logs once an ID that the panel does not know, and watches the others', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: `${order}, 99` });
		await engine.activate();
		await engine.tick();
		panel.setOrder(order, { status: 'Completed' });
		await engine.tick();
		expect(engine.log).toEqual([expect.stringMatching(/order 99\b.*Incorrect order ID/)]);
		expect(moves(engine)).toEqual([`${order}: pending > completed`]);
	});

	it('does nothing while the poll before still runs', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order });
		await engine.activate();
		panel.setOrder(order, { status: 'Completed' });
		panel.misbehave({ does: { kind: 'delay', milliseconds: 300 } });
		panel.forgetRequests();
		await Promise.all([engine.tick(), engine.tick(), engine.tick()]);
		expect(panel.requests).toHaveLength(1);
		expect(moves(engine)).toEqual([`${order}: pending > completed`]);
	});

	it('goes on with a renewed key, and starts again from a state it cannot read', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order });
		await engine.activate();
		for (const broken of [
			42,
			'x',
			{ version: 3 },
			{ version: 1, content: { statuses: 'Pending' } },
		]) {
			engine.saved = { orders: broken };
			await engine.restart();
			panel.setOrder(order, {
				status: panel.orders.get(order)?.status === 'Pending' ? 'Processing' : 'Pending',
			});
			await engine.tick();
		}
		expect(engine.executions).toHaveLength(4);
		expect(engine.errors).toEqual([]);
	});

	it.each([
		['beforeEmission', 1],
		['beforeSaving', 2],
	] as const)('is output when n8n dies %s: %i times', async (killAt, times) => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order });
		await engine.activate();
		panel.setOrder(order, { status: 'Completed' });
		engine.killAt = killAt;
		await engine.tick();
		await engine.restart();
		await engine.tick();
		expect(moves(engine)).toEqual(Array(times).fill(`${order}: pending > completed`));
	});
});

describe('activating', () => {
	it("fails with the panel's words when the key is wrong", async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order });
		engine.credentials.smmPanelApi = { url: panel.url, apiKey: 'not the key' };
		await expect(engine.activate()).rejects.toThrow(/invalid api key/i);
	});

	it("fails with the panel's words when it knows none of the IDs", async () => {
		await expect(engineFor({ orderIds: '1, 2' }).activate()).rejects.toThrow('Incorrect order ID');
	});

	it('fails when the panel is down, and names the way out', async () => {
		const engine = engineFor({ orderIds: '1' });
		engine.credentials.smmPanelApi = { url: 'http://127.0.0.1:9/api/v2', apiKey: 'a key' };
		await expect(engine.activate()).rejects.toMatchObject({
			name: 'NodeApiError',
			message: 'The panel cannot be reached',
			description: expect.stringContaining('Check the URL'),
		});
	});

	it('fails when the list is empty', async () => {
		await expect(engineFor({ orderIds: ' ' }).activate()).rejects.toThrow(
			'Order IDs is empty: enter at least one ID',
		);
	});

	it('never fails when n8n itself starts: it logs instead', async () => {
		const engine = engineFor({ orderIds: '1' });
		engine.credentials.smmPanelApi = { url: panel.url, apiKey: 'not the key' };
		for (const mode of ['init', 'leadershipChange'] as const) await engine.activate(mode);
		expect(engine.log).toHaveLength(2);
		delete engine.credentials.smmPanelApi;
		await engine.activate('init');
		expect(engine.log).toHaveLength(3);
	});
});

describe('failing polls', () => {
	it('report a rate limit in the way n8n can wait for', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order });
		await engine.activate();
		panel.misbehave({
			times: Infinity,
			does: { kind: 'status', status: 429, headers: { 'retry-after': '90' } },
		});
		await engine.tick();
		expect(engine.errors).toMatchObject([
			{
				name: 'NodeApiError',
				httpCode: '429',
				failure: { cause: 'rate-limited', retryAfterMs: 90_000 },
			},
		]);
	});

	it.each([
		[{ kind: 'html', status: 403 } as const, 'temporarily-unavailable'],
		[{ kind: 'dropBefore' } as const, 'temporarily-unavailable'],
		[{ kind: 'refuse', error: 'Invalid API key', status: 401 } as const, undefined],
	])('let n8n know whether the next poll can help: %j', async (does, cause) => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order });
		await engine.activate();
		panel.misbehave({ times: Infinity, does });
		await engine.tick();
		const [error] = engine.errors as Array<{ failure?: { cause: string } }>;
		expect(error?.failure?.cause).toBe(cause);
	});

	it('never show the API key', async () => {
		const [order] = seedIds(1);
		const engine = engineFor({ orderIds: order });
		await engine.activate();
		for (const kind of ['echoKey', 'html', 'dropBefore', 'cutJson'] as const) {
			panel.misbehave({ times: 3, does: { kind } });
			await engine.tick();
		}
		expect(engine.errors.length).toBeGreaterThan(1);
		const all = JSON.stringify([engine.errors, engine.log, engine.items, engine.saved]);
		expect(all).not.toContain(panel.apiKey);
	});
});

describe('Fetch test event', () => {
	it('shows real present states and leaves no trace', async () => {
		const ids = seedIds(5);
		const engine = engineFor({ orderIds: ids.join() });
		const items = await engine.fetchTestEvent();
		expect(items).toMatchObject([
			{ order: ids[0], state: 'pending', previousState: null },
			{ order: ids[1] },
			{ order: ids[2] },
		]);
		expect(items).toHaveLength(3);
		expect(panel.requests).toHaveLength(1);
	});

	it('goes on to later orders when the panel knows no more of the first ones', async () => {
		const forgotten = Array.from({ length: 250 }, (_, index) => String(index + 1));
		const ids = seedIds(200);
		const engine = engineFor({ orderIds: [...forgotten, ...ids].join() });
		const items = await engine.fetchTestEvent();
		expect(items.map(({ order }) => order)).toEqual(ids.slice(0, 3));
		expect(panel.requests).toHaveLength(3);
	});

	it('shows what it found when the rest of the list is unknown', async () => {
		const forgotten = Array.from({ length: 250 }, (_, index) => String(index + 1));
		const [order] = seedIds(1);
		const items = await engineFor({ orderIds: [...forgotten, order].join() }).fetchTestEvent();
		expect(items).toMatchObject([{ order, state: 'pending' }]);
	});

	it('asks no further when the panel is in trouble', async () => {
		const engine = engineFor({ orderIds: seedIds(500).join() });
		engine.credentials.smmPanelApi = { url: panel.url, apiKey: 'not the key' };
		await expect(engine.fetchTestEvent()).rejects.toThrow(/invalid api key/i);
		expect(panel.requests).toHaveLength(1);
	});

	it("says in the panel's words why there is none", async () => {
		await expect(engineFor({ orderIds: '1, 2' }).fetchTestEvent()).rejects.toThrow(
			'Incorrect order ID',
		);
	});
});
