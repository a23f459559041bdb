import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { until } from '../support/until.mts';
import { agent, massOrder, mcpServer, quoteAskOrder } from './conversationDeliveries.mts';
import { AT_A_TIME, fewAtATime, QUANTITY } from './delivery.mts';
import type { Deliver, DeliveryScene } from './delivery.mts';
import { addRows, example, withParameters } from './exampleFiles.mts';
import { createSheet, withDataTable } from './googleSheetStandIn.mts';

export const SHOP_SECRET = 'the-secret-of-the-webhooks';

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
