import { existsSync } from 'node:fs';
import type { IDataObject, INode } from 'n8n-workflow';

import type { Credential, N8nClient } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { releases } from '../host/releases.mts';
import type { ReleaseName } from '../host/releases.mts';
import { until } from '../support/until.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline, WorkflowJson } from '../host/workflow.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';

jest.setTimeout(180_000);

const SMM_PANEL = 'n8n-nodes-smm-panel.smmPanel';
const TRIGGER = 'n8n-nodes-smm-panel.smmPanelTrigger';
const SERVICE = { __rl: true, mode: 'id', value: '101' };

interface Version {
	release: ReleaseName;
	/** Whether n8n remembers values over executions: the ground of idempotency keys. */
	keepsKeys: boolean;
	/** Whether it makes tools for AI agents of community nodes. */
	makesTools: boolean;
}

const versions: Version[] = [
	{ release: 'lastOf1', keepsKeys: true, makesTools: true },
	{ release: 'oldest', keepsKeys: false, makesTools: false },
];

function smmPanel(name: string, parameters: IDataObject, settings: Partial<INode> = {}) {
	return { name, type: SMM_PANEL, parameters: parameters as INode['parameters'], ...settings };
}

/** A workflow whose items come from a node: the oldest n8n takes no pinned data in a run by its API. */
function fed(items: IDataObject[], nodes: NodeOutline[]): WorkflowJson {
	const feed = {
		name: 'Rows',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return ${JSON.stringify(items.map((json) => ({ json })))};` },
	};
	return workflow([feed, ...nodes]);
}

for (const version of versions) {
	const { program, version: number } = releases[version.release];
	const skips = !existsSync(program) && !process.env.CI;
	const title = `the package in n8n ${number}${skips ? ' (skipped: it is not installed)' : ''}`;
	(skips ? describe.skip : describe)(title, () => testPackageIn(version));
}

function testPackageIn({ release, keepsKeys, makesTools }: Version): void {
	let panel: SandboxPanel;
	let n8n: N8n;
	let client: N8nClient;
	let credential: Credential;

	beforeAll(async () => {
		panel = await startSandboxPanel({ balance: 1_000_000 });
		n8n = await startN8n({ name: release, release });
		client = n8n.client;
		credential = await client.createCredential({
			type: 'smmPanelApi',
			data: { url: panel.url, apiKey: panel.apiKey },
		});
	});
	beforeEach(() => {
		panel.reset();
	});
	afterAll(async () => {
		await n8n?.stop();
		await panel?.close();
	});

	const rows = (name: string, count: number) =>
		Array.from({ length: count }, (_, row) => ({
			row,
			link: `https://example.com/${name}/${row}`,
		}));

	/** One order after the other, so that what a fault meets is the same each time. */
	const place = (parameters: IDataObject = {}, settings: Partial<INode> = {}) =>
		smmPanel(
			'Place',
			{
				resource: 'order',
				operation: 'create',
				service: SERVICE,
				link: '={{ $json.link }}',
				quantity: 100,
				...parameters,
				options: { parallelOrders: 1 },
			},
			settings,
		);

	const look = (orderIds: string, settings: Partial<INode> = {}) =>
		smmPanel('Look', { resource: 'order', operation: 'getStatus', orderIds }, settings);

	const sentLinks = () => panel.requestsFor('add').map(({ form }) => form.link);

	it('loads with its icons, and as a tool of AI agents where n8n makes such tools', async () => {
		const types = await client.nodeTypes();
		const names = types.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining([SMM_PANEL, TRIGGER]));
		expect(names.includes(`${SMM_PANEL}Tool`)).toBe(makesTools);

		const node = types.find(({ name }) => name === SMM_PANEL);
		const icons = Object.values(node?.iconUrl as { light: string; dark: string });
		for (const icon of icons) {
			const response = await fetch(`${n8n.url}/${icon}`);
			expect(response.headers.get('content-type')).toContain('image/svg+xml');
		}
	});

	it('tests a good credential well and a bad one badly', async () => {
		expect(await client.testCredential(credential)).toMatchObject({ status: 'OK' });
		expect(await client.testCredential(credential, { apiKey: 'not-the-key' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('API key') as string,
		});
	});

	it('shows the services of the panel in the picker', async () => {
		const page = await client.request<{ results: Array<{ name: string; value: string }> }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				path: 'parameters.service',
				methodName: 'searchServices',
				nodeTypeAndVersion: { name: SMM_PANEL, version: 1 },
				currentNodeParameters: { resource: 'order', operation: 'create' },
				credentials: { smmPanelApi: { id: credential.id, name: credential.name } },
				filter: 'followers',
			},
		);
		expect(page.results.map(({ value }) => value)).toContain('101');
	});

	it('places an order for each item and looks at all of them in one call', async () => {
		const execution = await client.runWorkflow(
			fed(rows('placed', 3), [place(), look('={{ $json.order }}')]),
		);
		expect(execution.error).toBeUndefined();
		expect(sentLinks()).toEqual(rows('placed', 3).map(({ link }) => link));
		const orders = [...panel.orders.values()].map(({ order }) => ({ order }));
		expect(execution.json('Place')).toMatchObject(orders);
		expect(execution.items('Look')).toMatchObject(
			orders.map(({ order }, item) => ({
				json: { order, state: 'pending' },
				pairedItem: { item },
			})),
		);
		expect(panel.requestsFor('status')).toHaveLength(1);
	});

	it('sends only what was refused when a node is retried', async () => {
		const [first, second] = rows('retried', 2).map(({ link }) => link);
		panel.misbehave({
			on: 'add',
			when: ({ link }) => link === second,
			does: { kind: 'refuse', error: 'Incorrect link' },
		});
		const retries = { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 };
		const execution = await client.runWorkflow(fed(rows('retried', 2), [place({}, retries)]));
		expect(execution.error).toBeUndefined();
		expect(sentLinks()).toEqual([first, second, second]);
		expect(execution.json('Place')).toMatchObject(
			[...panel.orders.values()].map(({ order }) => ({ order })),
		);
	});

	it('stores no API key, and says what was placed before an error', async () => {
		panel.misbehave({
			on: 'add',
			when: ({ link = '' }) => link.endsWith('/1'),
			does: { kind: 'echoKey' },
		});
		const execution = await client.runWorkflow(fed(rows('stopped', 2), [place()]));
		expect(execution.error?.message).toContain('Invalid API key: [API key]');
		const [placed] = [...panel.orders.keys()];
		expect(execution.error?.description).toContain(`Already placed: ${placed} (item 0`);
		expect(execution.text).not.toContain(panel.apiKey);
	});

	it('puts IDs that the panel refuses on the error output, the others on the first', async () => {
		const [order] = panel.seedOrders(1);
		const execution = await client.runWorkflow(
			fed(
				[
					{ customer: 'Ann', id: order },
					{ customer: 'Bob', id: '1' },
				],
				[look('={{ $json.id }}', { onError: 'continueErrorOutput' })],
			),
		);
		expect(execution.json('Look')).toMatchObject([{ order, state: 'pending' }]);
		expect(execution.json('Look', 1)).toMatchObject([
			{ customer: 'Bob', error: 'Incorrect order ID', details: { order: '1', kind: 'orderId' } },
		]);
	});

	if (keepsKeys) {
		it('places once what comes again with its idempotency key', async () => {
			const keyed = place({ idempotencyKey: '={{ $json.row }}' });
			const { id } = await client.importWorkflow(fed(rows('keyed', 2), [keyed]));
			const first = await client.runWorkflow(id);
			const second = await client.runWorkflow(id);
			expect(first.json('Place').map(({ order }) => order)).toEqual([...panel.orders.keys()]);
			expect(second.error).toBeUndefined();
			expect(second.json('Place')).toMatchObject(
				['0', '1'].map((idempotencyKey) => ({ duplicate: true, idempotencyKey })),
			);
			expect(panel.requestsFor('add')).toHaveLength(2);
		});
	} else {
		it('sends nothing where an idempotency key is wanted, and says which n8n remembers keys', async () => {
			const keyed = place({ idempotencyKey: '={{ $json.row }}' });
			const execution = await client.runWorkflow(fed(rows('keyed', 1), [keyed]));
			expect(execution.error?.message).toBe(
				'Idempotency Key needs n8n 1.64 or later, which remembers keys: update n8n, or leave it empty',
			);
			expect(panel.requests).toEqual([]);
		});
	}

	describe('the trigger', () => {
		const watching = (orders: string[]): WorkflowJson =>
			workflow([], {
				trigger: {
					name: 'Watch',
					type: TRIGGER,
					parameters: {
						pollTimes: { item: [{ mode: 'everyMinute' }] },
						event: 'orderStatusChanged',
						orderIds: orders.join(),
					} as never,
				},
			});

		it('shows how things stand', async () => {
			const orders = panel.seedOrders(2);
			const sample = await client.runWorkflow(watching(orders));
			expect(sample.json('Watch')).toMatchObject(
				orders.map((order) => ({ order, state: 'pending', previousState: null })),
			);
		});

		it('fires once for a change, also over a restart', async () => {
			const [order] = panel.seedOrders(1) as [string];
			const { id } = await client.importWorkflow(watching([order]));
			expect(await client.activate(id)).toMatchObject({ status: 'published' });
			expect(panel.requestsFor('status')).toHaveLength(1);
			expect(await client.executions(id)).toEqual([]);

			await n8n.kill('SIGKILL');
			panel.setOrder(order, { status: 'Completed' });
			await n8n.start();
			const [fired] = await until(
				'the trigger fires',
				60_000,
				async () => await client.executions(id),
				(executions) => executions.length > 0,
			);
			const execution = await client.executionEnd(fired?.id as string);
			expect(execution.json('Watch')).toMatchObject([
				{ order, previousState: 'pending', state: 'completed', isFinal: true },
			]);

			await client.deactivate(id);
			await client.activate(id);
			expect(await client.executions(id)).toHaveLength(1);
			await client.deactivate(id);
		});

		it('is not activated with a wrong key, and says so in the words of the panel', async () => {
			const orders = panel.seedOrders(1);
			panel.misbehave({ does: { kind: 'refuse', error: 'Invalid API key' } });
			const { id } = await client.importWorkflow(watching(orders));
			const refused = await client.activate(id);
			expect(refused.status).toBe('failed');
			expect(JSON.stringify(refused)).toMatch(/invalid api key/i);
		});
	});
}
