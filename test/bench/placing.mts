import { httpRequest } from '../host/httpRequest.mts';
import { workflow } from '../host/workflow.mts';
import type { Bench, Section } from './bench.mts';
import { latencyMs } from './bench.mts';
import { call, inParallel, timeScript } from './limit.mts';
import { ours } from './nodes.mts';
import { grouped } from './numbers.mts';
import { startPanelProcess } from './panelProcess.mts';
import { race } from './race.mts';
import { raceColumns, raceRow } from './raceTable.mts';
import { timeWorkflow } from './timedWorkflow.mts';

const service = '102';
const quantity = '100';

/** Placing orders: ours one after the other, so that the outcome of each is known before the next is paid. */
export async function benchPlacing({ n8n, isQuick }: Bench): Promise<Section> {
	const orders = isQuick ? 10 : 100;
	console.log(`Placing ${orders} orders`);
	const panel = await startPanelProcess(n8n.client, 'placing', { latencyMs, balance: 1_000_000 });
	try {
		const links = Array.from({ length: orders }, (_, n) => `https://example.com/p/${n}`);
		const items = links.map((link) => ({ link }));
		const isGood = ({ order }: Record<string, unknown>) => order !== undefined;
		const inN8n = (name: string, node: ReturnType<typeof ours>) => ({
			name,
			run: async () => await timeWorkflow(n8n, workflow([node], { items }), { isGood }),
		});
		const form = { action: 'add', service, quantity };
		const results = await race(panel, 1, [
			inN8n(
				'SMM Panel node',
				ours(panel, {
					resource: 'order',
					operation: 'create',
					service: { __rl: true, mode: 'id', value: service },
					link: '={{ $json.link }}',
					quantity: Number(quantity),
				}),
			),
			inN8n('HTTP Request per item', httpRequest(panel, { ...form, link: '={{ $json.link }}' })),
			{
				name: 'undici script, one after the other',
				run: async () =>
					await timeScript(async () => {
						const tasks = links.map((link) => async () => await call(panel, { ...form, link }));
						return (await inParallel(1, tasks)).length;
					}),
			},
		]);
		return {
			title: 'Placing orders',
			note: `${grouped(orders)} orders. Our node places them one after the other and remembers each outcome; HTTP Request sends all at once and repeats what it does not know the outcome of when it is run again.`,
			columns: raceColumns,
			rows: results.map((result) => raceRow(result, results, orders)),
			goals: [],
		};
	} finally {
		await panel.stop();
	}
}
