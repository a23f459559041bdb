import { setTimeout as pause } from 'node:timers/promises';

import type { Execution } from '../host/execution.mts';
import type { N8n } from '../host/n8n.mts';
import type { WorkflowJson } from '../host/workflow.mts';
import { MANUAL_TRIGGER } from '../host/workflow.mts';
import type { Outcome } from './race.mts';

interface Timing {
	/** The nodes whose time counts; default: all but the trigger. */
	nodes?: string[];
	/** An execution that takes longer is stopped. */
	timeoutMs?: number;
	/** Whether an item of the last node is good. */
	isGood?: (json: Record<string, unknown>) => boolean;
}

/** Runs a workflow in n8n; its time is the sum of what n8n itself measured for the nodes. */
export async function timeWorkflow(
	{ client }: N8n,
	workflow: WorkflowJson,
	{ nodes, timeoutMs = 60_000, isGood = () => true }: Timing = {},
): Promise<Outcome> {
	const saved = await client.importWorkflow(workflow);
	const id = await client.startWorkflow(saved.id);
	const deadline = Date.now() + timeoutMs;
	// Looked at seldom and in the light list, so that looking does not slow down what is measured.
	while (await isRunning(id)) {
		if (Date.now() > deadline) {
			await client.request('POST', `/rest/executions/${id}/stop`, {});
			const problem = `not finished in ${timeoutMs / 1000} s`;
			return { milliseconds: timeoutMs, items: 0, problem };
		}
		await pause(500);
	}
	const execution = await patiently(async () => await client.execution(id));
	const measured = nodes ?? saved.nodes.map(({ name }) => name).filter(isNoTrigger);
	return {
		milliseconds: sum(measured.map((name) => timeOf(execution, name))),
		items: execution.json(measured.at(-1) as string).filter(isGood).length,
		problem: execution.error?.message,
	};

	async function isRunning(executionId: string): Promise<boolean> {
		const [summary] = await patiently(async () => await client.executions(saved.id));
		return summary?.id !== executionId || ['new', 'running'].includes(summary.status);
	}
}

/** A busy n8n closes connections that are about to be used, and takes its database for gone: asks again. */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
	for (let attempt = 0; ; attempt++) {
		try {
			return await ask();
		} catch (error) {
			const isBusy =
				error instanceof TypeError || (error as Error).message.includes('answered 503');
			if (!isBusy || attempt === 20) throw error;
			await pause(500);
		}
	}
}

function isNoTrigger(name: string): boolean {
	return name !== MANUAL_TRIGGER;
}

function timeOf(execution: Execution, node: string): number {
	return sum(execution.runs(node).map(({ executionTime }) => executionTime));
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
