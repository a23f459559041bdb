import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import type { N8n } from '../host/n8n.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline, WorkflowJson } from '../host/workflow.mts';
import type { Bench, Section } from './bench.mts';
import { latencyMs } from './bench.mts';
import { ourCatalogue, splitCatalogue, startCataloguePanel } from './catalogue.mts';
import type { Goal } from './goals.mts';
import { grouped, megabytes } from './numbers.mts';
import type { PanelProcess } from './panelProcess.mts';
import { startPanelProcess } from './panelProcess.mts';
import { handBuiltStatuses, httpRequestStatuses, ourStatuses } from './statuses.mts';
import { timeWorkflow } from './timedWorkflow.mts';

interface Use {
	name: string;
	/** Bytes before the run, and the most during it. */
	before: number;
	peak: number;
}

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
		const catalogueUses = await measureAll(bench.n8n, [
			['SMM Panel node', ourCatalogue(catalogue)],
			['HTTP Request + Split Out', splitCatalogue(catalogue)],
		]);
		const statusUses = await measureAll(bench.n8n, [
			['SMM Panel node', statusWorkflow(ourStatuses)],
			['HTTP Request per item', statusWorkflow(httpRequestStatuses)],
			['Code + HTTP Request + Code', statusWorkflow(handBuiltStatuses)],
		]);
		const rowsOf = (what: string, uses: Use[]) =>
			uses.map(({ name, before, peak }) => [what, name, megabytes(peak), megabytes(peak - before)]);
		const catalogueName = `${grouped(services)} services`;
		const statusName = `${grouped(orders)} statuses`;
		return {
			title: 'Memory',
			note: 'Resident memory of n8n and its task runner at its peak. n8n is started anew for each contender, because a process seldom gives memory back.',
			columns: ['What', 'Contender', 'Peak', 'More than before'],
			rows: [...rowsOf(catalogueName, catalogueUses), ...rowsOf(statusName, statusUses)],
			goals: [goalFor(catalogueName, catalogueUses), goalFor(statusName, statusUses)],
		};
	} finally {
		await catalogue.stop();
		await statuses.stop();
	}
}

function goalFor(what: string, [ours, ...others]: Use[]): Goal {
	const least = Math.min(...others.map(({ peak }) => peak));
	const mine = ours?.peak ?? Number.NaN;
	return {
		goal: `${what}: memory no more than that of the others`,
		measured: `${megabytes(mine)} beside ${megabytes(least)}`,
		holds: mine <= least,
	};
}

async function measureAll(n8n: N8n, contenders: Array<[string, WorkflowJson]>): Promise<Use[]> {
	const uses: Use[] = [];
	for (const [name, flow] of contenders) {
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
		console.log(`  ${name}: ${megabytes(peak)}`);
		uses.push({ name, before, peak });
	}
	return uses;
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
