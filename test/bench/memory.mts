import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import type { N8n } from '../host/n8n.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline, WorkflowJson } from '../host/workflow.mts';
import type { Bench, Section } from './bench.mts';
import { latencyMs } from './bench.mts';
import { ourCatalogue, splitCatalogue, startCataloguePanel } from './catalogue.mts';
import type { Goal } from './goals.mts';
import { grouped, isLarger, median, megabytes } from './numbers.mts';
import type { PanelProcess } from './panelProcess.mts';
import { startPanelProcess } from './panelProcess.mts';
import { handBuiltStatuses, httpRequestStatuses, ourStatuses } from './statuses.mts';
import { timeWorkflow } from './timedWorkflow.mts';

/** The memory of one contender, run by run. */
interface Use {
	name: string;
	/** The most bytes during each run, and how many more than before it. */
	peaks: number[];
	growths: number[];
}

/** One peak is chance, as it depends on when garbage was collected. */
const rounds = { catalogue: 5, statuses: 3 };

/** The memory of n8n while it runs the largest lists. */
export async function benchMemory(bench: Bench): Promise<Section> {
	const [orders, services] = bench.isQuick ? [1000, 1000] : [10_000, 20_000];
	const catalogue = await startCataloguePanel(bench, services);
	const statuses = await startPanelProcess(bench.n8n.client, 'memory', { latencyMs });
	try {
		const items = (await statuses.seedOrders(orders)).map((order) => ({ order }));
		const statusWorkflow = (nodes: (panel: PanelProcess) => NodeOutline[]) =>
			workflow(nodes(statuses), { items });
		console.log('Memory');
		const roundsOf = (what: keyof typeof rounds) => (bench.isQuick ? 1 : rounds[what]);
		const catalogueUses = await measureAll(bench.n8n, roundsOf('catalogue'), [
			['SMM Panel node', ourCatalogue(catalogue)],
			['HTTP Request + Split Out', splitCatalogue(catalogue)],
		]);
		const statusUses = await measureAll(bench.n8n, roundsOf('statuses'), [
			['SMM Panel node', statusWorkflow(ourStatuses)],
			['HTTP Request per item', statusWorkflow(httpRequestStatuses)],
			['Code + HTTP Request + Code', statusWorkflow(handBuiltStatuses)],
		]);
		const rowsOf = (what: string, uses: Use[]) =>
			uses.map(({ name, peaks, growths }) => [
				what,
				name,
				megabytes(median(peaks)),
				`${megabytes(Math.min(...peaks))} to ${megabytes(Math.max(...peaks))}`,
				megabytes(median(growths)),
				String(peaks.length),
			]);
		const catalogueName = `${grouped(services)} services`;
		const statusName = `${grouped(orders)} statuses`;
		return {
			title: 'Memory',
			note: 'Resident memory of n8n and its task runner at its peak; medians of some runs. n8n is started again for each run, because a process seldom gives memory back. Two contenders are even where a rank test finds no difference (Mann-Whitney, 5 %).',
			columns: ['What', 'Contender', 'Peak', 'Peaks', 'More than before', 'Runs'],
			rows: [...rowsOf(catalogueName, catalogueUses), ...rowsOf(statusName, statusUses)],
			goals: [goalFor(catalogueName, catalogueUses), goalFor(statusName, statusUses)],
		};
	} finally {
		await catalogue.stop();
		await statuses.stop();
	}
}

function goalFor(what: string, [ours, ...others]: Use[]): Goal {
	const [least] = others.toSorted((one, other) => median(one.peaks) - median(other.peaks));
	const [mine, theirs] = [ours?.peaks ?? [], least?.peaks ?? []];
	const isEven = !isLarger(mine, theirs) && !isLarger(theirs, mine);
	return {
		goal: `${what}: memory no more than that of the others`,
		measured: `${megabytes(median(mine))} beside ${megabytes(median(theirs))}${isEven ? ', even within the noise' : ''}`,
		holds: median(mine) <= median(theirs) || isEven,
	};
}

/** Lets the contenders run in turns, so that a drift of the machine hits all of them. */
async function measureAll(
	n8n: N8n,
	rounds: number,
	contenders: Array<[string, WorkflowJson]>,
): Promise<Use[]> {
	const uses = contenders.map(([name, flow]) => ({ name, flow, peaks: [], growths: [] }) as Racer);
	for (let round = 0; round < rounds; round++) {
		for (const { name, flow, peaks, growths } of uses) {
			const { before, peak } = await measure(n8n, flow);
			console.log(`  ${name}: ${megabytes(peak)}`);
			peaks.push(peak);
			growths.push(peak - before);
		}
	}
	return uses;
}

type Racer = Use & { flow: WorkflowJson };

async function measure(n8n: N8n, flow: WorkflowJson): Promise<{ before: number; peak: number }> {
	await n8n.restart();
	// Loads what n8n loads with the first execution of a node.
	await timeWorkflow(n8n, { ...flow, pinData: firstItemOf(flow) });
	const before = residentMemory(n8n);
	let peak = before;
	const running = timeWorkflow(n8n, flow, { timeoutMs: 45_000 });
	const isOver = running.then(() => true);
	while (!(await Promise.race([isOver, pause(20, false)]))) {
		peak = Math.max(peak, residentMemory(n8n));
	}
	return { before, peak };
}

function firstItemOf({ pinData = {} }: WorkflowJson): WorkflowJson['pinData'] {
	return Object.fromEntries(
		Object.entries(pinData).map(([node, items]) => [node, items.slice(0, 1)]),
	);
}

/** The bytes of all processes that work in the folder of this n8n. Linux tells them under /proc. */
function residentMemory({ folder }: N8n): number {
	const workingFolder = realpathSync(folder);
	const pages = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map((pid) => {
			try {
				if (readlinkSync(`/proc/${pid}/cwd`) !== workingFolder) return 0;
				return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
			} catch {
				// Gone in the meantime, or of another user.
				return 0;
			}
		});
	return pages.reduce((total, count) => total + count, 0) * 4096;
}
