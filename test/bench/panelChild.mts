import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxOptions } from '../sandbox/panel.mts';
import type { PanelAnswer, PanelOrder } from './panelProcess.mts';

/** The sandbox panel in a process of its own: does what the parent process orders, and answers each order. */
const panel = await startSandboxPanel(JSON.parse(process.argv[2] ?? '{}') as SandboxOptions);

process.on('message', (order: PanelOrder) => void carryOut(order).then(answer));
// A parent that went away will not end this process any more.
process.once('disconnect', () => process.exit());
answer({ url: panel.url, apiKey: panel.apiKey });

async function carryOut(order: PanelOrder): Promise<PanelAnswer> {
	switch (order.kind) {
		case 'seed':
			return { ids: panel.seedOrders(order.count, { status: 'In progress' }) };
		case 'forget':
			panel.forgetRequests();
			return {};
		case 'keepCatalogue': {
			const body = order.isDirty ? withMistakes(await catalogue()) : await catalogue();
			panel.misbehave({ on: 'services', times: Infinity, does: { kind: 'answer', body } });
			panel.forgetRequests();
			return {};
		}
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

/** What the panel answers by itself. */
async function catalogue(): Promise<string> {
	panel.reset();
	const form = new URLSearchParams({ key: panel.apiKey, action: 'services' });
	return await (await fetch(panel.url, { method: 'POST', body: form })).text();
}

/** The mistakes of the seed's own example: a comma behind the last field of each row, a word without quotes. */
function withMistakes(json: string): string {
	return json
		.replaceAll('},{', ',},{')
		.replace(/\}\]$/, ',},]')
		.replaceAll('"type":"default"', '"type":default');
}

function answer(message: PanelAnswer): void {
	process.send?.(message);
}
