import { randomUUID } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';

import type { N8nClient } from '../host/client.mts';
import { missingForQueueMode, startQueueMode } from '../host/queueMode.mts';
import type { QueueMode, Worker } from '../host/queueMode.mts';
import { until } from '../support/until.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline, WorkflowJson } from '../host/workflow.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import { keyed } from '../support/keyedOrder.mts';
import type { Fault, SandboxPanel } from '../sandbox/panel.mts';

jest.setTimeout(180_000);

const SMM_PANEL = 'n8n-nodes-smm-panel.smmPanel';
const PLACE = 'Place';
const LOOK = 'Look';
const STATUSES = 10_000;
const EXECUTIONS = 20;

function smmPanel(name: string, operation: string, more: INode['parameters'] = {}): NodeOutline {
	return {
		name,
		type: SMM_PANEL,
		parameters: { resource: 'order', operation, ...more },
	};
}

/** A workflow that places an order for each of three links below the given one. */
function placing(
	link: string,
	parameters: INode['parameters'] = {},
	settings: Partial<INode> = {},
): WorkflowJson {
	return workflow(
		[
			{
				...smmPanel(PLACE, 'create', {
					service: { __rl: true, mode: 'id', value: '101' },
					link: '={{ $json.link }}',
					quantity: 100,
					// One after the other, so that what a fault meets is the same each time.
					options: { parallelOrders: 1 },
					...parameters,
				}),
				...settings,
			},
		],
		{ items: [1, 2, 3].map((row) => ({ row, link: `${link}/${row}` })) },
	);
}

const KEYED = keyed('={{ $json.row }}');

const missing = missingForQueueMode();
const skips = missing.length > 0 && !process.env.CI;
const title = `the package in queue mode, with two workers${
	skips ? ` (skipped: this machine has no ${missing.join(' and no ')})` : ''
}`;

(skips ? describe.skip : describe)(title, () => {
	let panel: SandboxPanel;
	let queue: QueueMode;
	let client: N8nClient;

	beforeAll(async () => {
		panel = await startSandboxPanel({ balance: 1_000_000 });
		queue = await startQueueMode({ workers: 2 });
		client = queue.main.client;
		await client.createCredential({
			type: 'smmPanelApi',
			data: { url: panel.url, apiKey: panel.apiKey },
		});
	});
	beforeEach(() => {
		panel.reset();
	});
	afterAll(async () => {
		await queue?.stop();
		await panel?.close();
	});

	/** The row of each `add` that reached the panel. */
	const sent = () => panel.requestsFor('add').map(({ form }) => Number(form.link?.at(-1)));

	const onRow2 = (does: Fault['does']): Fault => ({
		on: 'add',
		when: ({ link = '' }) => link.endsWith('/2'),
		does,
	});

	function workerOf(executionId: string): Worker {
		const workers = queue.workers.filter((one) => one.executions().includes(executionId));
		expect(workers).toHaveLength(1);
		return workers[0] as Worker;
	}

	it('places rows with keys once in two runs one after the other, both executed by workers', async () => {
		const { id } = await client.importWorkflow(placing('https://example.com/twice', KEYED));
		const first = await client.runWorkflow(id);
		expect(first.json(PLACE)).toMatchObject([
			{ order: '23501' },
			{ order: '23502' },
			{ order: '23503' },
		]);
		const second = await client.runWorkflow(id);
		expect(second.json(PLACE)).toMatchObject(
			['1', '2', '3'].map((idempotencyKey) => ({ duplicate: true, idempotencyKey })),
		);
		expect(sent()).toEqual([1, 2, 3]);
		for (const execution of [first, second]) workerOf(execution.id);
	});

	it('the Retry button sends what was refused, and brings back the ID that another execution got', async () => {
		panel.misbehave(onRow2({ kind: 'refuse', error: 'Incorrect link' }));
		const failed = await client.runWorkflow(placing('https://example.com/retried'));
		expect(failed.error?.message).toBe('Incorrect link');
		expect(failed.error?.description).toContain('23501 (item 0, 1 of 3)');

		const retried = await client.retryExecution(failed.id);
		expect(retried.json(PLACE)).toMatchObject([
			{ order: '23501' },
			{ order: '23502' },
			{ order: '23503' },
		]);
		expect(sent()).toEqual([1, 2, 2, 3]);
		workerOf(retried.id);
	});

	it(`answers ${STATUSES} statuses right and paired, split over ${EXECUTIONS} executions at once on both workers`, async () => {
		const route = randomUUID();
		const { id: workflowId } = await client.importWorkflow(
			workflow(
				[
					{
						name: 'Split',
						type: 'n8n-nodes-base.splitOut',
						parameters: { fieldToSplitOut: 'body.ids', options: { destinationFieldName: 'id' } },
					},
					smmPanel(LOOK, 'getStatus', { orderIds: '={{ $json.id }}' }),
				],
				{
					trigger: {
						type: 'n8n-nodes-base.webhook',
						typeVersion: 2,
						webhookId: route,
						parameters: {
							httpMethod: 'POST',
							path: route,
							responseMode: 'lastNode',
							responseData: 'allEntries',
						},
					},
				},
			),
		);
		expect(await client.activate(workflowId)).toMatchObject({ status: 'published' });

		const ids = panel.seedOrders(STATUSES);
		ids.forEach((id, index) => panel.setOrder(id, { startCount: index * 7 }));
		const size = STATUSES / EXECUTIONS;
		const parts = Array.from({ length: EXECUTIONS }, (_, part) =>
			ids.slice(part * size, (part + 1) * size),
		);
		const answers = await Promise.all(
			parts.map(async (part) => {
				const response = await fetch(`${queue.main.url}/webhook/${route}`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ ids: part }),
				});
				return (await response.json()) as IDataObject[];
			}),
		);
		answers.forEach((answer, part) => {
			expect(answer.map(({ order, startCount }) => [order, startCount])).toEqual(
				(parts[part] as string[]).map((id, index) => [id, (part * size + index) * 7]),
			);
		});
		expect(panel.requestsFor('status')).toHaveLength(STATUSES / 100);

		const executions = await client.executions(workflowId);
		expect(executions).toHaveLength(EXECUTIONS);
		for (const { id } of executions) {
			const execution = await client.execution(id);
			expect(execution.status).toBe('success');
			expect(execution.items(LOOK).map(({ pairedItem }) => pairedItem)).toEqual(
				Array.from({ length: size }, (_, item) => ({ item })),
			);
			const asked = execution.json('Split').map((item) => item.id);
			expect(execution.json(LOOK).map(({ order }) => order)).toEqual(asked);
		}
		expect(new Set(executions.map(({ id }) => workerOf(id))).size).toBe(2);
	});

	it('puts what fails on the error branch, with the input, and the others on the first', async () => {
		const [order] = panel.seedOrders(1) as [string];
		const rows = [{ order }, { order: '999999', customer: 'Ada' }];
		const execution = await client.runWorkflow(
			workflow(
				[
					{
						...smmPanel(LOOK, 'getStatus', { orderIds: '={{ $json.order }}' }),
						onError: 'continueErrorOutput',
					},
				],
				{ items: rows },
			),
		);
		workerOf(execution.id);
		expect(execution.items(LOOK, 0)).toMatchObject([
			{ json: { order, state: 'pending' }, pairedItem: { item: 0 } },
		]);
		expect(execution.items(LOOK, 1)).toMatchObject([
			{
				json: {
					error: expect.any(String) as string,
					customer: 'Ada',
					details: { order: '999999' },
				},
			},
		]);
	});

	it('nobody orders again what was under way when its worker was killed', async () => {
		const { id } = await client.importWorkflow(
			placing('https://example.com/killed', KEYED, { onError: 'continueRegularOutput' }),
		);
		panel.misbehave(onRow2({ kind: 'delay', milliseconds: 120_000 }));
		const executionId = await client.startWorkflow(id);
		await until(
			'row 2 is under way',
			30_000,
			() => panel.orders.size,
			(count) => count === 2,
		);
		const worker = workerOf(executionId);
		await worker.kill();
		const { status } = await client.executionEnd(executionId);
		expect(['error', 'crashed']).toContain(status);
		expect(sent()).toEqual([1, 2]);

		const next = await client.runWorkflow(id);
		expect(workerOf(next.id)).not.toBe(worker);
		expect(next.json(PLACE)).toMatchObject([
			{ duplicate: true, idempotencyKey: '1' },
			{ error: expect.stringContaining('Outcome unknown') as string },
			{ order: '23503' },
		]);
		expect(sent()).toEqual([1, 2, 3]);
		expect(worker.log()).toContain(`Execution ${executionId} placed order 23501`);
	});

	it('the trigger tells once of a change that happened while the main instance was down', async () => {
		const [changed, still] = panel.seedOrders(2) as [string, string];
		const { id } = await client.importWorkflow(
			workflow([], {
				trigger: {
					name: 'Watch',
					type: `${SMM_PANEL}Trigger`,
					parameters: {
						event: 'orderStatusChanged',
						orderIds: `${changed}, ${still}`,
						pollTimes: { item: [{ mode: 'everyX', value: 1, unit: 'hours' }] },
					},
				},
			}),
		);
		expect(await client.activate(id)).toMatchObject({ status: 'published' });
		await queue.main.kill();
		panel.setOrder(changed, { status: 'Completed' });

		// A start polls at once, and so does publishing again.
		await queue.main.start();
		await until(
			'the trigger has fired',
			60_000,
			async () => await client.executions(id),
			({ length }) => length > 0,
		);
		await client.deactivate(id);
		panel.forgetRequests();
		expect(await client.activate(id)).toMatchObject({ status: 'published' });
		await client.deactivate(id);
		expect(panel.requestsFor('status')).not.toHaveLength(0);

		const executions = await client.executions(id);
		expect(executions).toHaveLength(1);
		const execution = await client.executionEnd(executions[0]?.id as string);
		expect(execution.status).toBe('success');
		expect(execution.json('Watch')).toMatchObject([
			{ order: changed, state: 'completed', previousState: 'pending', isFinal: true },
		]);
		workerOf(execution.id);
	});

	it('none of this stored or logged the API key', async () => {
		const written = [
			await queue.postgres.dump(),
			queue.main.log(),
			...queue.workers.map((worker) => worker.log()),
		];
		expect(written[0]).toContain('https://example.com/twice');
		// Not "toContain": a failure would print all of it.
		expect(written.some((text) => text.includes(panel.apiKey))).toBe(false);
	});
});
