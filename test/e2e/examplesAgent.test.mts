import type { N8nClient } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { Chat } from './chat.mts';
import type { ChatMessage } from './chat.mts';
import { example, withParameters } from './exampleFiles.mts';
import { ScriptedModel } from './scriptedModel.mts';
import type { Turn } from './scriptedModel.mts';

jest.setTimeout(180_000);

const API_KEY = 'the-key-of-the-panel';

let panel: SandboxPanel;
let model: ScriptedModel;
let n8n: N8n;
let client: N8nClient;
let webhookId: string;

beforeAll(async () => {
	[panel, model] = await Promise.all([
		startSandboxPanel({ apiKey: API_KEY }),
		ScriptedModel.start(),
	]);
	n8n = await startN8n({ name: 'examples-agent' });
	client = n8n.client;
	await client.createCredential({
		name: 'Sandbox panel',
		type: 'smmPanelApi',
		data: { url: panel.url, apiKey: panel.apiKey },
	});
	const { id, name } = await client.createCredential({
		name: 'Scripted model',
		type: 'openAiApi',
		data: { apiKey: 'any', url: model.url },
	});
	const original = withParameters(example('ai-agent'), { Chat: { public: true } });
	const nodes = original.nodes.map((node) =>
		node.name === 'Model' ? { ...node, credentials: { openAiApi: { id, name } } } : node,
	);
	const saved = await client.importWorkflow({ ...original, nodes });
	webhookId = nodes.find(({ name: called }) => called === 'Chat')?.webhookId ?? '';
	expect(await client.activate(saved.id)).toMatchObject({ status: 'published' });
});

afterAll(async () => {
	await n8n?.stop();
	await Promise.all([panel?.close(), model?.close()]);
});

beforeEach(() => {
	panel.reset();
	model.thinkingTime = 0;
});

const orderCall = (quantity: number, reference = 'first', post = reference): Turn => ({
	tool: 'Place_order',
	input: {
		toolParameters: {
			Service: '102',
			Link: `https://www.instagram.com/p/${post}`,
			Quantity: quantity,
			Order_reference: reference,
		},
		hitlParameters: {},
	},
});

describe('ai-agent', () => {
	it('quotes without asking, and orders only after the button was pressed', async () => {
		model.play(
			{ tool: 'Quote_order', input: { Service: '102', Quantity: 1000 } },
			orderCall(1000),
			'It is ordered.',
		);
		const chat = await Chat.open(n8n, webhookId, 'Order 1000 likes for my first post');
		const question = await chat.next();
		expect(question.text).toContain('1000 x service 102 for https://www.instagram.com/p/first');
		expect(panel.requestsFor('services')).not.toEqual([]);
		expect(panel.requestsFor('add')).toEqual([]);
		await chat.press(question, 'Approve');
		expect(await chat.next()).toMatchObject({ text: 'It is ordered.' });
		expect([...panel.orders.values()]).toMatchObject([{ quantity: 1000, service: '102' }]);
		chat.close();
	});

	it('orders nothing after a No', async () => {
		model.play(orderCall(1000, 'refused'), 'Then not.');
		const chat = await Chat.open(n8n, webhookId, 'Order 1000 likes');
		await chat.press(await chat.next(), 'Do not order');
		expect(await chat.next()).toMatchObject({ text: 'Then not.' });
		expect(panel.requestsFor('add')).toEqual([]);
		expect(model.lastToolAnswer).toContain('rejected');
		chat.close();
	});

	it('spends at most 10 in a conversation, however many orders are approved', async () => {
		const references = ['one', 'two', 'three'];
		model.play(
			...references.flatMap((reference) => [orderCall(4000, reference), `Done: ${reference}`]),
		);
		const chat = await Chat.open(n8n, webhookId, 'Order one');
		for (const [position, reference] of references.entries()) {
			if (position > 0) chat.say(`Order ${reference}`);
			await approve(chat);
			expect((await chat.next()).text).toBe(`Done: ${reference}`);
		}
		expect(panel.orders.size).toBe(2);
		expect(model.lastToolAnswer).toContain('Maximum Total Cost');
		chat.close();
	});

	it('orders once what the agent asks for twice', async () => {
		model.play(orderCall(1000, 'same'), orderCall(1000, 'same'), 'Once.');
		// n8n's chat looks every three seconds, and misses a second question of the same node that comes sooner.
		model.thinkingTime = 4000;
		const chat = await Chat.open(n8n, webhookId, 'Order');
		await approve(chat);
		await approve(chat);
		expect((await chat.next()).text).toBe('Once.');
		expect(panel.orders.size).toBe(1);
		expect(model.lastToolAnswer).toContain('Nothing was ordered');
		chat.close();
	});

	it('takes the same reference in another conversation for another order', async () => {
		for (const link of ['one-chat', 'other-chat']) {
			model.play(orderCall(1000, 'order-1', link), 'It is ordered.');
			const chat = await Chat.open(n8n, webhookId, 'Order');
			await approve(chat);
			expect((await chat.next()).text).toBe('It is ordered.');
			chat.close();
		}
		expect(panel.orders.size).toBe(2);
	});

	it.each([
		['a refusal', { kind: 'refuse', error: 'Not enough funds on balance' }, /Add funds/],
		['an unknown outcome', { kind: 'dropAfter' }, /Check on the panel/],
		['the key in an answer', { kind: 'echoKey' }, /API key/],
	] as const)('reads of %s what to do next, and never the key', async (_what, does, advice) => {
		panel.misbehave({ on: 'add', does });
		model.play(orderCall(1000, `failing-${Date.now()}`), 'I am sorry.');
		const chat = await Chat.open(n8n, webhookId, 'Order');
		await approve(chat);
		expect((await chat.next()).text).toBe('I am sorry.');
		expect(model.lastToolAnswer).toMatch(advice);
		expect(JSON.stringify(model.prompts)).not.toContain(API_KEY);
		expect((await client.execution(chat.executionId)).text).not.toContain(API_KEY);
		chat.close();
	});

	async function approve(chat: Chat): Promise<ChatMessage> {
		const question = await chat.next();
		await chat.press(question, 'Approve');
		return question;
	}
});
