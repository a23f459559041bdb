import { httpRequest } from '../host/httpRequest.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline } from '../host/workflow.mts';
import type { Bench, Section } from './bench.mts';
import { latencyMs } from './bench.mts';
import { type Goal, atMostTimes } from './goals.mts';
import { call, timeScript } from './limit.mts';
import { ours } from './nodes.mts';
import { grouped, isLarger, times } from './numbers.mts';
import type { PanelProcess } from './panelProcess.mts';
import { startPanelProcess } from './panelProcess.mts';
import type { Contender, Result } from './race.mts';
import { race } from './race.mts';
import { raceColumns, raceRow } from './raceTable.mts';
import { timeWorkflow } from './timedWorkflow.mts';

const names = {
	ours: 'SMM Panel node',
	splitOut: 'HTTP Request + Split Out',
	edited: 'HTTP Request + Split Out + Edit Fields',
	limit: 'undici script that builds the items',
};
const descriptionLength = 300;
/** There the contenders are so close together that only many rounds tell them apart. */
const closeSize = 20_000;

export async function benchCatalogue(bench: Bench): Promise<Section> {
	const sizes = bench.isQuick ? [1000] : [1000, 10_000, closeSize];
	const results = new Map<number, Result[]>();
	for (const size of sizes) {
		console.log(`Catalogue of ${grouped(size)} services`);
		const panel = await startCataloguePanel(bench, size);
		try {
			const rounds = bench.rounds * (size === closeSize ? 3 : 1);
			results.set(size, await race(panel, rounds, contendersFor(bench, panel)));
		} finally {
			await panel.stop();
		}
	}
	return {
		title: 'Catalogue',
		note: `Descriptions of ${descriptionLength} characters; our node reads them with Get Many and Return All. Of ${grouped(closeSize)} services the contenders are so close together that they run more often; two are even where a rank test finds no difference (Mann-Whitney, 5 %).`,
		columns: ['Services', ...raceColumns],
		rows: [...results].flatMap(([size, race]) =>
			race.map((result) => [grouped(size), ...raceRow(result, race, servicesIn(size))]),
		),
		goals: goalsFor(results.get(closeSize) ?? []),
	};
}

/** A panel with so many generated services beside the written ones. */
export async function startCataloguePanel(bench: Bench, size: number): Promise<PanelProcess> {
	return await startPanelProcess(bench.n8n.client, `catalogue of ${size}`, {
		latencyMs,
		catalogueSize: size,
		descriptionLength,
	});
}

/** The sandbox adds to the generated services those that show the order types. */
const writtenServices = 21;
export const servicesIn = (size: number) => size + writtenServices;

export function ourCatalogue(panel: PanelProcess) {
	return workflow([ours(panel, { resource: 'service', operation: 'getMany', returnAll: true })]);
}

/** The list of services as items. */
export function splitCatalogue(panel: PanelProcess, more: NodeOutline[] = []) {
	const wholeAnswer = { response: { response: { responseFormat: 'json', fullResponse: true } } };
	return workflow([
		httpRequest(panel, { action: 'services' }, wholeAnswer),
		{
			type: 'n8n-nodes-base.splitOut',
			name: 'Split Out',
			parameters: { fieldToSplitOut: 'body', options: {} },
		},
		...more,
	]);
}

/** The same, with numbers where the panel sends texts, as our node gives them. */
export function editedCatalogue(panel: PanelProcess) {
	const jsonOutput =
		'={{ { ...$json, rate: Number($json.rate), min: Number($json.min), max: Number($json.max) } }}';
	return splitCatalogue(panel, [
		{
			type: 'n8n-nodes-base.set',
			name: 'Edit Fields',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput, options: {} },
		},
	]);
}

function contendersFor({ n8n }: Bench, panel: PanelProcess): Contender[] {
	return [
		{ name: names.ours, run: async () => await timeWorkflow(n8n, ourCatalogue(panel)) },
		{ name: names.splitOut, run: async () => await timeWorkflow(n8n, splitCatalogue(panel)) },
		{ name: names.edited, run: async () => await timeWorkflow(n8n, editedCatalogue(panel)) },
		{
			name: names.limit,
			run: async () =>
				await timeScript(async () => {
					const rows = (await call(panel, { action: 'services' })) as PanelService[];
					return rows.map(toItem).length;
				}),
		},
	];
}

type PanelService = Record<
	'service' | 'name' | 'category' | 'type' | 'rate' | 'min' | 'max' | 'description',
	string
> &
	Record<'dripfeed' | 'refill' | 'cancel', boolean>;

function toItem(row: PanelService) {
	return {
		json: {
			service: String(row.service),
			name: row.name,
			category: row.category,
			type: row.type,
			orderType: row.type.toLowerCase(),
			rate: Number(row.rate),
			min: Number(row.min),
			max: Number(row.max),
			dripfeed: row.dripfeed,
			refill: row.refill,
			cancel: row.cancel,
			description: row.description,
		},
		pairedItem: { item: 0 },
	};
}

function goalsFor(results: readonly Result[]): Goal[] {
	const of = (name: string) => results.find((result) => result.name === name);
	const [mine, splitOut, limit] = [of(names.ours), of(names.splitOut), of(names.limit)];
	if (!mine || !splitOut || !limit) return [];
	const besideSplitOut = mine.milliseconds / splitOut.milliseconds;
	const isEven = !isLarger(mine.runs, splitOut.runs) && !isLarger(splitOut.runs, mine.runs);
	return [
		{
			goal: '20,000 services: not slower than HTTP Request + Split Out',
			measured: `${times(besideSplitOut)}${isEven ? ', even within the noise' : ''}`,
			holds: besideSplitOut <= 1 || isEven,
		},
		atMostTimes(
			1.5,
			mine.milliseconds / limit.milliseconds,
			'20,000 services: at most 1.5x the undici script that builds the items',
		),
	];
}
