import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import type { N8nClient } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { ordersByLink } from '../support/ordersByLink.mts';
import { until } from '../support/until.mts';
import type { WorkflowJson } from '../host/workflow.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { example, rowsOf, withParameters, withText } from './exampleFiles.mts';

jest.setTimeout(180_000);

type ShopName = 'woocommerce' | 'shopify';

interface Call {
	shop: ShopName;
	headers: Record<string, string>;
	body: string;
}

interface Answer {
	status: number;
	text: string;
}

const RECEIVED: Answer = { status: 200, text: 'Received' };
const NOT_SIGNED: Answer = { status: 401, text: 'The signature does not match the secret' };
const NOT_PAID: Answer = { status: 200, text: 'Not paid yet: nothing is ordered' };

const SECRET = 'the-secret-of-the-webhooks';
const SIGNATURE_HEADERS = {
	woocommerce: 'x-wc-webhook-signature',
	shopify: 'x-shopify-hmac-sha256',
} as const;

/** An order as the shop sends it. Text, as its signature is one of the bytes. */
function orderOf(shop: ShopName): string {
	return readFileSync(path.resolve('test/e2e/shopOrders', `${shop}.json`), 'utf8');
}

let panel: SandboxPanel;
let n8n: N8n;
let client: N8nClient;

beforeAll(async () => {
	panel = await startSandboxPanel({ latencyMs: 50, balance: 1000 });
	n8n = await startN8n({ name: 'examples-shop' });
	client = n8n.client;
	await client.createCredential({
		name: 'Sandbox panel',
		type: 'smmPanelApi',
		data: { url: panel.url, apiKey: panel.apiKey },
	});
	await client.createCredential({
		name: 'Shop secret',
		type: 'crypto',
		data: { hmacSecret: SECRET },
	});
});

afterAll(async () => {
	await n8n?.stop();
	await panel?.close();
});

beforeEach(() => panel.reset());

/** The example, published with a table and addresses of its own. */
class Shop {
	static #count = 0;

	static async open(change = (workflow: WorkflowJson) => workflow): Promise<Shop> {
		const name = `shop-${++Shop.#count}`;
		const { id } = await client.importWorkflow(
			change(
				withText(example('shop-orders'), {
					'Shop orders': `Orders of ${name}`,
					'smm-shop': name,
				}),
			),
		);
		expect((await client.runWorkflow(id, { trigger: 'Create once' })).error).toBeUndefined();
		expect(await client.activate(id)).toMatchObject({ status: 'published' });
		return new Shop(name, id);
	}

	private constructor(
		readonly name: string,
		readonly workflowId: string,
	) {}

	/** Delivers these bodies at the same time and resolves when all of them are worked off, with the answers. */
	async deliver(shop: ShopName, bodies: string[], secret = SECRET): Promise<Answer[]> {
		return await this.#workedOff(
			bodies.map((body) => ({
				shop,
				body,
				headers: {
					'content-type': 'application/json',
					[SIGNATURE_HEADERS[shop]]: createHmac('sha256', secret).update(body).digest('base64'),
				},
			})),
		);
	}

	/** WooCommerce's call when its webhook is saved: a form, without a signature. */
	async ping(): Promise<Answer[]> {
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		return await this.#workedOff([{ shop: 'woocommerce', body: 'webhook_id=12', headers }]);
	}

	async rows(): Promise<IDataObject[]> {
		return await rowsOf(client, `Orders of ${this.name}`);
	}

	async close(): Promise<void> {
		await client.deactivate(this.workflowId);
	}

	async #workedOff(calls: Call[]): Promise<Answer[]> {
		const before = (await this.#ended()).length;
		const answers = await Promise.all(
			calls.map(async ({ shop, body, headers }) => {
				const address = `${n8n.url}/webhook/${this.name}-${shop}`;
				const response = await fetch(address, { method: 'POST', headers, body });
				return { status: response.status, text: await response.text() };
			}),
		);
		await until(
			'the deliveries are worked off',
			60_000,
			async () => (await this.#ended()).length - before,
			(ended) => ended === calls.length,
		);
		return answers;
	}

	async #ended() {
		const executions = await client.executions(this.workflowId);
		return executions.filter(
			({ mode, status }) =>
				mode === 'webhook' && !['new', 'running', 'waiting'].includes(String(status)),
		);
	}
}

function placed(): Array<[string, string, number]> {
	return ordersByLink(panel).map(({ service, link, quantity }) => [
		service,
		link.split('/').at(-1) ?? '',
		quantity,
	]);
}

describe('shop-orders', () => {
	it('places one order for each line of a WooCommerce order, and says which line has no link', async () => {
		const shop = await Shop.open();
		const answers = await shop.deliver('woocommerce', [orderOf('woocommerce')]);
		expect(answers).toEqual([RECEIVED]);
		expect(placed()).toEqual([['102', 'woo-first', 2000]]);
		const [order] = panel.orders.keys();
		expect(await shop.rows()).toMatchObject([
			{ key: 'WooCommerce-727-315', order, problem: '', isFinal: false },
			{ key: 'WooCommerce-727-317', order: null, problem: 'Link is required' },
		]);
		await shop.close();
	});

	it('places one order for each line of a Shopify order, whose IDs are longer than numbers can be', async () => {
		const shop = await Shop.open();
		await shop.deliver('shopify', [orderOf('shopify')]);
		expect(placed()).toEqual([
			['103', 'shopify-first', 5000],
			['103', 'shopify-second', 5000],
		]);
		expect((await shop.rows()).map(({ key }) => key)).toEqual([
			'Shopify-820982911946154508-866550311766439020',
			'Shopify-820982911946154508-866550311766439021',
		]);
		await shop.close();
	});

	it('orders each line once when an order is delivered again and again, at the same time too', async () => {
		const shop = await Shop.open();
		const body = orderOf('shopify');
		await shop.deliver('shopify', [body, body, body, body]);
		await shop.deliver('shopify', [body]);
		expect(placed()).toHaveLength(2);
		const rows = await shop.rows();
		expect(rows.map(({ order }) => order).sort()).toEqual([...panel.orders.keys()].sort());
		expect(rows.map(({ problem }) => problem)).toEqual(['', '']);
		await shop.close();
	});

	it.each(['woocommerce', 'shopify'] as const)(
		'answers 401 to what %s did not sign, and orders nothing',
		async (name) => {
			const shop = await Shop.open();
			expect(await shop.deliver(name, [orderOf(name)], 'a guess')).toEqual([NOT_SIGNED]);
			expect(panel.requests).toEqual([]);
			await shop.close();
		},
	);

	it('answers 200 to what is not paid, says so, and orders nothing', async () => {
		const shop = await Shop.open();
		const unpaid = {
			woocommerce: orderOf('woocommerce').replace('"status": "processing"', '"status": "pending"'),
			shopify: orderOf('shopify').replace(
				'"financial_status": "paid"',
				'"financial_status": "pending"',
			),
		};
		expect(await shop.deliver('woocommerce', [unpaid.woocommerce])).toEqual([NOT_PAID]);
		expect(await shop.deliver('shopify', [unpaid.shopify])).toEqual([NOT_PAID]);
		expect(panel.requests).toEqual([]);
		await shop.close();
	});

	it('lets WooCommerce save the webhook: its unsigned test call is answered with 200', async () => {
		const shop = await Shop.open();
		expect(await shop.ping()).toEqual([{ status: 200, text: 'Ready' }]);
		expect(panel.requests).toEqual([]);
		await shop.close();
	});

	it('orders nothing for other products, or an order without lines', async () => {
		const shop = await Shop.open();
		const others = orderOf('shopify').replaceAll('SMM-', 'OTHER-');
		const empty = JSON.stringify({ ...(JSON.parse(others) as object), line_items: [] });
		expect(await shop.deliver('shopify', [others, empty])).toEqual([RECEIVED, RECEIVED]);
		expect(panel.requests).toEqual([]);
		expect(await shop.rows()).toEqual([]);
		await shop.close();
	});

	it('never repeats a line whose outcome is unknown, and orders a refused one with the next delivery', async () => {
		const shop = await Shop.open();
		const body = orderOf('shopify');
		panel.misbehave({
			on: 'add',
			when: ({ link }) => link?.endsWith('shopify-first') ?? false,
			does: { kind: 'dropAfter' },
		});
		panel.misbehave({
			on: 'add',
			when: ({ link }) => link?.endsWith('shopify-second') ?? false,
			does: { kind: 'refuse', error: 'Not enough funds on balance' },
		});
		await shop.deliver('shopify', [body]);
		expect(await shop.rows()).toMatchObject([
			{ order: null, problem: expect.stringMatching(/^Outcome unknown/) as string },
			{ order: null, problem: 'Not enough funds on balance' },
		]);
		await shop.deliver('shopify', [body]);
		expect(placed().map(([, link]) => link)).toEqual(['shopify-first', 'shopify-second']);
		expect(await shop.rows()).toMatchObject([
			{ order: null, problem: expect.stringMatching(/^Outcome unknown/) as string },
			{ order: [...panel.orders.keys()][1], problem: '' },
		]);
		await shop.close();
	});

	it('adds a note to the order in the shop when the delivery has ended, once', async () => {
		const notes: string[] = [];
		const server = await notesServer(notes);
		const { port } = server.address() as AddressInfo;
		const shop = await Shop.open((workflow) => {
			const reaching = withText(
				withParameters(workflow, { 'Note in WooCommerce': { authentication: 'none' } }),
				{ 'https://your-shop.example': `http://127.0.0.1:${port}` },
			);
			return { ...reaching, nodes: reaching.nodes.map((node) => ({ ...node, disabled: false })) };
		});
		await shop.deliver('woocommerce', [orderOf('woocommerce')]);
		const look = async () =>
			await client.runWorkflow(shop.workflowId, { trigger: 'Every 10 minutes' });
		expect((await look()).error).toBeUndefined();
		expect(notes).toEqual([]);
		const [order = ''] = panel.orders.keys();
		panel.setOrder(order, { status: 'Completed' });
		expect((await look()).error).toBeUndefined();
		expect((await look()).error).toBeUndefined();
		expect(notes).toEqual([
			`/wp-json/wc/v3/orders/727/notes {"note":"Delivery of order ${order}: Completed"}`,
		]);
		await shop.close();
		server.close();
	});
});

/** A shop that takes notes of orders. */
async function notesServer(notes: string[]): Promise<Server> {
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (piece: Buffer) => (body += piece.toString()));
		request.on('end', () => {
			notes.push(`${request.url ?? ''} ${body}`);
			response.end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}
