import type { Bench, Section } from './bench.mts';
import { startCataloguePanel } from './catalogue.mts';
import { call, timeScript } from './limit.mts';
import { duration, grouped, median } from './numbers.mts';
import type { PanelProcess } from './panelProcess.mts';

const typed = ['i', 'in', 'insta', 'instagram', 'instagram li', 'instagram likes', '<2 likes', ''];

interface Page {
	results: unknown[];
}

/** The service picker of the editor, asked as the editor asks it. */
export async function benchPicker(bench: Bench): Promise<Section> {
	const size = bench.isQuick ? 1000 : 10_000;
	console.log(`Service picker on ${grouped(size)} services`);
	const firsts: number[] = [];
	const fetches: number[] = [];
	const keystrokes: number[] = [];
	for (let round = 0; round < Math.min(bench.rounds, 3); round++) {
		// The node keeps a catalogue for a minute: only a panel of its own shows the first answer.
		const panel = await startCataloguePanel(bench, size);
		try {
			const services = async () =>
				((await call(panel, { action: 'services' })) as unknown[]).length;
			await services();
			fetches.push((await timeScript(services)).milliseconds);
			firsts.push(await timePicker(bench, panel, ''));
			for (const filter of typed) keystrokes.push(await timePicker(bench, panel, filter));
		} finally {
			await panel.stop();
		}
	}
	const few = await timeKeystrokes(bench, 0);
	const [first, fetched, keystroke] = [median(firsts), median(fetches), median(keystrokes)];
	const slowest = Math.max(...keystrokes);
	return {
		title: 'Service picker',
		note: `${grouped(size)} services, through n8n's REST API as the editor asks for them.`,
		columns: ['What', 'Time'],
		rows: [
			['Fetching the catalogue with an undici script', duration(fetched)],
			['First answer, with fetching', duration(first)],
			['Each further keystroke', duration(keystroke)],
			['Slowest keystroke', duration(slowest)],
			["Each keystroke on a panel of 21 services: n8n's own share", duration(median(few))],
		],
		goals: [
			{
				goal: 'Picker: first answer at most 300 ms after fetching',
				measured: duration(first - fetched),
				holds: first - fetched <= 300,
			},
			{
				goal: 'Picker: further keystrokes below 100 ms',
				measured: duration(keystroke),
				holds: keystroke < 100,
			},
		],
	};
}

/** Keystrokes on a catalogue that is remembered already. */
async function timeKeystrokes(bench: Bench, size: number): Promise<number[]> {
	const panel = await startCataloguePanel(bench, size);
	try {
		const times: number[] = [];
		await timePicker(bench, panel, '');
		for (const filter of typed) times.push(await timePicker(bench, panel, filter));
		return times;
	} finally {
		await panel.stop();
	}
}

async function timePicker({ n8n }: Bench, panel: PanelProcess, filter: string): Promise<number> {
	const { milliseconds, items } = await timeScript(async () => {
		const page = await n8n.client.request<Page>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				path: 'parameters.service',
				methodName: 'searchServices',
				nodeTypeAndVersion: { name: 'n8n-nodes-smm-panel.smmPanel', version: 1 },
				currentNodeParameters: { resource: 'order', operation: 'create' },
				credentials: panel.credentials,
				filter,
			},
		);
		return page.results.length;
	});
	if (items === 0) throw new Error(`The picker found nothing for "${filter}"`);
	return milliseconds;
}
