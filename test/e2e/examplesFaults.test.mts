import { createHmac, randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { N8nClient } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { until } from '../host/until.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { FaultEffect, SandboxPanel } from '../sandbox/panel.mts';
import { addRows, example, withParameters } from './exampleFiles.mts';
import { Form } from './form.mts';
import { McpClient } from './mcpClient.mts';

/** How many faults are met; a thorough run: EXAMPLE_FAULTS=200. */
const FAULTS = Number(process.env.EXAMPLE_FAULTS ?? 24);
const SEED = Number(process.env.EXAMPLE_SEED ?? 1);
const ORDERS_IN_A_ROUND = 4;
const SECRET = 'the-secret-of-the-webhooks';
const TOKEN = 'the-token-of-the-clients';

jest.setTimeout(60_000 + FAULTS * 20_000);

const EFFECTS: FaultEffect[] = [
	{ kind: 'dropBefore' },
	{ kind: 'dropAfter' },
	{ kind: 'cutAfter' },
	{ kind: 'status', status: 429, headers: { 'retry-after': '1' } },
	{ kind: 'status', status: 500 },
	{ kind: 'status', status: 500, acts: true },
	{ kind: 'html' },
	{ kind: 'html', acts: true },
	{ kind: 'refuse', error: 'Not enough funds on balance' },
];

let first: SandboxPanel;
let second: SandboxPanel;
let n8n: N8n;
let client: N8nClient;
let mcp: McpClient;

beforeAll(async () => {
	[first, second] = await Promise.all([
		startSandboxPanel({ latencyMs: 20, balance: 1_000_000 }),
		startSandboxPanel({ latencyMs: 20, balance: 1_000_000, apiKey: 'key-of-the-second-panel' }),
	]);
	n8n = await startN8n({
		name: 'examples-faults',
		environment: { N8N_RESTRICT_FILE_ACCESS_TO: '.n8n-files' },
	});
	client = n8n.client;
	const byPanel = (one: string, two: string) =>
		`={{ ({ one: '${one}', two: '${two}' })[$json.panel] }}`;
	const accounts = {
		'Any panel': {
			url: byPanel(first.url, second.url),
			apiKey: byPanel(first.apiKey, second.apiKey),
		},
		'Second panel': { url: second.url, apiKey: second.apiKey },
		'Sandbox panel': { url: first.url, apiKey: first.apiKey },
	};
	for (const [name, data] of Object.entries(accounts)) {
		await client.createCredential({ name, type: 'smmPanelApi', data });
	}
	await client.createCredential({
		name: 'Shop secret',
		type: 'crypto',
		data: { hmacSecret: SECRET },
	});
	await client.createCredential({
		name: 'MCP clients',
		type: 'httpBearerAuth',
		data: { token: TOKEN },
	});
	for (const prepare of Object.values(examples)) deliveries.push(await prepare());
});

afterAll(async () => {
	await mcp?.close();
	await n8n?.stop();
	await Promise.all([first?.close(), second?.close()]);
});

/** Hands the orders for these links to an example, as often as it is called; failures of executions are no failures. */
type Deliver = (links: string[], isFirst: boolean) => Promise<unknown>;

const deliveries: Deliver[] = [];

const examples: Record<string, () => Promise<Deliver>> = {
	secondPanel: async () => await fromTable('second-panel', 'Orders for two panels'),
	cheapestPanel: async () => await fromTable('cheapest-panel', 'Orders for the cheapest panel'),
	shop,
	spreadsheet,
	mcp: mcpServer,
	massOrder,
};

async function fromTable(name: string, table: string): Promise<Deliver> {
	const empty = { 'Sample orders': { jsonOutput: '{ "orders": [] }' } };
	const { id } = await client.importWorkflow(withParameters(example(name), empty));
	await client.runWorkflow(id, { trigger: 'Add orders' });
	return async (links, isFirst) => {
		const common = { quantity: 1000 };
		const where =
			name === 'second-panel' ? { service: '102', secondService: '102' } : { product: 'likes' };
		if (isFirst) {
			const rows = links.map((link) => ({ reference: link, link, ...common, ...where }));
			await addRows(client, table, rows);
		}
		await client.runWorkflow(id, { trigger: 'Every 5 minutes' });
	};
}

async function shop(): Promise<Deliver> {
	const { id } = await client.importWorkflow(example('shop-orders'));
	await client.runWorkflow(id, { trigger: 'Create once' });
	await client.activate(id);
	return async (links) => {
		const body = JSON.stringify({
			id: links[0]?.split('/').at(-1),
			status: 'processing',
			line_items: links.map((link) => ({
				id: link.split('/').at(-1),
				quantity: 1,
				sku: 'SMM-102-1000',
				meta_data: [{ key: 'Link', value: link }],
			})),
		});
		const before = (await ended(id)).length;
		await fetch(`${n8n.url}/webhook/smm-shop-woocommerce`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'x-wc-webhook-signature': createHmac('sha256', SECRET).update(body).digest('base64'),
			},
			body,
		});
		await until(
			'the delivery is worked off',
			60_000,
			async () => await ended(id),
			(all) => all.length > before,
		);
	};
}

async function ended(workflowId: string) {
	const executions = await client.executions(workflowId);
	return executions.filter(
		({ mode, status }) => mode === 'webhook' && !['new', 'running', 'waiting'].includes(status),
	);
}

/** The sheet is as it was before each time: what was written into it is lost. */
async function spreadsheet(): Promise<Deliver> {
	const files = path.join(n8n.folder, '.n8n-files');
	mkdirSync(files, { recursive: true });
	const sheet = path.join(files, 'orders.csv');
	copyFileSync(path.resolve('examples/orders.csv'), sheet);
	const [header = ''] = readFileSync(sheet, 'utf8').replace('\uFEFF', '').split('\n');
	const { id } = await client.importWorkflow(example('spreadsheet-orders'));
	return async (links) => {
		const rows = links.map((link) => `${link},Alice,102,${link},1000,,,,,`);
		writeFileSync(sheet, [header.trim(), ...rows].join('\n'));
		await client.runWorkflow(id);
	};
}

async function mcpServer(): Promise<Deliver> {
	const { id } = await client.importWorkflow(example('mcp-server'));
	await client.activate(id);
	mcp = await McpClient.connect(`${n8n.url}/mcp/smm-panel`, TOKEN);
	return async (links) =>
		await Promise.all(
			links.map(
				async (link) =>
					await mcp.call('Place_order', {
						Service: '102',
						Link: link,
						Quantity: 1000,
						Order_reference: link,
					}),
			),
		);
}

/** A form is one delivery: what comes again is the answer on its second page. */
async function massOrder(): Promise<Deliver> {
	const { id } = await client.importWorkflow(
		withParameters(example('mass-order-text'), { 'Order form': { authentication: 'none' } }),
	);
	await client.activate(id);
	return async (links, isFirst) => {
		if (!isFirst) return;
		const form = await Form.open(n8n, 'smm-mass-order');
		await form.submit({ orders: links.map((link) => `102 | ${link} | 1000`).join('\n') });
		const answer = { answer: 'Yes, order now' };
		await Promise.allSettled([form.submit(answer), form.submit(answer)]);
	};
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

it(`orders nothing twice over all examples under ${FAULTS} random faults and repeated deliveries`, async () => {
	const random = randomFrom(SEED);
	let met = 0;
	let placed = 0;
	for (let round = 0; met < FAULTS; round++) {
		first.reset();
		second.reset();
		const links = Array.from(
			{ length: ORDERS_IN_A_ROUND },
			() => `https://www.instagram.com/p/${randomUUID()}`,
		);
		for (const link of links) {
			const does = EFFECTS[random(EFFECTS.length)] as FaultEffect;
			const panel = random(3) === 0 ? second : first;
			panel.misbehave({ on: 'add', when: (form) => form.link === link, does });
			met++;
		}
		const deliver = deliveries[round % deliveries.length] as Deliver;
		await Promise.all([deliver(links, true), deliver(links, false)]);
		await deliver(links, false);
		const orders = [first, second].flatMap((panel) => [...panel.orders.values()]);
		const ordered = orders.map(({ link }) => link);
		expect({ round, ordered: [...new Set(ordered)].sort() }).toEqual({
			round,
			ordered: [...ordered].sort(),
		});
		expect(ordered.filter((link) => !links.includes(link))).toEqual([]);
		placed += ordered.length;
	}
	// Most faults leave an order behind: nothing was proven if there is none.
	expect(placed).toBeGreaterThan(FAULTS / 3);
});
