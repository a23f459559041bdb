import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import type { N8n } from '../host/n8n.mts';
import { until } from '../host/until.mts';
import { Chat } from './chat.mts';
import { addRows, example, withParameters } from './exampleFiles.mts';
import { Form } from './form.mts';
import { createSheet, withDataTable } from './googleSheetStandIn.mts';
import { McpClient } from './mcpClient.mts';
import { ScriptedModel } from './scriptedModel.mts';

export const SHOP_SECRET = 'the-secret-of-the-webhooks';
export const MCP_TOKEN = 'the-token-of-the-clients';
const QUANTITY = 1000;
const AT_A_TIME = 5;
/** Most of a conversation is waiting. */
const CONVERSATIONS_AT_A_TIME = 10;
const YES = { answer: 'Yes, order now' };

/**
 * Hands the orders for these links to an example, as often as it is called: the first time, or once more as a repeated
 * delivery. Failures of executions are no failures.
 */
export type Deliver = (links: string[], isFirst: boolean) => Promise<unknown>;

/** What an example needs; `later` is done when all is over. */
export interface DeliveryScene {
	n8n: N8n;
	later(close: () => Promise<void>): void;
}

/** Every example that places orders. */
export const deliveries: Record<string, (scene: DeliveryScene) => Promise<Deliver>> = {
	'second-panel': async (scene) =>
		await fromTable(scene, 'second-panel', 'Orders for two panels', {
			service: '102',
			secondService: '102',
		}),
	'cheapest-panel': async (scene) =>
		await fromTable(scene, 'cheapest-panel', 'Orders for the cheapest panel', {
			product: 'likes',
		}),
	'shop-orders': shop,
	'spreadsheet-orders': spreadsheet,
	'google-sheets-orders': googleSheet,
	'mcp-server': mcpServer,
	'mass-order-text': massOrder,
	'quote-ask-order': quoteAskOrder,
	'place-order-and-wait': placeOrderAndWait,
	'ai-agent': agent,
};

async function fewAtATime<T>(all: T[], few: number, handle: (one: T) => Promise<unknown>) {
	for (let start = 0; start < all.length; start += few) {
		await Promise.allSettled(all.slice(start, start + few).map(handle));
	}
}

async function fromTable(
	{ n8n: { client } }: DeliveryScene,
	name: string,
	table: string,
	where: IDataObject,
): Promise<Deliver> {
	const empty = { 'Sample orders': { jsonOutput: '{ "orders": [] }' } };
	const { id } = await client.importWorkflow(withParameters(example(name), empty));
	await client.runWorkflow(id, { trigger: 'Add orders' });
	return async (links, isFirst) => {
		if (isFirst) {
			const common = { quantity: QUANTITY, ...where };
			await addRows(
				client,
				table,
				links.map((link) => ({ reference: link, link, ...common })),
			);
		}
		await client.runWorkflow(id, { trigger: 'Every 5 minutes' });
	};
}

async function shop({ n8n: { client, url } }: DeliveryScene): Promise<Deliver> {
	const { id } = await client.importWorkflow(example('shop-orders'));
	await client.runWorkflow(id, { trigger: 'Create once' });
	await client.activate(id);
	const ended = async () =>
		(await client.executions(id)).filter(
			({ mode, status }) => mode === 'webhook' && !['new', 'running', 'waiting'].includes(status),
		);
	return async (links) => {
		const body = JSON.stringify({
			id: links[0]?.split('/').at(-1),
			status: 'processing',
			line_items: links.map((link) => ({
				id: link.split('/').at(-1),
				quantity: 1,
				sku: `SMM-102-${QUANTITY}`,
				meta_data: [{ key: 'Link', value: link }],
			})),
		});
		const before = (await ended()).length;
		await fetch(`${url}/webhook/smm-shop-woocommerce`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'x-wc-webhook-signature': createHmac('sha256', SHOP_SECRET).update(body).digest('base64'),
			},
			body,
		});
		await until('the delivery is worked off', 60_000, ended, (all) => all.length > before);
	};
}

/** The sheet is as it was before each time: what was written into it is lost. */
async function spreadsheet({ n8n: { client, folder } }: DeliveryScene): Promise<Deliver> {
	const files = path.join(folder, '.n8n-files');
	mkdirSync(files, { recursive: true });
	const sheet = readFileSync(path.resolve('examples/orders.csv'), 'utf8');
	const [header = ''] = sheet.replace('\uFEFF', '').split('\n');
	const { id } = await client.importWorkflow(example('spreadsheet-orders'));
	return async (links) => {
		const rows = links.map((link) => `${link},Alice,102,${link},${QUANTITY},,,,,`);
		writeFileSync(path.join(files, 'orders.csv'), [header.trim(), ...rows].join('\n'));
		await client.runWorkflow(id);
	};
}

async function googleSheet({ n8n: { client } }: DeliveryScene): Promise<Deliver> {
	const table = 'Sheet under faults';
	await createSheet(client, table);
	const { id } = await client.importWorkflow(withDataTable(example('google-sheets-orders'), table));
	return async (links, isFirst) => {
		if (isFirst) {
			const common = { service: '102', quantity: QUANTITY };
			await addRows(
				client,
				table,
				links.map((link) => ({ link, ...common })),
			);
		}
		await client.runWorkflow(id);
	};
}

async function mcpServer({ n8n: { client, url }, later }: DeliveryScene): Promise<Deliver> {
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

async function massOrder({ n8n }: DeliveryScene): Promise<Deliver> {
	await publishForm(n8n, 'mass-order-text');
	return async (links, isFirst) => {
		if (!isFirst) return;
		const form = await Form.open(n8n, 'smm-mass-order');
		const orders = links.map((link) => `102 | ${link} | ${QUANTITY}`).join('\n');
		await form.submit({ orders });
		await answerTwice(form);
	};
}

async function quoteAskOrder({ n8n }: DeliveryScene): Promise<Deliver> {
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

/** Each start is an order of its own; what comes again is the Retry button of one that failed, twice at the same time. */
async function placeOrderAndWait({ n8n: { client } }: DeliveryScene): Promise<Deliver> {
	const failed: string[] = [];
	return async (links, isFirst) => {
		if (isFirst) {
			await fewAtATime(links, AT_A_TIME, async (link) => {
				const ended = await client.runWorkflow(
					withParameters(example('place-order-and-wait'), {
						'Place order': { link },
						Wait: { amount: 1, unit: 'seconds' },
					}),
				);
				if (ended.error) failed.push(ended.id);
			});
			return;
		}
		await fewAtATime(failed.splice(0), AT_A_TIME, async (id) => {
			await Promise.allSettled([client.retryExecution(id), client.retryExecution(id)]);
		});
	};
}

/** One conversation for each order, in which the agent asks for it twice, and each time somebody presses Approve. */
async function agent({ n8n, later }: DeliveryScene): Promise<Deliver> {
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
