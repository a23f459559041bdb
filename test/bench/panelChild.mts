import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxOptions } from '../sandbox/panel.mts';
import type { PanelAnswer, PanelOrder } from './panelProcess.mts';

/** The sandbox panel in a process of its own: does what the parent process orders, and answers each order. */
const panel = await startSandboxPanel(JSON.parse(process.argv[2] ?? '{}') as SandboxOptions);

process.on('message', (order: PanelOrder) => answer(carryOut(order)));
// A parent that went away will not end this process any more.
process.once('disconnect', () => process.exit());
answer({ url: panel.url, apiKey: panel.apiKey });

function carryOut(order: PanelOrder): PanelAnswer {
	switch (order.kind) {
		case 'seed':
			return { ids: panel.seedOrders(order.count, { status: 'In progress' }) };
		case 'forget':
			panel.forgetRequests();
			return {};
		case 'count': {
			const times = panel.requests.map(({ at }) => at);
			return {
				traffic: {
					requests: times.length,
					refused: panel.requests.filter(({ answered }) => answered === 429).length,
					peakParallel: panel.peakParallel,
					spreadMs: times.length > 0 ? Math.max(...times) - Math.min(...times) : 0,
				},
			};
		}
	}
}

function answer(message: PanelAnswer): void {
	process.send?.(message);
}
