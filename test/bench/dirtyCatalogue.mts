import type { Bench, Section } from './bench.mts';
import { ourCatalogue, servicesIn, startCataloguePanel } from './catalogue.mts';
import { atMostTimes } from './goals.mts';
import { grouped } from './numbers.mts';
import { race } from './race.mts';
import { raceColumns, raceRow } from './raceTable.mts';
import { timeWorkflow } from './timedWorkflow.mts';

const mostTimes = 3;

/** What small mistakes in the JSON of a catalogue cost; HTTP Request does not read such a catalogue at all. */
export async function benchDirtyCatalogue(bench: Bench): Promise<Section> {
	const size = bench.isQuick ? 1000 : 20_000;
	console.log(`Catalogue of ${grouped(size)} services, clean and dirty`);
	const panel = await startCataloguePanel(bench, size);
	try {
		const catalogue = (name: string, isDirty: boolean) => ({
			name,
			async run() {
				await panel.keepCatalogue(isDirty);
				return await timeWorkflow(bench.n8n, ourCatalogue(panel));
			},
		});
		const results = await race(panel, bench.rounds, [
			catalogue('Clean', false),
			catalogue('With mistakes', true),
		]);
		const ratio = (results[1]?.milliseconds ?? NaN) / (results[0]?.milliseconds ?? NaN);
		return {
			title: 'A catalogue with mistakes',
			note: `${grouped(size)} services, with a comma too many in each row and words without quotes; our node reads them with Get Many and Return All.`,
			columns: raceColumns,
			rows: results.map((result) => raceRow(result, results, servicesIn(size))),
			goals: [
				atMostTimes(
					mostTimes,
					ratio,
					`${grouped(size)} services with mistakes: at most ${mostTimes}x as long as without`,
				),
			],
		};
	} finally {
		await panel.stop();
	}
}
