import type { N8nClient } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { example } from './exampleFiles.mts';
import { McpClient } from './mcpClient.mts';

jest.setTimeout(180_000);

const API_KEY = 'the-key-of-the-panel';
const TOKEN = 'the-token-of-the-clients';

let panel: SandboxPanel;
let n8n: N8n;
let client: N8nClient;
let mcp: McpClient;

beforeAll(async () => {
	panel = await startSandboxPanel({ apiKey: API_KEY });
	n8n = await startN8n({ name: 'examples-mcp' });
	client = n8n.client;
	await client.createCredential({
		name: 'Sandbox panel',
		type: 'smmPanelApi',
		data: { url: panel.url, apiKey: panel.apiKey },
	});
	await client.createCredential({
		name: 'MCP clients',
		type: 'httpBearerAuth',
		data: { token: TOKEN },
	});
	const { id } = await client.importWorkflow(example('mcp-server'));
	expect(await client.activate(id)).toMatchObject({ status: 'published' });
	mcp = await McpClient.connect(`${n8n.url}/mcp/smm-panel`, TOKEN);
});

afterAll(async () => {
	await mcp?.close();
	await n8n?.stop();
	await panel?.close();
});

beforeEach(() => panel.reset());

const order = (reference: string, quantity = 1000) => ({
	Service: '102',
	Link: `https://www.instagram.com/p/${reference}`,
	Quantity: quantity,
	Order_reference: reference,
});

describe('mcp-server', () => {
	it('offers its tools to those who have the token, and to nobody else', async () => {
		expect(await mcp.toolNames()).toEqual([
			'Balance',
			'Find_services',
			'Order_status',
			'Place_order',
			'Quote_order',
		]);
		await expect(McpClient.connect(`${n8n.url}/mcp/smm-panel`, 'a guess')).rejects.toThrow();
	});

	it('finds services, quotes, places an order and follows it', async () => {
		expect(await mcp.call('Find_services', { Search: 'instagram likes' })).toContain('102');
		expect(await mcp.call('Quote_order', { Service: '102', Quantity: 1000 })).toContain('1.2');
		expect(await mcp.call('Place_order', order('mcp'))).toContain('23501');
		expect(await mcp.call('Order_status', { Order_IDs: '23501' })).toContain('Pending');
		expect(await mcp.call('Balance')).toContain('98.8');
		expect(panel.orders.size).toBe(1);
	});

	it('orders nothing above the cap, and says so', async () => {
		expect(await mcp.call('Place_order', order('dear', 5000))).toContain('Maximum Cost is 5');
		expect(panel.requestsFor('add')).toEqual([]);
	});

	it('orders once with one reference, also at the same time', async () => {
		const answers = await Promise.all(
			[1, 2, 3].map(async () => await mcp.call('Place_order', order('same'))),
		);
		expect(panel.orders.size).toBe(1);
		expect(answers.filter((answer) => answer.includes('duplicate'))).toHaveLength(2);
	});

	it.each([
		['a refusal', { kind: 'refuse', error: 'Not enough funds on balance' }, /Add funds/],
		['an unknown outcome', { kind: 'dropAfter' }, /Check on the panel/],
		['the key in an answer', { kind: 'echoKey' }, /API key/],
	] as const)('answers %s with what to do next, and never the key', async (_what, does, advice) => {
		panel.misbehave({ on: 'add', does });
		const answer = await mcp.call('Place_order', order(`failing-${Date.now()}`));
		expect(answer).toMatch(advice);
		expect(answer).not.toContain(API_KEY);
	});
});
