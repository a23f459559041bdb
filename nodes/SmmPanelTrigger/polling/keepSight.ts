import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { Sight, StoredForm } from '../event';
import type { TriggerMemory } from './pollMemory';
import { isByScheduler, isSavedAnyway, planSaving, type PollPlace } from './silentSaving';
import { type StoredState, stateVersion } from './stateShape';
import { retain } from './storedState';

/** What a poll saw, and the state that it was compared with. */
export interface Look {
	/** The node's static data as n8n handed it to this poll. */
	staticData: IDataObject;
	last: StoredState | undefined;
	/** Whether `last` is about the same, so that the poll was not a first one. */
	isKnown: boolean;
	subject: string;
	/** In milliseconds since 1970; later than that of `last`. */
	seenAt: number;
	sight: Sight<unknown>;
}

/**
 * Hands what is known now to n8n, and remembers what n8n may drop.
 * @returns whether an execution starts: for the items, or for the sake of the state alone
 */
export function keepSight(
	poll: IPollFunctions,
	{ key, write }: StoredForm<unknown>,
	trigger: TriggerMemory,
	place: PollPlace,
	{ staticData, last, isKnown, subject, seenAt, sight }: Look,
): boolean {
	const hasItems = sight.items.length > 0;
	const { savesAlone, saving } = planSaving(trigger.saving, Date.now(), {
		emits: hasItems,
		isSaved: isSavedAnyway(poll, trigger.saving, place),
		withinMs: sight.saveWithinMs,
		mayStart: poll.getNode().alwaysOutputData !== true,
	});
	const emits = hasItems || savesAlone;
	const content = write(sight.known);
	const goesOn = last !== undefined && isKnown && !emits;
	const isNothingNew = goesOn && JSON.stringify(content) === JSON.stringify(last.content);
	const since = goesOn ? last.since : seenAt;
	const next: StoredState = { version: stateVersion, subject, since, seenAt, content };
	// What is the same is handed over all the same where the next poll can learn from it what n8n keeps.
	const isProbe = isByScheduler(poll, place) && saving.isKept === undefined;
	const state = isNothingNew && !isProbe ? last : next;
	const isNew = retain(staticData, key, trigger, state, hasItems);
	const showsKeeping = isNew && !emits && isByScheduler(poll, place);
	trigger.saving = {
		...saving,
		...(emits && { handedOver: state.since }),
		...(showsKeeping && { silentSeenAt: state.seenAt }),
	};
	return emits;
}
