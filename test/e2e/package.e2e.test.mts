import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Credential, N8nClient } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { workflow } from '../host/workflow.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { Fault, SandboxPanel } from '../sandbox/panel.mts';
import { ordersByLink } from '../support/ordersByLink.mts';

jest.setTimeout(180_000);

const SMM_PANEL = 'n8n-nodes-smm-panel.smmPanel';
const LIKES = { __rl: true, mode: 'id', value: '102' };

/** The bytes of the database and of its journal. */
function databaseOf({ folder }: N8n): string {
	const files = readdirSync(path.join(folder, '.n8n')).filter((name) => /^database/.test(name));
	return files.map((name) => readFileSync(path.join(folder, '.n8n', name), 'latin1')).join('');
}

describe('the packed package in the real n8n', () => {
	let panel: SandboxPanel;
	let n8n: N8n;
	let client: N8nClient;
	let credential: Credential;

	beforeAll(async () => {
		panel = await startSandboxPanel();
		n8n = await startN8n({ name: 'package', environment: { N8N_LOG_LEVEL: 'debug' } });
		client = n8n.client;
		credential = await client.createCredential({
			type: 'smmPanelApi',
			data: { url: panel.url, apiKey: panel.apiKey },
		});
	});

	afterAll(async () => {
		await n8n?.stop();
		await panel?.close();
	});

	it('offers the node, its twin for AI agents and the credential', async () => {
		const nodes = (await client.nodeTypes()).map(({ name }) => name);
		expect(nodes).toEqual(expect.arrayContaining([SMM_PANEL, `${SMM_PANEL}Tool`]));

		const credentials = (await client.credentialTypes()).map(({ name }) => name);
		expect(credentials).toContain('smmPanelApi');
	});

	it('shows the icons of the node', async () => {
		const node = (await client.nodeTypes()).find(({ name }) => name === SMM_PANEL);
		const icons = Object.values(node?.iconUrl as { light: string; dark: string });
		expect(icons).toHaveLength(2);
		for (const icon of icons) {
			const response = await fetch(`${n8n.url}/${icon}`);
			expect(response.headers.get('content-type')).toContain('image/svg+xml');
		}
	});

	it('tests a good credential well and a bad one badly', async () => {
		expect(await client.testCredential(credential)).toMatchObject({ status: 'OK' });

		const wrongKey = await client.testCredential(credential, { apiKey: 'not-the-key' });
		expect(wrongKey).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('API key') as string,
		});
		const noPanel = await client.testCredential(credential, { url: 'http://127.0.0.1:9/api/v2' });
		expect(noPanel.status).toBe('Error');
	});

	it.each<[string, Fault['does']]>([
		['a refusal in other words', { kind: 'refuse', error: 'API is disable for this user' }],
		['a refusal with an HTTP status', { kind: 'refuse', error: 'Unauthorized', status: 401 }],
		['a web page', { kind: 'html' }],
		['a web page with an error status', { kind: 'html', status: 503 }],
		['an empty answer', { kind: 'empty' }],
		['a redirect', { kind: 'redirect', to: '/login' }],
		['a dropped connection', { kind: 'dropBefore' }],
	])('tests a credential badly when the panel answers with %s', async (_name, does) => {
		panel.reset();
		// n8n asks a second time after a 401.
		panel.misbehave({ times: 2, does });
		const { status, message } = await client.testCredential(credential);
		expect(status).toBe('Error');
		expect(message).not.toContain(panel.apiKey);
		expect(panel.requests.at(-1)?.path).toBe('/api/v2');
		panel.reset();
	});

	it('places an order for each item and looks at all of them in one call', async () => {
		const execution = await client.runWorkflow(
			workflow(
				[
					{
						name: 'Place',
						type: SMM_PANEL,
						parameters: {
							resource: 'order',
							operation: 'create',
							service: LIKES,
							link: '={{ $json.link }}',
							quantity: '={{ $json.amount }}',
						},
					},
					{
						name: 'Look',
						type: SMM_PANEL,
						parameters: {
							resource: 'order',
							operation: 'getStatus',
							orderIds: '={{ $json.order }}',
						},
					},
				],
				{
					items: [
						{ link: 'https://example.com/first', amount: 100 },
						{ link: 'https://example.com/second', amount: 200 },
					],
				},
			),
		);
		expect(execution.error).toBeUndefined();

		const ordered = ordersByLink(panel).map(({ order, link, quantity }) => ({
			order,
			link,
			quantity,
		}));
		expect(ordered).toMatchObject([
			{ link: 'https://example.com/first', quantity: 100 },
			{ link: 'https://example.com/second', quantity: 200 },
		]);
		expect(execution.json('Place')).toMatchObject(ordered);
		expect(execution.items('Look')).toMatchObject(
			ordered.map(({ order, quantity }, item) => ({
				json: { order, state: 'pending', isFinal: false, remains: quantity },
				pairedItem: { item },
			})),
		);
		expect(panel.requestsFor('add')).toHaveLength(2);
		expect(panel.requestsFor('status')).toHaveLength(1);
	});

	it.each(['form-urlencoded', 'json'])(
		"signs n8n's HTTP Request node in, as a form where its body is given as %s",
		async (contentType) => {
			panel.reset();
			const execution = await client.runWorkflow(
				workflow([
					{
						name: 'Ask',
						type: 'n8n-nodes-base.httpRequest',
						typeVersion: 4.2,
						parameters: {
							method: 'POST',
							url: panel.url,
							authentication: 'predefinedCredentialType',
							nodeCredentialType: 'smmPanelApi',
							sendBody: true,
							contentType,
							bodyParameters: { parameters: [{ name: 'action', value: 'balance' }] },
						},
						credentials: { smmPanelApi: credential },
					},
				]),
			);
			expect(execution.json('Ask')).toEqual([{ balance: '100.00000', currency: 'USD' }]);
			expect(panel.requests).toMatchObject([
				{
					path: '/api/v2',
					contentType: 'application/x-www-form-urlencoded',
					form: { action: 'balance', key: panel.apiKey },
				},
			]);
		},
	);

	it('stores and logs no API key where the panel repeats it in an error', async () => {
		panel.misbehave({ on: 'status', does: { kind: 'echoKey' } });
		const execution = await client.runWorkflow(
			workflow([
				{
					name: 'Look',
					type: SMM_PANEL,
					parameters: { resource: 'order', operation: 'getStatus', orderIds: '1' },
				},
			]),
		);
		expect(execution.error?.message).toContain('Invalid API key: [API key]');
		expect(execution.text).not.toContain(panel.apiKey);
		expect(n8n.log()).not.toContain(panel.apiKey);
		const database = databaseOf(n8n);
		// Not "toContain": a failure would print the whole database.
		expect(database.includes('Invalid API key: [API key]')).toBe(true);
		expect(database.includes(panel.apiKey)).toBe(false);
	});
});
