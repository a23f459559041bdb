import type { N8nClient } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { example, withParameters } from './exampleFiles.mts';
import { Form } from './form.mts';

jest.setTimeout(180_000);

let panel: SandboxPanel;
let n8n: N8n;
let client: N8nClient;

beforeAll(async () => {
	panel = await startSandboxPanel();
	n8n = await startN8n({ name: 'examples-mass-order' });
	client = n8n.client;
	await client.createCredential({
		name: 'Sandbox panel',
		type: 'smmPanelApi',
		data: { url: panel.url, apiKey: panel.apiKey },
	});
	// Open to everybody: the login that the example asks for wants a browser.
	const { id } = await client.importWorkflow(
		withParameters(example('mass-order-text'), { 'Order form': { authentication: 'none' } }),
	);
	expect(await client.activate(id)).toMatchObject({ status: 'published' });
});

afterAll(async () => {
	await n8n?.stop();
	await panel?.close();
});

beforeEach(() => panel.reset());

const LINES = `102 | https://www.instagram.com/p/one | 1000

103 | https://www.instagram.com/p/two | 5000
102|https://www.instagram.com/p/three|2000`;

async function enter(orders: string): Promise<[Form, string]> {
	const form = await Form.open(n8n, 'smm-mass-order');
	return [form, await form.submit({ orders })];
}

describe('mass-order-text', () => {
	it('says line by line what is wrong, and orders nothing', async () => {
		const [, page] = await enter(
			`${LINES}\n102 | https://www.instagram.com/p/four | 5\n999999 | https://www.instagram.com/p/five | 100\n102 https://www.instagram.com/p/six 1000\n102 | | 1000`,
		);
		expect(page).toContain('Nothing was ordered');
		expect(page).toContain('Line 5: Quantity is 5, but the minimum for service 102 is 10');
		expect(page).toMatch(/Line 6: .*999999/);
		expect(page).toContain('Line 7: Write it as service | link | quantity');
		expect(page).toContain('Line 8: Write it as service | link | quantity');
		expect(page).not.toMatch(/Line [1-4]:/);
		// What was entered can be copied from there.
		for (const line of LINES.split('\n')) expect(page).toContain(line);
		expect(panel.requestsFor('add')).toEqual([]);
	});

	it('shows the total, and orders only after a Yes', async () => {
		const [declined, question] = await enter(LINES);
		expect(question).toContain('3 orders cost 3.85 USD');
		expect(await declined.submit({ answer: 'No' })).toContain('Nothing was ordered');
		expect(panel.requestsFor('add')).toEqual([]);

		const [agreed] = await enter(LINES);
		const done = await agreed.submit({ answer: 'Yes, order now' });
		expect(done).toContain('3 of 3 orders are placed');
		const ordered = [...panel.orders.values()].map(({ link, quantity }) => `${link} ${quantity}`);
		expect(ordered.sort()).toEqual([
			'https://www.instagram.com/p/one 1000',
			'https://www.instagram.com/p/three 2000',
			'https://www.instagram.com/p/two 5000',
		]);
		for (const order of panel.orders.keys()) expect(done).toContain(`order ${order}`);
	});

	it('says which lines are for the same target', async () => {
		const [, question] = await enter(`${LINES}\n102 | https://www.instagram.com/p/one | 500`);
		expect(question).toContain('(service and link as in line 1)');
		expect(question.match(/as in line/g)).toHaveLength(1);
	});

	it('names the lines that were refused or whose outcome is unknown, and orders the others', async () => {
		panel.misbehave({
			on: 'add',
			when: ({ link }) => link?.endsWith('one') ?? false,
			does: { kind: 'refuse', error: 'Incorrect link <b>one</b>' },
		});
		panel.misbehave({
			on: 'add',
			when: ({ link }) => link?.endsWith('two') ?? false,
			does: { kind: 'dropAfter' },
		});
		const [form] = await enter(LINES);
		const done = await form.submit({ answer: 'Yes, order now' });
		expect(done).toContain('1 of 3 orders are placed');
		// The page of a form renders HTML: what a panel says must not be.
		expect(done).toMatch(/Line 1: Incorrect link &lt;b&gt;one&lt;\/b&gt;\n/);
		expect(done).toContain('Line 3: Outcome unknown');
		expect(panel.requestsFor('add')).toHaveLength(3);
	});

	it('orders each line once when Yes is sent twice at the same time', async () => {
		const [form] = await enter(LINES);
		const yes = { answer: 'Yes, order now' };
		await Promise.allSettled([form.submit(yes), form.submit(yes)]);
		// Several are under way at a time.
		const ordered = [...panel.orders.values()].map(({ link }) => link.split('/').at(-1));
		expect(ordered.sort()).toEqual(['one', 'three', 'two']);
	});

	it('orders nothing that became dearer than what was shown', async () => {
		const [form] = await enter(LINES);
		const service = panel.services.find((row) => row.service === 102);
		if (service) service.rate = 2;
		const done = await form.submit({ answer: 'Yes, order now' });
		expect(done).toContain('1 of 3 orders are placed');
		expect(done).toContain('Maximum Cost');
		expect([...panel.orders.values()].map(({ link }) => link)).toEqual([
			'https://www.instagram.com/p/two',
		]);
	});

	it('says how to write a line where there is none', async () => {
		const [, page] = await enter(' \n ');
		expect(page).toContain('Line 1: Write it as service | link | quantity');
	});

	it('says so when the panel cannot be asked', async () => {
		panel.misbehave({ on: 'services', times: Infinity, does: { kind: 'html' } });
		const [, page] = await enter('102 | https://www.instagram.com/p/one | 1000');
		expect(page).toContain('Nothing was ordered');
		expect(page).toContain('web page');
	});
});
