import type { N8n } from '../host/n8n.mts';
import { Chat } from './chat.mts';
import { AT_A_TIME, fewAtATime, QUANTITY } from './delivery.mts';
import type { Deliver, DeliveryScene } from './delivery.mts';
import { example, withParameters } from './exampleFiles.mts';
import { Form } from './form.mts';
import { McpClient } from './mcpClient.mts';
import { ScriptedModel } from './scriptedModel.mts';

export const MCP_TOKEN = 'the-token-of-the-clients';
/** Most of a conversation is waiting. */
const CONVERSATIONS_AT_A_TIME = 10;
const YES = { answer: 'Yes, order now' };

export async function mcpServer({ n8n: { client, url }, later }: DeliveryScene): Promise<Deliver> {
	const { id } = await client.importWorkflow(example('mcp-server'));
	await client.activate(id);
	const mcp = await McpClient.connect(`${url}/mcp/smm-panel`, MCP_TOKEN);
	later(async () => await mcp.close());
	return async (links) =>
		await fewAtATime(
			links,
			AT_A_TIME,
			async (link) =>
				await mcp.call('Place_order', {
					Service: '102',
					Link: link,
					Quantity: QUANTITY,
					Order_reference: link,
				}),
		);
}

/** Publishes an example with a form, open to everybody: the login that it asks for wants a browser. */
async function publishForm({ client }: N8n, name: string): Promise<void> {
	const { id } = await client.importWorkflow(
		withParameters(example(name), { 'Order form': { authentication: 'none' } }),
	);
	await client.activate(id);
}

/** A form is one delivery: what comes again is the answer on its second page. */
async function answerTwice(form: Form): Promise<void> {
	await Promise.allSettled([form.submit(YES), form.submit(YES)]);
}

export async function massOrder({ n8n }: DeliveryScene): Promise<Deliver> {
	await publishForm(n8n, 'mass-order-text');
	return async (links, isFirst) => {
		if (!isFirst) return;
		const form = await Form.open(n8n, 'smm-mass-order');
		const orders = links.map((link) => `102 | ${link} | ${QUANTITY}`).join('\n');
		await form.submit({ orders });
		await answerTwice(form);
	};
}

export async function quoteAskOrder({ n8n }: DeliveryScene): Promise<Deliver> {
	await publishForm(n8n, 'quote-ask-order');
	return async (links, isFirst) => {
		if (!isFirst) return;
		await fewAtATime(links, AT_A_TIME, async (link) => {
			const form = await Form.open(n8n, 'smm-order');
			await form.submit({ service: '102', link, quantity: String(QUANTITY) });
			await answerTwice(form);
		});
	};
}

/** One conversation for each order, in which the agent asks for it twice, and each time somebody presses Approve. */
export async function agent({ n8n, later }: DeliveryScene): Promise<Deliver> {
	const { client } = n8n;
	const model = await ScriptedModel.start();
	later(async () => await model.close());
	// n8n's chat looks every three seconds, and misses a second question of the same node that comes sooner.
	model.thinkingTime = 4000;
	model.playBy(({ messages }) => {
		const answers = messages.filter(({ role }) => role === 'tool').length;
		if (answers === 2) return 'Done.';
		const wish = messages.find(({ role }) => role === 'user');
		const [link = ''] = /https:\S+?(?=["\s]|$)/.exec(JSON.stringify(wish?.content)) ?? [];
		const toolParameters = {
			Service: '102',
			Link: link,
			Quantity: QUANTITY,
			Order_reference: 'this order',
		};
		return { tool: 'Place_order', input: { toolParameters, hitlParameters: {} } };
	});
	const credential = await client.createCredential({
		name: 'Scripted model',
		type: 'openAiApi',
		data: { apiKey: 'any', url: model.url },
	});
	const original = withParameters(example('ai-agent'), { Chat: { public: true } });
	const nodes = original.nodes.map((node) =>
		node.name === 'Model' ? { ...node, credentials: { openAiApi: credential } } : node,
	);
	const { id } = await client.importWorkflow({ ...original, nodes });
	await client.activate(id);
	const webhookId = nodes.find(({ name }) => name === 'Chat')?.webhookId ?? '';
	return async (links, isFirst) => {
		if (!isFirst) return;
		await fewAtATime(links, CONVERSATIONS_AT_A_TIME, async (link) => {
			const chat = await Chat.open(n8n, webhookId, `Order ${link}`);
			try {
				for (let asked = 0; asked < 2; asked++) await chat.press(await chat.next(), 'Approve');
				await chat.next();
			} finally {
				chat.close();
			}
		});
	};
}
