import { median } from './numbers.mts';
import type { PanelProcess, Traffic } from './panelProcess.mts';

/** What one run of a contender came to. */
export interface Outcome {
	milliseconds: number;
	/** Good items that came out. */
	items: number;
	/** Why it did not come to its end, or what was lost. */
	problem?: string;
}

export interface Contender {
	name: string;
	run(): Promise<Outcome>;
}

/** A contender over all rounds: medians, and what the panel saw in its last run. */
export interface Result extends Outcome, Traffic {
	name: string;
	/** The time of each run that was measured. */
	runs: number[];
}

/** Nobody gets another round who has used so much time already. */
const enoughMs = 9_000;
/** So long may a round take on average: the whole benchmark stays short on a busy machine too. */
const roundMs = 10_000;

/**
 * Lets contenders run in turns, so that a drift of the machine hits all of them; in each round in a random order, so
 * that nobody always pays for the garbage of the same one. The first run of each warms up and is not measured, unless
 * it stays the only one: because it took so long, or because no further rounds are wanted.
 */
export async function race(
	panel: PanelProcess,
	rounds: number,
	contenders: readonly Contender[],
): Promise<Result[]> {
	const entries = contenders.map((contender) => ({ contender, runs: [] as RunSeen[], used: 0 }));
	let deadline = Infinity;
	for (let round = 0; round <= rounds && Date.now() < deadline; round++) {
		if (round === 1) deadline = Date.now() + rounds * roundMs;
		for (const entry of inRandomOrder(entries)) {
			if (entry.used > enoughMs) continue;
			const seen = await runOnce(panel, entry.contender);
			entry.used += seen.milliseconds;
			const isOnlyRun = rounds === 0 || entry.used > enoughMs;
			if (round > 0 || isOnlyRun) entry.runs.push(seen);
		}
	}
	return entries.map(({ contender: { name }, runs }) => {
		const last = runs.at(-1) as RunSeen;
		const times = runs.map(({ milliseconds }) => milliseconds);
		return { ...last, name, runs: times, milliseconds: median(times) };
	});
}

function inRandomOrder<Entry>(entries: readonly Entry[]): Entry[] {
	return entries
		.map((entry) => ({ entry, drawn: Math.random() }))
		.toSorted((one, other) => one.drawn - other.drawn)
		.map(({ entry }) => entry);
}

type RunSeen = Outcome & Traffic;

async function runOnce(panel: PanelProcess, { name, run }: Contender): Promise<RunSeen> {
	await panel.forgetRequests();
	const outcome = await run();
	console.log(`  ${name}: ${Math.round(outcome.milliseconds)} ms ${outcome.problem ?? ''}`);
	return { ...outcome, ...(await panel.traffic()) };
}
