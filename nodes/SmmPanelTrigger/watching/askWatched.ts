import type { AskOptions } from '../../panelApi/batches/askAboutIds';
import type { IdOutcomes, PanelClient } from '../../panelApi/client';
import type { PollNotes } from '../polling/pollNotes';
import type { PollRun } from '../polling/pollRun';
import { askInTurns } from './askInTurns';
import type { SeenStatuses } from './diffStatuses';
import { hourOf, type Known } from './knownStatuses';
import { report } from './reports';
import type { StateOf } from './statusNews';
import { isAnswered, troubleIn } from './trouble';
import { watchedIds } from './watchedIds';

/** What makes watching orders and watching refills different. */
export interface StatusSource<Value> {
	event: string;
	idField: 'order' | 'refill';
	parameter: { name: string; label: string };
	stateKey: string;
	stateOf: StateOf;
	ask(client: PanelClient, ids: readonly string[], options: AskOptions): Promise<IdOutcomes<Value>>;
}

/** What a poll saw, and what it has to say and to note. */
export interface Watch<Value> {
	seen: SeenStatuses<Value>;
	log: string[];
	notes: PollNotes;
}

/**
 * Reads the watch list and asks about those of its IDs that may have changed. An empty list is believed to be a fault
 * of the list (a sheet that is being rewritten, a view with a broken filter): nothing is asked.
 * @param keepFinal whether finished ones are asked about too
 * @throws PanelError when the panel gave no answer at all, and the errors of the watch list
 */
export async function askWatched<Value>(
	source: StatusSource<Value>,
	run: PollRun,
	{ byId }: Known,
	keepFinal: boolean,
): Promise<Watch<Value>> {
	const { ids, faults, isComplete } = await watchedIds(run, source.parameter);
	const isFinished = (id: string) => {
		const known = byId.get(id);
		return known !== undefined && source.stateOf(known.status).isFinal;
	};
	const due = keepFinal ? ids : ids.filter((id) => !isFinished(id));
	const { outcomes, nextId } = await askInTurns(run, due, async (turn, askOptions) =>
		source.ask(run.client, turn, askOptions),
	);
	assertAnswers(
		run,
		outcomes,
		ids.every((id) => !byId.has(id)),
	);
	const trigger = run.poll.getNode().name;
	const findings = { trigger, idField: source.idField, outcomes, faults };
	const { lines, notes } = report(findings, run.notes);
	return {
		seen: { ids, isComplete, outcomes, hour: hourOf(Date.now()) },
		log: lines,
		notes: ids.length > 0 ? { ...notes, nextId } : run.notes,
	};
}

/**
 * Sees to it that a poll without any answer is an error, and that one with some is none.
 * @throws PanelError for the account or the panel; at an activation also when the panel knows none of the IDs
 */
function assertAnswers<Value>(
	run: PollRun,
	outcomes: IdOutcomes<Value>,
	isNothingKnown: boolean,
): void {
	const all = [...outcomes.values()];
	const trouble = all.map(troubleIn).find((error) => error !== undefined);
	if (trouble && !all.some(isAnswered)) throw trouble;
	const errors = all.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []));
	const [first] = errors;
	if (first && errors.length === all.length && isNothingKnown && run.isActivation) throw first;
}
