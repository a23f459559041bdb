import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';

import type { N8nClient } from '../host/client.mts';
import type { Execution } from '../host/execution.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { until } from '../support/until.mts';
import { MANUAL_TRIGGER, workflow } from '../host/workflow.mts';
import type { WorkflowJson } from '../host/workflow.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { Fault, SandboxPanel } from '../sandbox/panel.mts';

jest.setTimeout(180_000);

const SMM_PANEL = 'n8n-nodes-smm-panel.smmPanel';
const PLACE = 'Place';
/** Holds characters that look different in a URL, in a form and in JSON. */
const API_KEY = 'Key+of/the=sandbox "panel"';
const SERVICE = { __rl: true, mode: 'id', value: '101' };

/** Three rows of orders that no other test has, and what became of them on the panel. */
class Sheet {
	static #count = 0;
	readonly #name = `sheet${++Sheet.#count}`;
	readonly rows = [1, 2, 3].map((row) => ({ row, link: this.link(row), quantity: 100 + row }));
	readonly #panel: SandboxPanel;

	constructor(panel: SandboxPanel) {
		this.#panel = panel;
	}

	link(row: number): string {
		return `https://www.instagram.com/p/${this.#name}-${row}`;
	}

	/** The row of each `add` that reached the panel, in order. */
	get sent(): number[] {
		return this.#rowsOf(this.#panel.requestsFor('add').map(({ form }) => form.link));
	}

	/** The row of each order that exists on the panel. */
	get placed(): number[] {
		return this.#rowsOf([...this.#panel.orders.values()].map((order) => order.link));
	}

	/** The ID of the row's only order. */
	orderId(row: number): string {
		const orders = [...this.#panel.orders.values()].filter(({ link }) => link === this.link(row));
		expect(orders).toHaveLength(1);
		return orders[0]?.order as string;
	}

	/** Has the panel do this with each `add` of row 2, or with the next few. */
	misbehaveOnRow2(does: Fault['does'], times = Infinity): void {
		this.#panel.misbehave({ on: 'add', when: ({ link }) => link === this.link(2), times, does });
	}

	/** What the node puts out for the row when its idempotency key was used before. */
	duplicate(row: number): IDataObject {
		const { link, quantity } = this.rows[row - 1] as IDataObject;
		return { duplicate: true, idempotencyKey: String(row), service: '101', link, quantity };
	}

	/** What the node puts out for the row when it has its order. */
	ordered(row: number): IDataObject {
		const { link, quantity } = this.rows[row - 1] as IDataObject;
		return { order: this.orderId(row), service: '101', link, quantity };
	}

	#rowsOf(links: Array<string | undefined>): number[] {
		return links.flatMap((link) => this.rows.flatMap((row) => (row.link === link ? row.row : [])));
	}
}

interface Placing {
	options?: IDataObject;
	/** Parameters beside the fields: Idempotency Key, Maximum Cost. */
	safety?: IDataObject;
	/** Settings of the node, such as Retry On Fail. */
	settings?: Partial<INode>;
}

/** A workflow that places an order for each row of the sheet. */
function placing(
	{ rows }: Sheet,
	{ options = {}, safety = {}, settings = {} }: Placing = {},
): WorkflowJson {
	const node = {
		name: PLACE,
		type: SMM_PANEL,
		parameters: {
			resource: 'order',
			operation: 'create',
			service: SERVICE,
			link: '={{ $json.link }}',
			quantity: '={{ $json.quantity }}',
			...(safety as INode['parameters']),
			// One after the other, so that what a fault meets is the same each time.
			options: { parallelOrders: 1, ...(options as INode['parameters']) },
		},
		...settings,
	};
	return workflow([node], { name: 'Place orders', items: rows });
}

const KEYED = { safety: { idempotencyKey: '={{ $json.row }}' } };
const THREE_TRIES = { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 } };
const REFUSAL = { kind: 'refuse', error: 'Incorrect link' } as const;
const DROP = { kind: 'dropAfter' } as const;
const MAY_BE_PLACED = 'Outcome unknown: this order may have been placed before';

describe('placing orders in the real n8n', () => {
	let panel: SandboxPanel;
	let n8n: N8n;
	let client: N8nClient;

	beforeAll(async () => {
		panel = await startSandboxPanel({ apiKey: API_KEY, balance: 1_000_000 });
		n8n = await startN8n({ name: 'orders', environment: { N8N_LOG_LEVEL: 'debug' } });
		client = n8n.client;
		await client.createCredential({
			type: 'smmPanelApi',
			data: { url: panel.url, apiKey: panel.apiKey },
		});
	});
	afterAll(async () => {
		await n8n?.stop();
		await panel?.close();
	});

	describe('Retry On Fail with 3 tries of rows 1 to 3', () => {
		it('places row 1 once where row 2 is refused every time, and its ID is in the final error', async () => {
			const sheet = new Sheet(panel);
			sheet.misbehaveOnRow2(REFUSAL);
			const { status, error } = await client.runWorkflow(placing(sheet, THREE_TRIES));
			expect(sheet.sent).toEqual([1, 2, 2, 2]);
			expect(sheet.placed).toEqual([1]);
			expect(status).toBe('error');
			expect(error?.message).toBe('Incorrect link');
			const order = sheet.orderId(1);
			expect(error?.description).toContain(`Already placed: ${order} (item 0, 1 of 3).`);
			expect(error?.context).toMatchObject({ placed: [{ item: 0, order }] });
		});

		it('sends two orders in all where the connection drops after the panel took row 2, and ends with "outcome unknown"', async () => {
			const sheet = new Sheet(panel);
			sheet.misbehaveOnRow2(DROP);
			const { status, error } = await client.runWorkflow(placing(sheet, THREE_TRIES));
			expect(sheet.sent).toEqual([1, 2]);
			expect(sheet.placed).toEqual([1, 2]);
			expect(status).toBe('error');
			expect(error?.message).toMatch(/^Outcome unknown/);
			expect(error?.description).toContain(`link ${sheet.link(2)}`);
			expect(error?.description).toContain(`${sheet.orderId(1)} (item 0, 1 of 3)`);
		});

		it('puts out every order where row 2 is refused only once', async () => {
			const sheet = new Sheet(panel);
			sheet.misbehaveOnRow2(REFUSAL, 1);
			const execution = await client.runWorkflow(placing(sheet, THREE_TRIES));
			expect(execution.error).toBeUndefined();
			expect(sheet.sent).toEqual([1, 2, 2, 3]);
			expect(execution.json(PLACE)).toEqual([1, 2, 3].map((row) => sheet.ordered(row)));
		});
	});

	describe('the Retry button pressed again on the execution that failed', () => {
		it('orders nothing that another retry has ordered, and returns its IDs', async () => {
			const sheet = new Sheet(panel);
			sheet.misbehaveOnRow2(REFUSAL, 1);
			const failed = await client.runWorkflow(placing(sheet));
			expect(sheet.sent).toEqual([1, 2]);
			for (let press = 0; press < 3; press++) {
				const retried = await client.retryExecution(failed.id);
				expect(retried.json(PLACE)).toEqual([1, 2, 3].map((row) => sheet.ordered(row)));
			}
			expect(sheet.placed).toEqual([1, 2, 3]);
		});

		it('orders nothing twice while the retries themselves fail', async () => {
			const sheet = new Sheet(panel);
			sheet.misbehaveOnRow2(REFUSAL, 4);
			const two = { options: { parallelOrders: 2 } };
			const failed = await client.runWorkflow(placing(sheet, two));
			const first = await client.retryExecution(failed.id);
			expect(first.status).toBe('error');
			for (const id of [failed.id, first.id, failed.id, first.id]) await client.retryExecution(id);
			expect([...sheet.placed].sort()).toEqual([1, 2, 3]);
		});
	});

	describe('idempotency keys', () => {
		it('place once in two runs of one workflow, and the second run puts out duplicates', async () => {
			const sheet = new Sheet(panel);
			const { id } = await client.importWorkflow(placing(sheet, KEYED));
			const first = await client.runWorkflow(id);
			expect(first.json(PLACE)).toEqual([1, 2, 3].map((row) => sheet.ordered(row)));
			const second = await client.runWorkflow(id);
			expect(second.json(PLACE)).toEqual([1, 2, 3].map((row) => sheet.duplicate(row)));
			expect(sheet.sent).toEqual([1, 2, 3]);
		});

		it('belong to one workflow: another one with the same keys places its orders', async () => {
			const sheet = new Sheet(panel);
			await client.runWorkflow(placing(sheet, KEYED));
			await client.runWorkflow(placing(sheet, KEYED));
			expect(sheet.sent).toEqual([1, 2, 3, 1, 2, 3]);
		});

		it('let a refused row through in the next run, and keep back one whose outcome is unknown', async () => {
			const sheet = new Sheet(panel);
			const { id } = await client.importWorkflow(placing(sheet, { ...KEYED, ...THREE_TRIES }));
			sheet.misbehaveOnRow2(REFUSAL, 3);
			expect((await client.runWorkflow(id)).error?.message).toBe('Incorrect link');
			expect(sheet.sent).toEqual([1, 2, 2, 2]);

			sheet.misbehaveOnRow2(DROP);
			expect((await client.runWorkflow(id)).error?.message).toMatch(/^Outcome unknown/);
			const third = await client.runWorkflow(id);
			expect(third.error?.message).toBe(MAY_BE_PLACED);
			expect(sheet.sent).toEqual([1, 2, 2, 2, 2]);
		});
	});

	it('guards stop every row once the panel has raised its price', async () => {
		const sheet = new Sheet(panel);
		const guarded = { safety: { maxCost: 30 }, options: { maxRate: 250 } };
		const { id } = await client.importWorkflow(placing(sheet, guarded));
		expect((await client.runWorkflow(id)).json(PLACE)).toHaveLength(3);

		const service = panel.services.find((one) => one.service === 101);
		if (service) service.rate = 260;
		const { status, error } = await client.runWorkflow(id);
		if (service) service.rate = 250;
		expect(status).toBe('error');
		expect(error?.description).toContain('service 101 costs 260 per 1,000 now');
		expect(sheet.sent).toEqual([1, 2, 3]);
		expect(panel.requestsFor('services')).toHaveLength(2);
	});

	describe('with all of n8n killed and started again', () => {
		type Case = { sheet: Sheet; execution: Execution };
		let refused: Case;
		let refusedOnce: Case;
		let dropped: Case;
		let keyed: Case;
		/** Killed while the panel, which has taken row 2 already, kept its answer back. */
		let underWay: { sheet: Sheet; workflowId: string; executionId: string };

		beforeAll(async () => {
			refused = await run([REFUSAL], {});
			refusedOnce = await run([REFUSAL, 1], {});
			dropped = await run([DROP], {});
			keyed = await run([REFUSAL, 0], KEYED);

			const sheet = new Sheet(panel);
			sheet.misbehaveOnRow2({ kind: 'delay', milliseconds: 120_000 });
			const { id: workflowId } = await client.importWorkflow({
				...placing(sheet, KEYED),
				// Without it n8n has nothing to retry of an execution that was killed.
				settings: { executionOrder: 'v1', saveExecutionProgress: true },
			});
			const executionId = await client.startWorkflow(workflowId);
			await until(
				'row 2 is under way',
				30_000,
				() => sheet.placed.length,
				(count) => count === 2,
			);
			underWay = { sheet, workflowId, executionId };

			await n8n.restart({ signal: 'SIGKILL' });
		});

		async function run(row2: Parameters<Sheet['misbehaveOnRow2']>, how: Placing): Promise<Case> {
			const sheet = new Sheet(panel);
			sheet.misbehaveOnRow2(...row2);
			return { sheet, execution: await client.runWorkflow(placing(sheet, how)) };
		}

		it('the Retry button sends row 2 alone where it is refused again, and keeps the ID of row 1 in the error', async () => {
			const { sheet, execution } = refused;
			const { status, retryOf, error } = await client.retryExecution(execution.id);
			expect(retryOf).toBe(execution.id);
			expect(status).toBe('error');
			expect(sheet.sent).toEqual([1, 2, 2]);
			expect(sheet.placed).toEqual([1]);
			expect(error?.message).toBe('Incorrect link');
			expect(error?.description).toContain(`${sheet.orderId(1)} (item 0, 1 of 3)`);
		});

		it('the Retry button sends only rows 2 and 3 where nothing is refused any more, and brings back the ID of row 1', async () => {
			const { sheet, execution } = refusedOnce;
			expect(sheet.sent).toEqual([1, 2]);
			const retried = await client.retryExecution(execution.id);
			expect(retried.error).toBeUndefined();
			expect(retried.status).toBe('success');
			expect(sheet.sent).toEqual([1, 2, 2, 3]);
			expect(sheet.placed).toEqual([1, 2, 3]);
			expect(retried.items(PLACE)).toMatchObject(
				[0, 1, 2].map((item) => ({ json: sheet.ordered(item + 1), pairedItem: { item } })),
			);
		});

		it('the Retry button sends nothing after an unknown outcome, however often it is pressed', async () => {
			const { sheet, execution } = dropped;
			expect(execution.error?.message).toMatch(/^Outcome unknown/);
			let latest = execution;
			for (let press = 0; press < 2; press++) {
				latest = await client.retryExecution(latest.id);
				expect(latest.status).toBe('error');
				expect(latest.error?.message).toBe(execution.error?.message);
				expect(latest.error?.description).toContain(`${sheet.orderId(1)} (item 0, 1 of 3)`);
			}
			expect(sheet.sent).toEqual([1, 2]);
			expect(sheet.placed).toEqual([1, 2]);
		});

		it('rows with keys of before are not ordered again by a new run', async () => {
			const { sheet, execution } = keyed;
			expect(execution.status).toBe('success');
			const next = await client.runWorkflow(execution.workflowId);
			expect(next.json(PLACE)).toEqual([1, 2, 3].map((row) => sheet.duplicate(row)));
			expect(sheet.sent).toEqual([1, 2, 3]);
		});

		it('a row with a key that was under way is not ordered again, neither by the Retry button nor by a new run', async () => {
			const { sheet, workflowId, executionId } = underWay;
			expect((await client.execution(executionId)).status).toBe('crashed');
			expect(sheet.sent).toEqual([1, 2]);
			const retried = await client.retryExecution(executionId);
			expect(retried.error?.message).toBe(MAY_BE_PLACED);
			const next = await client.runWorkflow(workflowId);
			expect(next.error?.message).toBe(MAY_BE_PLACED);
			expect(sheet.sent).toEqual([1, 2]);
			expect(sheet.placed).toEqual([1, 2]);
		});

		it("the ID of an order placed before the kill is in n8n's log, as nothing else could keep it", () => {
			const { sheet, executionId } = underWay;
			const order = sheet.orderId(1);
			expect(n8n.log()).toContain(
				`Execution ${executionId} placed order ${order}: item 0, service 101, link ${sheet.link(1)}`,
			);
		});
	});

	describe("as an AI agent's tool", () => {
		const TOOL = 'Order_followers';

		/** A workflow with an agent that has the node as its tool; n8n can run the tool alone, as its editor does. */
		function agentWithTool(safety: INode['parameters']): WorkflowJson {
			const { nodes, connections, ...rest } = workflow(
				[{ name: 'Agent', type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 2 }],
				{ items: [{}] },
			);
			const [tool] = workflow([], {
				trigger: {
					name: TOOL,
					type: `${SMM_PANEL}Tool`,
					parameters: {
						resource: 'order',
						operation: 'create',
						service: SERVICE,
						link: "={{ $fromAI('link', '', 'string') }}",
						quantity: "={{ $fromAI('quantity', '', 'number') }}",
						...safety,
					},
				},
			}).nodes as [INode];
			return {
				...rest,
				nodes: [...nodes, tool],
				connections: {
					...connections,
					[TOOL]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
				},
			};
		}

		async function call(
			toolParameters: IDataObject,
			safety: INode['parameters'] = {},
		): Promise<Execution> {
			const { id } = await client.importWorkflow(agentWithTool(safety));
			const { executionId } = await client.request<{ executionId: string }>(
				'POST',
				`/rest/workflows/${id}/run`,
				{
					triggerToStartFrom: { name: MANUAL_TRIGGER },
					destinationNode: { nodeName: TOOL, mode: 'inclusive' },
					agentRequest: { query: { [TOOL]: toolParameters }, tool: { name: TOOL } },
				},
			);
			return await client.executionEnd(executionId);
		}

		it("each operation's sentence in the editor is there to be the tool's description", async () => {
			const tool = (await client.nodeTypes()).find(({ name }) => name === `${SMM_PANEL}Tool`);
			expect(tool?.outputs).toEqual(['ai_tool']);
			const operations = (tool?.properties ?? [])
				.filter(({ name }) => name === 'operation')
				.flatMap(({ options = [] }) => options as Array<{ name: string; action?: string }>)
				.filter(({ name }) => name !== 'Custom API Call');
			expect(operations).toHaveLength(8);
			for (const { action } of operations) expect(action).toMatch(/^[A-Z][a-z]+ .+/);
		});

		it('places the order that the agent asks for, once, and answers its ID', async () => {
			const sheet = new Sheet(panel);
			const { link, quantity } = sheet.rows[0] as (typeof sheet.rows)[number];
			const execution = await call({ link, quantity });
			expect(execution.error).toBeUndefined();
			expect(sheet.sent).toEqual([1]);
			expect(execution.runs(TOOL).at(-1)?.data?.ai_tool?.[0]?.[0]?.json).toEqual({
				response: [sheet.ordered(1)],
			});
		});

		it('places with an idempotency key and a cap too', async () => {
			const sheet = new Sheet(panel);
			const { link, quantity } = sheet.rows[0] as (typeof sheet.rows)[number];
			const safety = {
				idempotencyKey: '={{ $json.row ?? "chat 1" }}',
				options: { maxTotalCost: '50' },
			};
			const execution = await call({ link, quantity }, safety);
			expect(execution.error).toBeUndefined();
			expect(sheet.sent).toEqual([1]);
		});

		it("answers the panel's refusal with what to do", async () => {
			const execution = await call({ link: new Sheet(panel).link(1), quantity: 1 });
			expect(execution.error?.message).toContain('Quantity less than minimal 100');
			expect(execution.error?.message).toContain('Keep the quantity between');
		});
	});

	it('none of this stored or logged the API key', () => {
		const folder = path.join(n8n.folder, '.n8n');
		const files = readdirSync(folder).filter((name) => /^(database|n8nEventLog)/.test(name));
		expect(files).toEqual(expect.arrayContaining(['database.sqlite', 'n8nEventLog.log']));
		const written = [
			n8n.log(),
			...files.map((name) => readFileSync(path.join(folder, name), 'latin1')),
		];
		// What was placed is in there, so that the search below is no search of nothing.
		const placedBefore = written.filter((text) => text.includes('Already placed'));
		expect(placedBefore).not.toHaveLength(0);
		const forms = [
			API_KEY,
			JSON.stringify(API_KEY).slice(1, -1),
			encodeURIComponent(API_KEY),
			new URLSearchParams([['', API_KEY]]).toString().slice(1),
		];
		// Not "toContain": a failure would print the whole database.
		for (const form of forms) expect(written.some((text) => text.includes(form))).toBe(false);
	});
});
