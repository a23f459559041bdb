import type { IDataObject } from 'n8n-workflow';

import { httpRequest } from '../host/httpRequest.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline } from '../host/workflow.mts';
import type { Bench, Section } from './bench.mts';
import { latencyMs } from './bench.mts';
import { type Goal, atLeastTimes, atMostTimes } from './goals.mts';
import { call, inParallel, timeScript } from './limit.mts';
import { code, ours } from './nodes.mts';
import { grouped } from './numbers.mts';
import type { PanelProcess } from './panelProcess.mts';
import { startPanelProcess } from './panelProcess.mts';
import type { Contender, Result } from './race.mts';
import { race } from './race.mts';
import { raceColumns, raceRow } from './raceTable.mts';
import { timeWorkflow } from './timedWorkflow.mts';

const names = {
	ours: 'SMM Panel node',
	perItem: 'HTTP Request per item',
	batching: 'HTTP Request, 10 per second',
	handBuilt: 'Code + HTTP Request + Code',
	limit: 'undici script, 5 lists at a time',
};

/** As many as our node begins with. */
const width = 5;
/** HTTP Request is not run with batching on more items than this: by its own pauses 10,000 would take 17 minutes. */
const largestForBatching = 1000;
/** By its own pauses it takes 100 seconds for 1,000. */
const batchingTimeoutMs = 150_000;

export async function benchStatuses(bench: Bench): Promise<Section> {
	const panel = await startPanelProcess(bench.n8n.client, 'statuses', { latencyMs });
	try {
		const sizes = bench.isQuick ? [1, 100, 1000] : [1, 100, 1000, 10_000];
		const ids = await panel.seedOrders(Math.max(...sizes));
		const results = new Map<number, Result[]>();
		for (const size of sizes) {
			console.log(`Status of ${grouped(size)} orders`);
			const contenders = contendersFor(bench, panel, ids.slice(0, size));
			results.set(size, await race(panel, bench.rounds, contenders));
		}
		return {
			title: 'Status of orders',
			note: 'One order ID in each input item. Time: what n8n measured for the nodes; the script ran beside n8n.',
			columns: ['Orders', ...raceColumns],
			rows: [...results].flatMap(([size, race]) =>
				race.map((result) => [grouped(size), ...raceRow(result, race, size)]),
			),
			goals: goalsFor(results),
		};
	} finally {
		await panel.stop();
	}
}

function contendersFor(bench: Bench, panel: PanelProcess, ids: string[]): Contender[] {
	const items = ids.map((order) => ({ order }));
	const isGood = ({ status }: Record<string, unknown>) => status === 'In progress';
	const inN8n = (name: string, nodes: NodeOutline[], timeoutMs = 45_000): Contender => ({
		name,
		run: async () =>
			await timeWorkflow(bench.n8n, workflow(nodes, { items }), { isGood, timeoutMs }),
	});
	return [
		inN8n(names.ours, ourStatuses(panel)),
		inN8n(names.perItem, httpRequestStatuses(panel)),
		...(ids.length > largestForBatching
			? []
			: [inN8n(names.batching, httpRequestStatuses(panel, tenPerSecond), batchingTimeoutMs)]),
		inN8n(names.handBuilt, handBuiltStatuses(panel)),
		{
			name: names.limit,
			run: async () => await timeScript(async () => await askAll(panel, ids)),
		},
	];
}

export function ourStatuses(panel: PanelProcess): NodeOutline[] {
	return [
		ours(panel, { resource: 'order', operation: 'getStatus', orderIds: '={{ $json.order }}' }),
	];
}

export function httpRequestStatuses(panel: PanelProcess, options: IDataObject = {}): NodeOutline[] {
	return [httpRequest(panel, { action: 'status', order: '={{ $json.order }}' }, options)];
}

const tenPerSecond = { batching: { batch: { batchSize: 10, batchInterval: 1000 } } };

/** What a user builds who knows that the panel takes lists. */
export function handBuiltStatuses(panel: PanelProcess): NodeOutline[] {
	return [
		code('Lists', listsOfHundred),
		httpRequest(panel, { action: 'status', orders: '={{ $json.orders }}' }),
		code('Split', splitAnswers),
	];
}

const listsOfHundred = `
const ids = $input.all().map((item) => item.json.order);
const lists = [];
for (let start = 0; start < ids.length; start += 100) {
	lists.push({ json: { orders: ids.slice(start, start + 100).join(',') } });
}
return lists;`;

const splitAnswers = `
return $input.all().flatMap((item) =>
	Object.entries(item.json).map(([order, answer]) => ({ json: { order, ...answer } })));`;

async function askAll(panel: PanelProcess, ids: readonly string[]): Promise<number> {
	const lists: string[][] = [];
	for (let start = 0; start < ids.length; start += 100) lists.push(ids.slice(start, start + 100));
	const answers = await inParallel(
		Math.min(width, lists.length),
		lists.map((list) => async () => {
			const field = list.length === 1 ? 'order' : 'orders';
			return await call(panel, { action: 'status', [field]: list.join(',') });
		}),
	);
	if (ids.length === 1) return answers.length;
	return answers.flatMap((answer) => Object.entries(answer as object)).length;
}

function goalsFor(results: ReadonlyMap<number, Result[]>): Goal[] {
	const of = (size: number, name: string) =>
		results.get(size)?.find((result) => result.name === name);
	const goals: Goal[] = [];
	const [thousand, perItem] = [of(1000, names.ours), of(1000, names.perItem)];
	if (thousand && perItem) {
		const faster = perItem.milliseconds / thousand.milliseconds;
		const fewer = perItem.requests / thousand.requests;
		goals.push(
			atLeastTimes(8, faster, '1,000 statuses: at least 8x faster than HTTP Request per item'),
			atLeastTimes(100, fewer, '1,000 statuses: at least 100x fewer requests'),
		);
	}
	for (const size of [1000, 10_000]) {
		const [mine, limit] = [of(size, names.ours), of(size, names.limit)];
		if (!mine || !limit) continue;
		goals.push(
			atMostTimes(
				1.3,
				mine.milliseconds / limit.milliseconds,
				`${grouped(size)} statuses: at most 1.3x the undici script with 5 lists at a time`,
			),
		);
	}
	const [tenThousand, allAtOnce] = [of(10_000, names.ours), of(10_000, names.handBuilt)];
	if (tenThousand && allAtOnce) {
		goals.push(
			atMostTimes(
				1.1,
				tenThousand.milliseconds / allAtOnce.milliseconds,
				'10,000 statuses: at most 1.1x Code nodes that send all 100 lists at once',
			),
		);
	}
	if (thousand && tenThousand) {
		const growth = tenThousand.milliseconds / thousand.milliseconds;
		goals.push(atMostTimes(11, growth, '10,000 statuses: at most 11 times the time of 1,000'));
	}
	return goals;
}
