import { type IDataObject, NodeOperationError } from 'n8n-workflow';

import { type AskOptions, largestBatch } from '../../panelApi/batches/askAboutIds';
import type { IdOutcomes, PanelClient } from '../../panelApi/client';
import type { Sight, TriggerEvent } from '../event';
import type { PollRun } from '../polling/pollRun';
import { askInTurns } from './askInTurns';
import { type KnownStatus, type KnownStatuses, readStatuses, writeStatuses } from './knownStatuses';
import { reportBadIds, reportTrouble } from './reports';
import { type Fold, isNews, nowKnown, type SeenStatus } from './statusNews';
import { isAnswered, troubleIn } from './trouble';
import { watchedIds } from './watchedIds';

/** What makes watching orders and watching refills different. */
export interface StatusSource<Value extends SeenStatus> {
	event: string;
	idField: 'order' | 'refill';
	parameter: { name: string; label: string };
	stateKey: string;
	fold: Fold;
	ask(client: PanelClient, ids: readonly string[], options: AskOptions): Promise<IdOutcomes<Value>>;
}

/** What the user wants to hear of. */
interface Wishes {
	/** Only changes to these states; empty: to any. */
	states: string[];
	emitFirst?: boolean;
	keepFinal?: boolean;
	remainsChanges?: boolean;
}

const mostSamples = 3;

/** The working part of an event that fires when the status of a watched ID changes. */
export function watchStatuses<Value extends SeenStatus>(
	source: StatusSource<Value>,
): Pick<TriggerEvent<KnownStatuses>, 'state' | 'dependsOnAccount' | 'look' | 'sample'> {
	return {
		state: { key: source.stateKey, write: writeStatuses, read: readStatuses },
		dependsOnAccount: false,
		look: async (run, known) => await look(source, run, known),
		sample: async (run) => await sample(source, run),
	};
}

/**
 * An ID whose status differs from what is known fires, once; what is known of it moves with the item. An ID without
 * an answer stays as it is known. IDs that are no longer watched are forgotten.
 *
 * An empty watch list is believed to be a fault of the list (a sheet that is being rewritten, a view with a broken
 * filter): nothing is asked and nothing forgotten, until the list holds IDs again.
 */
async function look<Value extends SeenStatus>(
	source: StatusSource<Value>,
	run: PollRun,
	known: KnownStatuses = new Map(),
): Promise<Sight<KnownStatuses>> {
	const ids = await watchedIds(run, source.parameter);
	if (ids.length === 0) return { items: [], known };

	const wishes = readWishes(run);
	const due = ids.filter((id) => wishes.keepFinal || !isFinished(known.get(id), source.fold));
	const outcomes = await askInTurns(run, due, async (turn, askOptions) =>
		source.ask(run.client, turn, askOptions),
	);
	const isNothingKnown = ids.every((id) => !known.has(id));
	assertAnswers(run, outcomes, isNothingKnown);
	reportTrouble(run, outcomes);
	reportBadIds(run, outcomes, source.idField);
	return compare(source, wishes, ids, outcomes, known);
}

function readWishes({ poll }: PollRun): Wishes {
	return {
		...(poll.getNodeParameter('options', {}) as Partial<Wishes>),
		states: poll.getNodeParameter('states', []) as string[],
	};
}

function compare<Value extends SeenStatus>(
	source: StatusSource<Value>,
	{ states, emitFirst = false, remainsChanges = false }: Wishes,
	ids: readonly string[],
	outcomes: IdOutcomes<Value>,
	known: KnownStatuses,
): Sight<KnownStatuses> {
	const items: IDataObject[] = [];
	const next = new Map<string, KnownStatus>();
	for (const id of ids) {
		const before = known.get(id);
		const outcome = outcomes.get(id);
		if (!outcome || 'error' in outcome) {
			if (before) next.set(id, before);
			continue;
		}
		const { value } = outcome;
		const now = nowKnown(before, value, remainsChanges);
		next.set(id, now);
		const fires = before ? isNews(before, now, source.fold) : emitFirst;
		const isWanted = states.length === 0 || states.includes(value.state);
		if (fires && isWanted) items.push(toItem(source, id, value, before));
	}
	return { items, known: next };
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

/** Panels forget old orders, which stand first in most lists: it goes on to the next until some are known. */
async function sample<Value extends SeenStatus>(
	source: StatusSource<Value>,
	run: PollRun,
): Promise<IDataObject[]> {
	const ids = await watchedIds(run, source.parameter);
	const items: IDataObject[] = [];
	let refusal: Error | undefined;
	for (let done = 0; done < ids.length && items.length < mostSamples; done += largestBatch) {
		const outcomes = await source.ask(run.client, ids.slice(done, done + largestBatch), {
			deadline: run.deadline,
		});
		for (const [id, outcome] of outcomes) {
			if ('value' in outcome) items.push(toItem(source, id, outcome.value, undefined));
			else refusal ??= outcome.error;
		}
		// A panel in trouble, or no time left.
		if (![...outcomes.values()].some(isAnswered)) break;
	}
	if (items.length > 0) return items.slice(0, mostSamples);
	if (refusal) throw refusal;
	throw new NodeOperationError(run.poll.getNode(), 'The watch list holds no IDs at the moment', {
		description: `There is nothing to show until it holds the ID of at least one ${source.idField}.`,
	});
}

function isFinished(known: KnownStatus | undefined, fold: Fold): boolean {
	return known !== undefined && fold(known.status).isFinal;
}

function toItem<Value extends SeenStatus>(
	{ event, idField, fold }: StatusSource<Value>,
	id: string,
	{ status, state, isFinal, ...more }: Value,
	before: KnownStatus | undefined,
): IDataObject {
	return {
		event,
		[idField]: id,
		status,
		state,
		isFinal,
		previousStatus: before?.status ?? null,
		previousState: before ? fold(before.status).state : null,
		...more,
	};
}
