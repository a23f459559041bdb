import { randomUUID } from 'node:crypto';

import type { N8nClient } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { addRows, example, withParameters } from './exampleFiles.mts';

jest.setTimeout(180_000);

const TABLE = 'Orders of customers';

let panel: SandboxPanel;
let n8n: N8n;
let client: N8nClient;
let address: string;

beforeAll(async () => {
	panel = await startSandboxPanel();
	n8n = await startN8n({ name: 'examples-chat' });
	client = n8n.client;
	await client.createCredential({
		name: 'Sandbox panel',
		type: 'smmPanelApi',
		data: { url: panel.url, apiKey: panel.apiKey },
	});
	const original = withParameters(example('chat-orders'), { Chat: { public: true } });
	const { id } = await client.importWorkflow(original);
	expect((await client.runWorkflow(id, { trigger: 'Create once' })).error).toBeUndefined();
	expect(await client.activate(id)).toMatchObject({ status: 'published' });
	const chat = original.nodes.find(({ name }) => name === 'Chat');
	address = `${n8n.url}/webhook/${chat?.webhookId ?? ''}/chat`;
});

afterAll(async () => {
	await n8n?.stop();
	await panel?.close();
});

beforeEach(() => panel.reset());

/** A customer in a chat, who has these orders. */
async function customerWith(...orders: string[]) {
	const customer = randomUUID();
	if (orders.length > 0) {
		await addRows(
			client,
			TABLE,
			orders.map((order) => ({ customer, order })),
		);
	}
	return async (chatInput: string): Promise<string> => {
		const response = await fetch(address, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId: customer, chatInput }),
		});
		return ((await response.json()) as { output: string }).output;
	};
}

describe('chat-orders', () => {
	it('answers the status of an order of theirs in a sentence', async () => {
		const [order = ''] = panel.seedOrders(1, { order: '41001', quantity: 1000 });
		const say = await customerWith(order);
		panel.setOrder(order, { status: 'In progress', remains: 400 });
		expect(await say(`status ${order}`)).toBe(
			`Order ${order}: In progress. Still to deliver: 400.`,
		);
		panel.setOrder(order, { status: 'Completed' });
		expect(await say(`  STATUS   #${order} `)).toBe(`Order ${order}: Completed.`);
	});

	it('requests a refill, and a cancellation', async () => {
		const [dropped = ''] = panel.seedOrders(1, {
			order: '42001',
			service: '101',
			status: 'Completed',
		});
		const [open = ''] = panel.seedOrders(1, { order: '42002', service: '101' });
		const say = await customerWith(dropped, open);
		expect(await say(`refill ${dropped}`)).toBe(`A refill of order ${dropped} is requested.`);
		expect([...panel.refills.values()].map(({ order }) => order)).toEqual([dropped]);
		expect(await say(`cancel ${open}`)).toMatch(/^The cancellation of order 42002 is requested/);
		expect(panel.orders.get(open)?.cancelRequestedAt).toBeDefined();
	});

	it("passes on the panel's refusal", async () => {
		const [order = ''] = panel.seedOrders(1, { order: '43001', service: '102' });
		const say = await customerWith(order, '43999');
		expect(await say(`refill ${order}`)).toMatch(/^Order 43001: \w.*\.$/);
		expect(await say('status 43999')).toBe('Order 43999: Incorrect order ID.');
	});

	it.each(['refill', 'cancel'])('says so when the outcome of a %s is unknown', async (action) => {
		const [order = ''] = panel.seedOrders(1, { order: '45001', service: '101' });
		if (action === 'refill') panel.setOrder(order, { status: 'Completed' });
		panel.misbehave({ on: action, does: { kind: 'dropAfter' } });
		const say = await customerWith(order);
		expect(await say(`${action} ${order}`)).toMatch(/^Order 45001: Outcome unknown/);
		expect(panel.requestsFor(action)).toHaveLength(1);
	});

	it('requests one refill when the message comes twice at the same time', async () => {
		const [order = ''] = panel.seedOrders(1, {
			order: '46001',
			service: '101',
			status: 'Completed',
		});
		const say = await customerWith(order);
		const answers = await Promise.all([1, 2].map(async () => await say(`refill ${order}`)));
		expect(panel.refills.size).toBe(1);
		expect(answers).toContain(`A refill of order ${order} is requested.`);
	});

	it.each(['status 44001', 'cancel 44001', 'refill 44001', 'cancel 44002,44001', 'cancel 44001\n'])(
		'does nothing with an order of somebody else: %j',
		async (message) => {
			panel.seedOrders(2, { order: '44001' });
			await customerWith('44001');
			const stranger = await customerWith('44002');
			expect(await stranger(message)).toMatch(/^I don't know an order .* of yours\.$/);
			expect(panel.requests).toEqual([]);
		},
	);

	it('explains itself when it is not understood, and knows no order where the table is empty', async () => {
		const say = await customerWith();
		for (const message of ['hello', 'status', 'order 5', ' ']) {
			expect(await say(message)).toMatch(/^Write status, refill, or cancel/);
		}
		expect(await say('status 23501')).toBe("I don't know an order 23501 of yours.");
		expect(panel.requests).toEqual([]);
	});
});
