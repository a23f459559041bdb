import { setTimeout as pause } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';

import type { N8nClient } from './client.mts';
import type { Execution } from './execution.mts';
import { workflow } from './workflow.mts';

const SERVICE = '102';
const LOOK_EVERY_MS = 2000;
const COMPLETED_WITHIN_MS = 120_000;

/** Places one order in the real n8n and follows it to its end, saying each step. */
export async function followOneOrder(
	client: N8nClient,
	say: (line: string) => void,
): Promise<void> {
	const placing = await client.runWorkflow(
		workflow([ourNode('Place order', 'create', { ...ORDER, quantity: 1000 })], {
			name: 'Demonstration: place an order',
		}),
	);
	const { order } = outputOf(placing, 'Place order');
	say(`Placed in execution ${placing.id}: 1000 x service ${SERVICE} is order ${String(order)}.`);

	const looking = await client.importWorkflow(
		workflow([ourNode('Look', 'getStatus', { orderIds: String(order) })], {
			name: 'Demonstration: look at the order',
		}),
	);
	const deadline = Date.now() + COMPLETED_WITHIN_MS;
	for (let last = ''; ; await pause(LOOK_EVERY_MS)) {
		const execution = await client.runWorkflow(looking.id);
		const { status, state, isFinal, remains, charge, currency } = outputOf(execution, 'Look');
		const line = `Order ${String(order)}: ${String(status)}, ${String(remains)} remain, charge ${String(charge)} ${String(currency)}`;
		if (line !== last) say(line);
		last = line;
		if (state === 'completed') return;
		if (isFinal) throw new Error(`The order ended as ${String(status)} instead of Completed`);
		if (Date.now() > deadline) throw new Error('The order was not completed in time');
	}
}

const ORDER = {
	service: { __rl: true, mode: 'id', value: SERVICE },
	link: 'https://www.instagram.com/p/a-post-of-yours',
};

function ourNode(name: string, operation: string, parameters: INode['parameters']) {
	return {
		name,
		type: 'n8n-nodes-smm-panel.smmPanel',
		parameters: { resource: 'order', operation, ...parameters },
	};
}

/** The one item that the node put out; an execution that failed is an error here. */
function outputOf(execution: Execution, node: string) {
	const [output] = execution.json(node);
	if (execution.status === 'success' && output) return output;
	throw new Error(`Execution ${execution.id} failed: ${execution.error?.message ?? 'no output'}`);
}
