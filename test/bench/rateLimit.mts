import { httpRequest } from '../host/httpRequest.mts';
import { workflow } from '../host/workflow.mts';
import type { Bench, Section } from './bench.mts';
import { latencyMs } from './bench.mts';
import { ours } from './nodes.mts';
import { startPanelProcess } from './panelProcess.mts';
import { race } from './race.mts';
import { raceColumns, raceRow } from './raceTable.mts';
import { timeWorkflow } from './timedWorkflow.mts';

const requestsPerSecond = 2;
const orders = 1000;

/** A panel that allows few requests: who gets all answers. */
export async function benchRateLimit({ n8n }: Bench): Promise<Section> {
	console.log(
		`Status of ${orders} orders on a panel that allows ${requestsPerSecond} requests a second`,
	);
	const panel = await startPanelProcess(n8n.client, 'rate limit', { latencyMs, requestsPerSecond });
	try {
		const items = (await panel.seedOrders(orders)).map((order) => ({ order }));
		const isGood = ({ status }: Record<string, unknown>) => status === 'In progress';
		const inN8n = (name: string, node: ReturnType<typeof ours>) => ({
			name,
			run: async () => await timeWorkflow(n8n, workflow([node], { items }), { isGood }),
		});
		const perItem = httpRequest(panel, { action: 'status', order: '={{ $json.order }}' });
		const results = await race(panel, 0, [
			inN8n(
				'SMM Panel node',
				ours(panel, { resource: 'order', operation: 'getStatus', orderIds: '={{ $json.order }}' }),
			),
			inN8n('HTTP Request per item', perItem),
			inN8n('HTTP Request per item, On Error: Continue', {
				...perItem,
				onError: 'continueRegularOutput',
			}),
		]);
		const lost = orders - (results[0]?.items ?? 0);
		return {
			title: 'A panel with a limit',
			note: `${requestsPerSecond} requests a second are allowed; beyond that the panel answers 429. Status of ${orders} orders.`,
			columns: raceColumns,
			rows: results.map((result) => raceRow(result, results, orders)),
			goals: [
				{
					goal: `${requestsPerSecond} requests a second allowed: nothing is lost`,
					measured: `${lost} of ${orders} lost`,
					holds: lost === 0,
				},
			],
		};
	} finally {
		await panel.stop();
	}
}
