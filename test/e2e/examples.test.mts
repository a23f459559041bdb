import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, INode, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import type { N8nClient } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { until } from '../support/until.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline, WorkflowJson } from '../host/workflow.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { example, EXAMPLES as folder, withParameters } from './exampleFiles.mts';
import { Form } from './form.mts';
import { plainRequests } from './plainRequests.mts';

jest.setTimeout(180_000);

const names = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => path.basename(file, '.json'));

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
/** The names under which the examples know their accounts. */
const CREDENTIALS: Record<string, string[]> = {
	smmPanelApi: ['Sandbox panel', 'Second panel', 'Any panel'],
	crypto: ['Shop secret'],
	httpBearerAuth: ['MCP clients'],
};
/** Nodes that reach a service at which only its user has an account, and whether the rest can do without it. */
const ELSEWHERE: Record<string, 'may stay off' | 'needed'> = {
	'n8n-nodes-base.telegram': 'may stay off',
	'n8n-nodes-base.httpRequest': 'may stay off',
	'n8n-nodes-base.googleSheets': 'needed',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'needed',
};
const OURS = /^n8n-nodes-smm-panel\./;

let panel: SandboxPanel;
let n8n: N8n;
let client: N8nClient;
let descriptions: INodeTypeDescription[];

beforeAll(async () => {
	panel = await startSandboxPanel();
	// n8n reads and writes files in one folder only; this is the one the spreadsheet example names.
	n8n = await startN8n({
		name: 'examples',
		environment: { N8N_RESTRICT_FILE_ACCESS_TO: '.n8n-files' },
	});
	client = n8n.client;
	await client.createCredential({
		name: 'Sandbox panel',
		type: 'smmPanelApi',
		data: { url: panel.url, apiKey: panel.apiKey },
	});
	descriptions = await client.nodeTypes();
});

afterAll(async () => {
	await n8n?.stop();
	await panel?.close();
});

beforeEach(() => panel.reset());

describe.each(names)('the example %s', (name) => {
	const { nodes, connections, ...rest } = example(name);
	const working = nodes.filter(({ type }) => type !== STICKY_NOTE);

	function descriptionOf({ type, typeVersion }: INode): INodeTypeDescription | undefined {
		return descriptions.find(
			(description) =>
				description.name === type && [description.version].flat().includes(typeVersion),
		);
	}

	it('holds what an import needs, and nothing that only another n8n could resolve', () => {
		expect(rest).toEqual({
			name: expect.any(String) as string,
			pinData: {},
			settings: { executionOrder: 'v1' },
			active: false,
		});
		for (const { credentials = {} } of nodes) {
			for (const [type, { id, name: called }] of Object.entries(credentials)) {
				expect(id).toBeNull();
				expect(CREDENTIALS[type]).toContain(called);
			}
		}
		expect(new Set(nodes.map(({ name: called }) => called)).size).toBe(nodes.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
	});

	it('uses node types of this n8n, each in a version it has', () => {
		const unknown = nodes.filter((node) => !descriptionOf(node));
		expect(unknown.map(({ type, typeVersion }) => `${type} ${typeVersion}`)).toEqual([]);
	});

	it('sets only parameters that its nodes have, to values that their dropdowns have', () => {
		for (const node of working.filter(({ type }) => OURS.test(type))) {
			const properties = descriptionOf(node)?.properties ?? [];
			expect(strangers(node.parameters as IDataObject, properties, node)).toEqual([]);
		}
	});

	it('leaves no node with an open issue but for accounts that only its user has', () => {
		const placeholders = new Set(['Telegram']);
		for (const node of working.filter(({ name: called }) => !placeholders.has(called))) {
			const description = descriptionOf(node) as INodeTypeDescription;
			const issues = NodeHelpers.getNodeParametersIssues(description.properties, node, description);
			expect({ node: node.name, issues: issues?.parameters }).toEqual({ node: node.name });
		}
	});

	it('connects nodes that are there', () => {
		const there = new Set(working.map(({ name: called }) => called));
		const connected = new Set<string>();
		for (const [from, outputs] of Object.entries(connections)) {
			expect(there).toContain(from);
			for (const { node: to } of Object.values(outputs)
				.flat(2)
				.filter((end) => end !== null)) {
				expect(there).toContain(to);
				connected.add(from).add(to);
			}
		}
		expect([...there].filter((called) => !connected.has(called))).toEqual([]);
	});

	it('is explained by sticky notes, in red wherever it spends money', () => {
		const notes = nodes.filter(({ type }) => type === STICKY_NOTE);
		expect(notes.length).toBeGreaterThan(1);
		for (const node of working.filter(
			({ type, parameters }) =>
				OURS.test(type) && parameters.resource === 'order' && parameters.operation === 'create',
		)) {
			const red = notes.find((note) => Number(note.parameters.color) === 3 && isInside(node, note));
			expect(String(red?.parameters.content)).toContain('Costs money');
			expect(node.parameters.maxCost).not.toBe('');
			expect(node.parameters.maxCost).toBeDefined();
		}
	});

	it('marks what stands in for an account of its user', () => {
		const notes = nodes.map(({ parameters }) => String(parameters.content ?? '')).join();
		for (const { name: called, type, disabled } of working.filter((node) => ELSEWHERE[node.type])) {
			const isMarked = notes.includes(`**${called}**`) || notes.includes('all Google Sheets nodes');
			expect({ called, isMarked, isOff: disabled === true }).toEqual({
				called,
				isMarked: true,
				isOff: ELSEWHERE[type] === 'may stay off',
			});
		}
	});

	it('overlaps no nodes, and no notes', () => {
		for (const [position, one] of working.entries()) {
			for (const other of working.slice(position + 1)) {
				const [x, y] = distance(one, other);
				expect({ one: one.name, other: other.name, near: x < 160 && y < 160 }).toMatchObject({
					near: false,
				});
			}
		}
	});

	it('is imported as it stands', async () => {
		const saved = await client.importWorkflow(example(name));
		expect(saved.nodes).toHaveLength(nodes.length);
		expect(saved.connections).toEqual(connections);
	});
});

describe.each(plainRequests())(
	'the request "$request"',
	({ example: file, nodes, connections }) => {
		const named = (name: string) => nodes.find((node) => node.name === name);
		const descriptionOf = (type: string, version: number) =>
			descriptions.find(
				(description) =>
					description.name === type && [description.version].flat().includes(version),
			);

		it('is met with nodes, parameters and connections that this n8n has', () => {
			if (file) expect(names).toContain(file);
			for (const { name, type, typeVersion, parameters } of nodes) {
				const description = descriptionOf(type, typeVersion);
				expect({ name, isThere: description !== undefined }).toEqual({ name, isThere: true });
				const node = { name, type, typeVersion } as INode;
				if (OURS.test(type)) {
					const properties = description?.properties ?? [];
					expect(strangers(parameters as IDataObject, properties, node)).toEqual([]);
				}
			}
			for (const [from, to, output = 0, kind = 'main'] of connections) {
				const source = named(from);
				expect({ from, to, areThere: Boolean(source && named(to)) }).toMatchObject({
					areThere: true,
				});
				const outputs = descriptionOf(source?.type ?? '', source?.typeVersion ?? 1)?.outputs;
				if (kind !== 'main' && Array.isArray(outputs)) {
					expect(JSON.stringify(outputs)).toContain(kind);
				}
				expect(output).toBeLessThan(2);
			}
			const connected = new Set(connections.flatMap(([from, to]) => [from, to]));
			expect(nodes.filter(({ name }) => !connected.has(name))).toEqual([]);
		});

		it('spends money only with a key and a cap', () => {
			for (const { parameters } of nodes.filter(
				({ parameters: { operation, resource } }) => resource === 'order' && operation === 'create',
			)) {
				expect(parameters).toMatchObject({
					idempotencyKey: expect.stringMatching(/^=/) as string,
					maxCost: expect.stringMatching(/./) as string,
				});
			}
		});
	},
);

/** Parameters and dropdown values that the description does not know, by their paths. */
function strangers(values: IDataObject, properties: INodeProperties[], node: INode): string[] {
	return Object.entries(values).flatMap(([key, value]) => {
		const same = properties.filter(({ name }) => name === key);
		if (same.length === 0) return [`${node.name}: ${key}`];
		return same
			.map((property) => strangersIn(value as IDataObject, property, node))
			.reduce((fewest, found) => (found.length < fewest.length ? found : fewest));
	});
}

function strangersIn(value: unknown, property: INodeProperties, node: INode): string[] {
	const isExpression = typeof value === 'string' && value.startsWith('=');
	switch (property.type) {
		case 'collection':
			return strangers(value as IDataObject, property.options as INodeProperties[], node);
		case 'options':
		case 'multiOptions': {
			const known = (property.options ?? []).map((option) => 'value' in option && option.value);
			const chosen = isExpression ? [] : [value].flat();
			return chosen
				.filter((choice) => !known.includes(choice as string))
				.map((choice) => `${node.name}: ${property.name} = ${String(choice)}`);
		}
		default:
			return [];
	}
}

function distance(one: INode, other: INode): [number, number] {
	return [
		Math.abs(one.position[0] - other.position[0]),
		Math.abs(one.position[1] - other.position[1]),
	];
}

function isInside(node: INode, note: INode): boolean {
	const [x, y] = node.position;
	const [left, top] = note.position;
	const { width, height } = note.parameters as { width: number; height: number };
	return x > left && y > top && x + 96 < left + width && y + 96 < top + height;
}

describe('run against the sandbox', () => {
	/** The ID of the order for a post; several are under way at a time, so any may be the first. */
	const orderFor = (post: string): string | undefined =>
		[...panel.orders.values()].find(({ link }) => link.endsWith(`/${post}`))?.order;

	it('place-order-and-wait: places one order and ends when it is finished', async () => {
		// Wait: seconds in the place of a minute.
		const quick = withParameters(example('place-order-and-wait'), {
			Wait: { amount: 1, unit: 'seconds' },
		});
		const id = await client.startWorkflow(quick);
		await until(
			'the loop has looked twice',
			30_000,
			() => panel.requestsFor('status').length,
			(looks) => looks >= 2,
		);
		const [order = ''] = panel.orders.keys();
		panel.setOrder(order, { status: 'Partial', remains: 400 });

		const execution = await client.executionEnd(id);
		expect(execution.status).toBe('success');
		expect(panel.requestsFor('add')).toHaveLength(1);
		expect(execution.json('Result')).toMatchObject([
			{ order, state: 'partial', isFinal: true, remains: 400 },
		]);
		expect(execution.json('Result')[0]?.message).toBe(
			`Order ${order}: Partial. Not delivered: 400. Charged: 0.72 USD.`,
		);
	});

	it('spreadsheet-orders: orders each row once, and writes IDs, states and problems back', async () => {
		const files = path.join(n8n.folder, '.n8n-files');
		const sheet = path.join(files, 'orders.csv');
		mkdirSync(files, { recursive: true });
		copyFileSync(path.join(folder, 'orders.csv'), sheet);
		const { id } = await client.importWorkflow(example('spreadsheet-orders'));
		const run = async () => {
			const execution = await client.runWorkflow(id);
			expect(execution.error).toBeUndefined();
			return readFileSync(sheet, 'utf8').replace('\uFEFF', '').trim().split('\n');
		};

		const [header, first, second, third] = await run();
		expect(header).toBe('id,customer,service,link,quantity,order,status,remains,charge,note');
		const [one, two] = ['first-post', 'second-post'].map(orderFor);
		expect(first).toBe(
			`1,Alice,102,https://www.instagram.com/p/first-post,1000,${one},Pending,1000,1.2,`,
		);
		expect(second).toBe(
			`2,Bob,103,https://www.instagram.com/p/second-post,5000,${two},Pending,5000,0.25,`,
		);
		expect(third).toContain('Quantity is 5, but the minimum for service 102 is 10');

		panel.setOrder(one as string, { status: 'Completed' });
		const again = await run();
		expect(again[1]).toContain(`${one},Completed,0,1.2`);
		expect(panel.requestsFor('add')).toHaveLength(2);

		// A run whose sheet was never written: the rows look as if they had not been ordered.
		copyFileSync(path.join(folder, 'orders.csv'), sheet);
		const afterLoss = await run();
		expect(afterLoss[1]).toContain('Sent before');
		expect(panel.requestsFor('add')).toHaveLength(2);
		expect(panel.orders.size).toBe(2);
	});

	it('spreadsheet-orders: does the same with an XLSX file, whose numbers are numbers', async () => {
		const files = path.join(n8n.folder, '.n8n-files');
		mkdirSync(files, { recursive: true });
		copyFileSync(path.join(folder, 'orders.csv'), path.join(files, 'to-convert.csv'));
		const file = (name: string, parameters: INode['parameters']): NodeOutline => ({
			name,
			type: `n8n-nodes-base.${name}`,
			typeVersion: 1.1,
			parameters: { binaryPropertyName: 'data', options: {}, ...parameters },
		});
		const withNumbers = {
			name: 'Numbers',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				includeOtherFields: true,
				jsonOutput: '={{ { id: +$json.id, service: +$json.service, quantity: +$json.quantity } }}',
			},
		};
		const makeSheet = async () => {
			const made = await client.runWorkflow(
				workflow([
					file('readWriteFile', { operation: 'read', fileSelector: '.n8n-files/to-convert.csv' }),
					file('extractFromFile', { operation: 'csv' }),
					withNumbers,
					file('convertToFile', { operation: 'xlsx' }),
					{
						...file('readWriteFile', {
							operation: 'write',
							fileName: '.n8n-files/orders.xlsx',
							dataPropertyName: 'data',
						}),
						name: 'Write',
					},
				]),
			);
			expect(made.error).toBeUndefined();
		};
		const readSheet = async () => {
			const read = await client.runWorkflow(
				workflow([
					file('readWriteFile', { operation: 'read', fileSelector: '.n8n-files/orders.xlsx' }),
					file('extractFromFile', { operation: 'xlsx' }),
				]),
			);
			return read.json('extractFromFile');
		};
		// What the note on the canvas says.
		const { id } = await client.importWorkflow(
			withParameters(example('spreadsheet-orders'), {
				'Read sheet': { fileSelector: '.n8n-files/orders.xlsx' },
				Rows: { operation: 'xlsx' },
				'Make sheet': { operation: 'xlsx' },
				'Write sheet': { fileName: '.n8n-files/orders.xlsx' },
			}),
		);
		const run = async () => {
			const execution = await client.runWorkflow(id);
			expect(execution.error).toBeUndefined();
			return await readSheet();
		};

		await makeSheet();
		expect(await readSheet()).toMatchObject([{ id: 1, service: 102, quantity: 1000 }, {}, {}]);
		const rows = await run();
		const [one, two] = ['first-post', 'second-post'].map(orderFor);
		expect(rows).toMatchObject([
			{ customer: 'Alice', order: one, status: 'Pending', remains: '1000', charge: '1.2' },
			{ customer: 'Bob', order: two, status: 'Pending' },
			{
				customer: 'Carol',
				order: '',
				note: 'Quantity is 5, but the minimum for service 102 is 10',
			},
		]);

		panel.setOrder(one as string, { status: 'Completed' });
		expect(await run()).toMatchObject([{ order: one, status: 'Completed' }, { order: two }, {}]);

		await makeSheet();
		expect((await run())[0]?.note).toContain('Sent before');
		expect(panel.requestsFor('add')).toHaveLength(2);
	});

	it('data-table-follow-orders: fills the table and then writes only what changed', async () => {
		const orders = panel.seedOrders(3, { order: '23501' });
		panel.setOrder(orders[2] as string, { status: 'Completed' });
		const { id } = await client.importWorkflow(
			withParameters(example('data-table-follow-orders'), {
				'Orders to follow': { orderIds: orders.join(', ') },
			}),
		);
		const filled = await client.runWorkflow(id, { trigger: 'Add orders' });
		expect(filled.json('Save orders').map(({ order, state }) => [order, state])).toEqual([
			[orders[0], 'pending'],
			[orders[1], 'pending'],
			[orders[2], 'completed'],
		]);

		panel.forgetRequests();
		panel.setOrder(orders[1] as string, { status: 'In progress', remains: 10 });
		// The schedule is started by hand.
		const look = await client.runWorkflow(id, { trigger: 'Every 10 minutes' });
		expect(look.json('Open orders')).toHaveLength(2);
		expect(look.json('Save changes')).toMatchObject([
			{ order: orders[1], state: 'inProgress', remains: 10, isFinal: false },
		]);
		expect(panel.requestsFor('status')).toHaveLength(1);

		panel.orders.delete(orders[0] as string);
		const problem = await client.runWorkflow(id, { trigger: 'Every 10 minutes' });
		expect(problem.json('Save problem')).toMatchObject([
			{ order: orders[0], problem: 'Incorrect order ID' },
		]);
	});

	it('data-table-watch-list: watches the table it lists itself, and writes each change into its row', async () => {
		const orders = panel.seedOrders(2, { order: '77001' });
		const original = withParameters(example('data-table-watch-list'), {
			'Orders to watch': { orderIds: orders.join(', ') },
		});
		const { id } = await client.importWorkflow(
			JSON.parse(
				JSON.stringify(original)
					.replaceAll('http://localhost:5678', n8n.url)
					// A table of its own: other examples fill the usual one.
					.replaceAll('SMM orders', 'Watched orders'),
			) as WorkflowJson,
		);
		await client.runWorkflow(id, { trigger: 'Add orders' });
		const poll = async () => {
			await client.deactivate(id);
			// Publishing polls at once.
			expect(await client.activate(id)).toMatchObject({ status: 'published' });
		};
		const list = async () => await (await fetch(`${n8n.url}/webhook/smm-watch-list`)).json();
		const changes = async () => {
			const fired = (await client.executions(id)).filter(({ mode }) => mode === 'trigger');
			const ended = await Promise.all(fired.map(async (one) => await client.executionEnd(one.id)));
			return ended.reverse().map((execution) => execution.json('Save status'));
		};

		await poll();
		expect(await list()).toEqual(orders.map((order) => ({ order })));
		expect(await changes()).toEqual([]);

		panel.setOrder(orders[0] as string, { status: 'In progress', remains: 400 });
		await poll();
		const started = { order: orders[0], status: 'In progress', remains: 400, isFinal: false };
		await until('the change is written', 30_000, changes, ({ length }) => length > 0);
		await poll();
		expect(await changes()).toMatchObject([[started]]);

		for (const order of orders) panel.setOrder(order, { status: 'Completed' });
		await poll();
		await until('the ends are written', 30_000, changes, ({ length }) => length > 1);
		expect(await changes()).toMatchObject([
			[started],
			orders.map((order) => ({ order, status: 'Completed', isFinal: true })),
		]);
		expect(await list()).toEqual([{ order: null }]);
		await poll();
		expect(await changes()).toHaveLength(2);
		await client.deactivate(id);
	});

	it('data-table-follow-orders: follows an order of which the table knows the ID alone', async () => {
		const [order] = panel.seedOrders(1, { order: '88001' });
		const { id } = await client.importWorkflow(
			JSON.parse(
				JSON.stringify(example('data-table-follow-orders')).replaceAll('SMM orders', 'New orders'),
			) as WorkflowJson,
		);
		// The table is created; its orders are unknown to the panel.
		await client.runWorkflow(id, { trigger: 'Add orders' });
		const inserted = await client.runWorkflow(
			workflow([
				{
					name: 'Insert',
					type: 'n8n-nodes-base.dataTable',
					typeVersion: 1.1,
					parameters: {
						resource: 'row',
						operation: 'insert',
						dataTableId: { __rl: true, mode: 'name', value: 'New orders' },
						columns: { mappingMode: 'defineBelow', value: { order } },
						options: {},
					},
				},
			]),
		);
		expect(inserted.error).toBeUndefined();

		const look = await client.runWorkflow(id, { trigger: 'Every 10 minutes' });
		expect(look.json('Save changes')).toMatchObject([{ order, status: 'Pending', isFinal: false }]);
	});

	it('data-table-watch-list: keeps its list to itself with a secret header, as its note says', async () => {
		const address = `${n8n.url}/webhook/smm-watch-list`;
		const secret = { name: 'X-List-Key', value: 'a-secret-of-the-list' };
		await client.createCredential({ type: 'httpHeaderAuth', data: secret });
		await client.createCredential({
			type: 'smmPanelWatchListApi',
			data: { url: address, headerName: secret.name, headerSecret: secret.value },
		});
		const original = example('data-table-watch-list');
		const named = { id: null, name: 'The one of this test' };
		for (const node of original.nodes) {
			if (node.name === 'Watch list') {
				node.parameters.authentication = 'headerAuth';
				node.credentials = { httpHeaderAuth: named };
			}
			if (node.name === 'Order changed') {
				node.parameters.watchUrl = address;
				node.credentials = { ...node.credentials, smmPanelWatchListApi: named };
			}
		}
		const { id } = await client.importWorkflow(original);
		panel.seedOrders(2, { order: '23501' });
		await client.runWorkflow(id, { trigger: 'Add orders' });
		panel.forgetRequests();

		// The trigger reads the list while it is published.
		expect(await client.activate(id)).toMatchObject({ status: 'published' });
		expect(panel.requestsFor('status')).not.toEqual([]);
		expect((await fetch(address)).status).toBe(403);
		await client.deactivate(id);
	});

	it('refill-dropped-orders: asks for refills of what dropped, once, and follows them', async () => {
		const completed = { status: 'Completed', remains: 0, startCount: 100, quantity: 1000 };
		const [dropped = '', kept = '', refused = ''] = [
			...panel.seedOrders(2, { ...completed, service: '101' }),
			...panel.seedOrders(1, { ...completed, service: '102' }),
		];
		const { id } = await client.importWorkflow(example('refill-dropped-orders'));
		await client.runWorkflow(id, { trigger: 'Create once' });
		await saveRows([
			{ order: dropped, currentCount: 700 },
			{ order: kept, currentCount: 1150 },
			{ order: refused, currentCount: 900 },
		]);

		const asked = await client.runWorkflow(id, { trigger: 'Every morning' });
		expect(asked.error).toBeUndefined();
		const [refill] = [...panel.refills.values()];
		expect(panel.refills.size).toBe(1);
		expect(refill?.order).toBe(dropped);
		expect(asked.json('Save refill')).toMatchObject([
			{ order: dropped, refill: refill?.refill, refillFinal: false },
		]);
		expect(asked.json('Save refusal')).toMatchObject([
			{ order: refused, problem: 'Invalid Request' },
		]);

		panel.setRefill(refill?.refill as string, { status: 'Completed' });
		const followed = await client.runWorkflow(id, { trigger: 'Every morning' });
		expect(followed.json('Save status')).toMatchObject([
			{ order: dropped, refillStatus: 'Completed', refillFinal: true },
		]);
		expect(panel.requestsFor('refill')).toHaveLength(1);

		async function saveRows(rows: IDataObject[]): Promise<void> {
			const table = { __rl: true, mode: 'name', value: 'SMM orders' };
			const columns = { state: 'completed', quantity: 1000, startCount: 100 };
			const saved = await client.runWorkflow(
				workflow(
					[
						{
							name: 'Save',
							type: 'n8n-nodes-base.dataTable',
							typeVersion: 1.1,
							parameters: {
								resource: 'row',
								operation: 'upsert',
								dataTableId: table,
								matchType: 'allConditions',
								filters: {
									conditions: [
										{ keyName: 'order', condition: 'eq', keyValue: '={{ $json.order }}' },
									],
								},
								columns: { mappingMode: 'autoMapInputData', value: null },
								options: {},
							},
						},
					],
					{ items: rows.map((row) => ({ ...columns, ...row })) },
				),
			);
			expect(saved.error).toBeUndefined();
		}
	});

	it('quote-ask-order: is not open to strangers as it stands', async () => {
		const { id } = await client.importWorkflow(example('quote-ask-order'));
		await client.activate(id);
		const response = await fetch(`${n8n.url}/form/smm-order`, { redirect: 'manual' });
		expect(response.status).toBe(302);
		await client.deactivate(id);
	});

	it('quote-ask-order: shows the price, and orders only after a Yes', async () => {
		// Open to everybody: the login that the example asks for wants a browser.
		const { id } = await client.importWorkflow(
			withParameters(example('quote-ask-order'), { 'Order form': { authentication: 'none' } }),
		);
		expect(await client.activate(id)).toMatchObject({ status: 'published' });
		const wish = { service: '102', link: 'https://www.instagram.com/p/form', quantity: '1000' };

		const declined = await Form.open(n8n, 'smm-order');
		expect(await declined.submit(wish)).toContain('It costs 1.2 USD');
		expect(panel.requestsFor('add')).toHaveLength(0);
		expect(await declined.submit({ answer: 'No' })).toContain('Nothing was ordered');
		expect(panel.requestsFor('add')).toHaveLength(0);

		const agreed = await Form.open(n8n, 'smm-order');
		expect(await agreed.submit(wish)).toContain('1000 x Instagram Likes');
		expect(await agreed.submit({ answer: 'Yes, order now' })).toContain('Order 23501 is placed');
		expect([...panel.orders.values()]).toMatchObject([{ order: '23501', quantity: 1000 }]);

		const dearer = await Form.open(n8n, 'smm-order');
		await dearer.submit(wish);
		const service = panel.services.find((row) => row.service === 102);
		if (service) service.rate = 2;
		expect(await dearer.submit({ answer: 'Yes, order now' })).toContain(
			'Maximum Cost is 1.2, but this order costs 2 now',
		);
		expect(panel.requestsFor('add')).toHaveLength(1);

		const impossible = await Form.open(n8n, 'smm-order');
		expect(await impossible.submit({ ...wish, quantity: '1' })).toContain(
			'the minimum for service 102 is 10',
		);
		await client.deactivate(id);
	});

	it('trigger-status-message, balance-and-price-alarm: show what is there as a test event', async () => {
		const [order = ''] = panel.seedOrders(1, { order: '23501' });
		const status = await client.runWorkflow(example('trigger-status-message'));
		expect(status.json('Message')[0]?.message).toBe(
			`Order ${order}: new → Pending. Not delivered: 1000. Charged: 250 USD.`,
		);
		// Above the threshold there is nothing to show.
		const { id } = await client.importWorkflow(example('balance-and-price-alarm'));
		const enough = await client.runWorkflow(id, { trigger: 'Balance is low' });
		expect(enough.json('Balance message')).toEqual([]);
		panel.balance = 18.5;
		const balance = await client.runWorkflow(id, { trigger: 'Balance is low' });
		expect(balance.json('Balance message')).toEqual([
			{ message: 'Balance is 18.5 USD, below 20: add funds.' },
		]);
		const price = await client.runWorkflow(id, { trigger: 'Price changed' });
		expect(price.json('Price message')).toHaveLength(1);
	});

	it('trigger-status-message, balance-and-price-alarm: fire once for what changes', async () => {
		const [order = ''] = panel.seedOrders(1, { order: '23501' });
		// Each minute, the shortest time there is.
		const everyMinute = { pollTimes: { item: [{ mode: 'everyMinute' }] } };
		const status = await client.importWorkflow(
			withParameters(example('trigger-status-message'), { 'Order changed': everyMinute }),
		);
		const alarm = await client.importWorkflow(
			withParameters(example('balance-and-price-alarm'), {
				'Balance is low': everyMinute,
				'Price changed': everyMinute,
			}),
		);
		for (const { id } of [status, alarm]) {
			expect(await client.activate(id)).toMatchObject({ status: 'published' });
		}

		panel.setOrder(order, { status: 'Partial', remains: 400 });
		panel.balance = 18.5;
		const service = panel.services.find((row) => row.service === 102);
		if (service) service.rate = 1.5;
		await until(
			'three triggers have fired',
			90_000,
			async () => [
				(await client.executions(status.id)).length,
				(await client.executions(alarm.id)).length,
			],
			([changes = 0, alarms = 0]) => changes > 0 && alarms > 1,
		);
		for (const { id } of [status, alarm]) await client.deactivate(id);

		expect(await messages(status.id, 'Message')).toEqual([
			'Order 23501: Pending → Partial (final). Not delivered: 400. Charged: 150 USD.',
		]);
		expect(await messages(alarm.id, 'Balance message')).toEqual([
			'Balance is 18.5 USD, below 20: add funds.',
		]);
		expect(await messages(alarm.id, 'Price message')).toEqual([
			'Service 102, Instagram Likes [Instant, No Refill]: the price changed. Price: 1.2 → 1.5. Minimum: 10, maximum: 50000.',
		]);

		async function messages(workflowId: string, node: string): Promise<unknown[]> {
			const found: unknown[] = [];
			for (const { id } of await client.executions(workflowId)) {
				const execution = await client.executionEnd(id);
				expect(execution.error).toBeUndefined();
				found.push(...execution.json(node).map(({ message }) => message));
			}
			return found;
		}
	});
});
