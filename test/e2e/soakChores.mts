import { randomUUID } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';

import { httpRequest } from '../host/httpRequest.mts';
import type { N8n } from '../host/n8n.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline, WorkflowJson } from '../host/workflow.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';

/** Something that an n8n does all day, and how often it is done for each time of the rarest. */
export interface Chore {
	times: number;
	run(): Promise<void>;
}

/** The same chores done with our nodes, and with nodes that n8n brings along. */
export interface Chores {
	ours: Chore[];
	plain: Chore[];
}

const SMM_PANEL = 'n8n-nodes-smm-panel.smmPanel';
const TRIGGER = 'n8n-nodes-smm-panel.smmPanelTrigger';
const WATCHED = 100;
const ASKED = 300;

/** Sets up the workflows for all chores; `panel` is what the credentials in this n8n lead to. */
export async function prepareChores(n8n: N8n, panel: SandboxPanel): Promise<Chores> {
	const ids = panel.seedOrders(ASKED);
	const unknownIds = ids.map((id) => `9${id}`);
	const statuses = { resource: 'order', operation: 'getStatus' };

	return {
		ours: [
			await called(n8n, 20, [ourNode({ ...statuses, orderIds: ids.join() })]),
			await called(n8n, 20, [ourNode(order({ idempotencyKey: '={{ $json.body.link }}' }))]),
			await called(n8n, 2, [ourNode(order({ maxCost: 1000 }))]),
			await called(n8n, 10, [ourNode({ ...statuses, orderIds: unknownIds.join() })], 500),
			await called(n8n, 10, [
				ourNode(
					{ ...statuses, orderIds: [...ids, ...unknownIds].join() },
					{ onError: 'continueErrorOutput' },
				),
			]),
			await called(n8n, 2, [
				ourNode({ resource: 'service', operation: 'getMany', returnAll: true }),
			]),
			picker(n8n),
			await poll(n8n, panel, ids),
		],
		plain: [
			await called(n8n, 20, [
				httpRequest(panel, { action: 'status', orders: ids.slice(0, 100).join() }),
			]),
			await called(n8n, 20, [
				httpRequest(panel, {
					action: 'add',
					service: '101',
					link: '={{ $json.body.link }}',
					quantity: '100',
				}),
			]),
			await called(n8n, 10, [stopWithError], 500),
			await called(n8n, 10, [httpRequest(panel, { action: 'status', order: '={{ 1 }}' })]),
			await called(n8n, 4, [httpRequest(panel, { action: 'services' })]),
			nodeTypes(n8n),
			await schedule(n8n),
		],
	};
}

function order(safety: IDataObject): IDataObject {
	return {
		resource: 'order',
		operation: 'create',
		service: { __rl: true, mode: 'id', value: '101' },
		link: '={{ $json.body.link }}',
		quantity: 100,
		...safety,
	};
}

function ourNode(parameters: IDataObject, settings: Partial<INode> = {}): NodeOutline {
	return { type: SMM_PANEL, parameters: parameters as INode['parameters'], ...settings };
}

const stopWithError: NodeOutline = {
	type: 'n8n-nodes-base.stopAndError',
	parameters: { errorMessage: 'This one fails' },
};

/** Executes the nodes by a webhook, with a link that never comes again. */
async function called(n8n: N8n, times: number, nodes: NodeOutline[], status = 200): Promise<Chore> {
	const route = randomUUID();
	const trigger: NodeOutline = {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: route,
		parameters: { httpMethod: 'POST', path: route, responseMode: 'lastNode' },
	};
	await published(n8n, workflow(nodes, { trigger }));
	return {
		times,
		run: async () => {
			const response = await fetch(`${n8n.url}/webhook/${route}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ link: `https://example.com/${randomUUID()}` }),
			});
			const answer = await response.text();
			if (response.status !== status) throw new Error(`${response.status}: ${answer}`);
		},
	};
}

/** Types a search into the list of services. */
function picker({ client }: N8n): Chore {
	return {
		times: 10,
		run: async () => {
			const [credential] = await client.request<Array<{ id: string; name: string }>>(
				'GET',
				'/rest/credentials',
			);
			await client.request('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
				path: 'parameters.service',
				methodName: 'searchServices',
				nodeTypeAndVersion: { name: SMM_PANEL, version: 1 },
				currentNodeParameters: { resource: 'order', operation: 'create' },
				credentials: { smmPanelApi: credential },
				filter: 'instagram',
			});
		},
	};
}

/** Opens the editor's nodes panel. */
function nodeTypes({ client }: N8n): Chore {
	return { times: 10, run: async () => void (await client.credentialTypes()) };
}

/** Unpublishes and publishes the triggers, which polls at once, after an order has changed. */
async function poll(n8n: N8n, panel: SandboxPanel, ids: string[]): Promise<Chore> {
	const watched = ids.slice(0, WATCHED);
	const trigger = {
		type: TRIGGER,
		parameters: {
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			event: 'orderStatusChanged',
			orderIds: watched.join(),
		} as never,
	};
	const { id } = await n8n.client.importWorkflow(workflow([noOperation], { trigger }));
	let startCount = 0;
	return {
		times: 3,
		run: async () => {
			startCount++;
			const status = startCount % 2 === 0 ? 'Pending' : 'In progress';
			panel.setOrder(watched[0] as string, { startCount, status });
			await republish(n8n, id);
		},
	};
}

/** The same with a trigger of n8n's own. */
async function schedule(n8n: N8n): Promise<Chore> {
	const trigger = {
		type: 'n8n-nodes-base.scheduleTrigger',
		typeVersion: 1.2,
		parameters: { rule: { interval: [{ field: 'hours' }] } },
	};
	const { id } = await n8n.client.importWorkflow(workflow([noOperation], { trigger }));
	return { times: 3, run: async () => await republish(n8n, id) };
}

const noOperation: NodeOutline = { type: 'n8n-nodes-base.noOp' };

async function republish(n8n: N8n, workflowId: string): Promise<void> {
	const { status } = await n8n.client.activate(workflowId);
	if (status !== 'published') throw new Error(`The workflow is ${status}`);
	await n8n.client.deactivate(workflowId);
}

async function published({ client }: N8n, json: WorkflowJson): Promise<void> {
	const { id } = await client.importWorkflow(json);
	const { status } = await client.activate(id);
	if (status !== 'published') throw new Error(`The workflow is ${status}`);
}
