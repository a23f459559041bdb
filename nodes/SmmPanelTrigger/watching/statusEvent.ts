import type { IDataObject } from 'n8n-workflow';

import { baselineMs, soonMs, type Sight, type TriggerEvent } from '../event';
import type { PollRun } from '../polling/pollRun';
import { askWatched, type StatusSource } from './askWatched';
import { diffStatuses, type StatusChange, type StatusRules } from './diffStatuses';
import { type Known, nothingKnown, readStatuses, writeStatuses } from './knownStatuses';
import { sampleStatuses } from './sampleStatuses';
import type { SeenStatus } from './statusNews';

/** The working part of an event that fires when the status of a watched ID changes. */
export function watchStatuses<Value extends SeenStatus>(
	source: StatusSource<Value>,
): Pick<TriggerEvent<Known>, 'state' | 'dependsOnAccount' | 'look' | 'sample'> {
	return {
		state: { key: source.stateKey, write: writeStatuses, read: readStatuses },
		dependsOnAccount: false,
		look: async (run, known) => await look(source, run, known),
		sample: async (run) => {
			const samples = await sampleStatuses(source, run);
			return samples.map((sample) => toItem(source, { ...sample, before: undefined }));
		},
	};
}

async function look<Value extends SeenStatus>(
	source: StatusSource<Value>,
	run: PollRun,
	known: Known | undefined,
): Promise<Sight<Known>> {
	const rules = readRules(source, run);
	const before = known ?? nothingKnown;
	const { seen, log, notes } = await askWatched(source, run, before, rules.keepFinal);
	const difference = diffStatuses(before, seen, rules);
	const isBaseline = known === undefined && difference.isWorthSaving;
	return {
		items: difference.changes.map((change) => toItem(source, change)),
		known: difference.known,
		saveWithinMs: isBaseline ? baselineMs : difference.isWorthSaving ? soonMs : undefined,
		log,
		notes,
	};
}

function readRules<Value>({ stateOf }: StatusSource<Value>, { poll }: PollRun): StatusRules {
	const wishes = poll.getNodeParameter('options', {}) as Partial<StatusRules>;
	return {
		stateOf,
		states: poll.getNodeParameter('states', []) as string[],
		emitFirst: wishes.emitFirst ?? false,
		keepFinal: wishes.keepFinal ?? false,
		remainsChanges: wishes.remainsChanges ?? false,
	};
}

function toItem<Value extends SeenStatus>(
	{ event, idField, stateOf }: StatusSource<Value>,
	{ id, value, before }: StatusChange<Value>,
): IDataObject {
	const { status, state, isFinal, ...more } = value;
	return {
		event,
		[idField]: id,
		status,
		state,
		isFinal,
		previousStatus: before?.status ?? null,
		previousState: before ? stateOf(before.status).state : null,
		...more,
	};
}
