import type { IPollFunctions } from 'n8n-workflow';

import { soonMs } from '../event';
import { isSettling } from './settling';
import type { StoredState } from './stateShape';

/**
 * n8n saves what a poll learns only together with an execution, unless it has durable cursors. What was learnt
 * silently (how an order stood that joined the list) would be gone with the next restart. So now and then a poll lets
 * n8n start an execution without any items: nothing runs behind the trigger, and the state is saved.
 */
export interface SavingMemory {
	/** When the state was saved last, and when it was for its own sake, in milliseconds since 1970. */
	savedAt?: number;
	savedAloneAt?: number;
	/** When something that was learnt has to be saved. */
	dueAt?: number;
	/** The last state that went out with an execution, by its `since`, until the next poll sees whether n8n took it. */
	handedOver?: number;
	/** The last new state that a poll by the clock handed over without items, by the time it was seen. */
	silentSeenAt?: number;
	/** Whether n8n has kept that state: it has durable cursors then. */
	isKept?: boolean;
}

/** What this poll knows about its engine. */
export interface PollPlace {
	/** Whether this `this` is new, and whether polls by the clock are known to share theirs. */
	isFirst: boolean;
	sharesThis: boolean;
}

/**
 * Looks whether n8n has kept what the poll before learnt silently. It shows once, with the next poll: later the state may
 * have been saved together with an execution.
 */
export function noteWhatWasKept(
	saving: SavingMemory,
	stored: StoredState | undefined,
	{ isFirst }: PollPlace,
): SavingMemory {
	const { silentSeenAt } = saving;
	if (!isFirst || silentSeenAt === undefined) return saving;
	const isKept = (stored?.seenAt ?? 0) >= silentSeenAt;
	return { ...saving, isKept, silentSeenAt: undefined };
}

/** Looks whether n8n has taken what went out last: if not, what had to be saved with it still has to be. */
export function noteWhatWasTaken(
	saving: SavingMemory,
	stored: StoredState | undefined,
	now: number,
): SavingMemory {
	const { handedOver, savedAt = 0, dueAt } = saving;
	if (handedOver === undefined) return saving;
	const isTaken = (stored?.since ?? 0) >= handedOver;
	if (!isTaken && isSettling(savedAt, now)) return saving;
	return { ...saving, handedOver: undefined, dueAt: isTaken ? undefined : dueAt };
}

/** Whether this poll is one by the clock in an n8n that hands each of them a `this` of its own. */
export function isByScheduler(poll: IPollFunctions, { isFirst, sharesThis }: PollPlace): boolean {
	return isFirst && !sharesThis && poll.getActivationMode() === 'update';
}

/** Whether n8n saves the state of this poll although nothing goes out: with an activation, or with durable cursors. */
export function isSavedAnyway(
	poll: IPollFunctions,
	{ isKept = false }: SavingMemory,
	place: PollPlace,
): boolean {
	return isByScheduler(poll, place) ? isKept : place.isFirst;
}

/** What a poll came to, as far as saving is concerned. */
export interface SavingNeeds {
	emits: boolean;
	isSaved: boolean;
	withinMs?: number;
	mayStart?: boolean;
}

/**
 * Decides whether a poll without items starts an execution all the same: as soon as something has to be saved, but
 * never twice within `soonMs`.
 * @param withinMs how soon what it learnt has to be saved, counted from the last time; undefined: not at all
 * @param mayStart false where an execution without items would not be one: with the setting Always Output Data
 */
export function planSaving(
	before: SavingMemory,
	now: number,
	{ emits, isSaved, withinMs, mayStart = true }: SavingNeeds,
): { savesAlone: boolean; saving: SavingMemory } {
	const dueAt = Math.min(before.dueAt ?? Infinity, dueTime(before, now, withinMs));
	const isDue = dueAt <= now && before.handedOver === undefined;
	const savesAlone = !emits && !isSaved && mayStart && isDue;
	const saving: SavingMemory = { ...before, dueAt: Number.isFinite(dueAt) ? dueAt : undefined };
	if (emits || isSaved || savesAlone) saving.savedAt = now;
	if (isSaved && !emits) saving.dueAt = undefined;
	if (savesAlone) saving.savedAloneAt = now;
	return { savesAlone, saving };
}

function dueTime(
	{ savedAt = 0, savedAloneAt = 0 }: SavingMemory,
	now: number,
	withinMs = Infinity,
) {
	return Math.max(now, savedAt + withinMs - soonMs, savedAloneAt + withinMs);
}
