import { setTimeout as pause } from 'node:timers/promises';

import { workflow } from '../host/workflow.mts';
import type { Bench, Section } from './bench.mts';
import { latencyMs } from './bench.mts';
import { duration, grouped, median } from './numbers.mts';
import { startPanelProcess } from './panelProcess.mts';

/** One poll of the trigger over many orders: activating the workflow forces one. */
export async function benchTrigger({ n8n, rounds, isQuick }: Bench): Promise<Section> {
	const orders = isQuick ? 1000 : 10_000;
	console.log(`One poll over ${grouped(orders)} orders`);
	const panel = await startPanelProcess(n8n.client, 'trigger', { latencyMs });
	try {
		const ids = await panel.seedOrders(orders);
		const { id } = await n8n.client.importWorkflow(
			workflow([], {
				trigger: {
					type: 'n8n-nodes-smm-panel.smmPanelTrigger',
					parameters: { event: 'orderStatusChanged', orderIds: ids.join(',') },
					credentials: panel.credentials,
				},
			}),
		);
		const polls: number[] = [];
		let requests = 0;
		for (let round = 0; round <= Math.min(rounds, 3); round++) {
			await panel.forgetRequests();
			const { status } = await n8n.client.activate(id);
			if (status !== 'published') throw new Error(`The workflow is ${status}`);
			await pause(latencyMs);
			const traffic = await panel.traffic();
			requests = traffic.requests;
			if (round > 0) polls.push(traffic.spreadMs + latencyMs);
			await n8n.client.deactivate(id);
		}
		return {
			title: 'One poll of the trigger',
			note: `${grouped(orders)} watched orders. Time: from the first request to the last answer, as the panel saw it.`,
			columns: ['Orders', 'Time', 'Requests'],
			rows: [[grouped(orders), duration(median(polls)), grouped(requests)]],
			goals: [],
		};
	} finally {
		await panel.stop();
	}
}
