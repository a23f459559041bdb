import type { IDataObject } from 'n8n-workflow';

import type { StateMemory } from './pollMemory';
import { isSettling } from './settling';
import { readStored, type StoredState } from './stateShape';

export type { StoredState } from './stateShape';

/**
 * The latest state of the trigger.
 *
 * n8n saves static data together with an emission, with an activation, and, with durable cursors only, after a poll
 * without items. What such a poll learnt (the baseline of an ID that is new in the list) is dropped by the
 * scheduler engine and forgotten when a workflow is published again. This process remembers it; it is used as long
 * as n8n holds the state it was built on or an earlier one of the same series.
 * @returns undefined when there is none, or none that this version can read
 */
export function recall(
	staticData: IDataObject,
	key: string,
	memory: StateMemory,
): StoredState | undefined {
	const stored = readStored(staticData[key]);
	const unsaved = memory.unsaved.get(key);
	const isLater =
		unsaved !== undefined &&
		unsaved.after === stored?.since &&
		unsaved.state.seenAt > (stored?.seenAt ?? 0);
	return isLater ? unsaved.state : stored;
}

/**
 * Whether n8n hands out an older state than the one that last went out with items. It was read before that was saved
 * (two polls soon after one another, as after a restart), or n8n did not take the items (the workflow was published
 * again meanwhile, the poll had lost its turn). Nothing shows which; a poll from the older state would fire the items
 * twice, one from the newer would lose them. So the poll waits for the next one: until then it is saved, or surely
 * not taken.
 */
export function isUnsettled(
	staticData: IDataObject,
	key: string,
	memory: StateMemory,
	now: number,
): boolean {
	const emitted = memory.emitted.get(key);
	if (!emitted || !isSettling(emitted.at, now)) return false;
	return (readStored(staticData[key])?.since ?? 0) < emitted.since;
}

/**
 * Hands a new state to n8n: one assignment of one value to a top-level key, as n8n notices no other change.
 * @param hasItems whether items go out with it: then n8n saves it, or neither the items nor the state count
 * @returns whether n8n did not have it already
 */
export function retain(
	staticData: IDataObject,
	key: string,
	memory: StateMemory,
	state: StoredState,
	hasItems: boolean,
): boolean {
	const stored = readStored(staticData[key]);
	const unsaved = memory.unsaved.get(key);
	const isOvertaken =
		unsaved !== undefined && unsaved.after === stored?.since && unsaved.state.seenAt > state.seenAt;
	if (hasItems) memory.emitted.set(key, { since: state.since, at: Date.now() });
	else if (!isOvertaken) memory.unsaved.set(key, { after: stored?.since, state });
	// A state that n8n has already is not assigned again: each assignment is a write to the database.
	const isNew = stored?.seenAt !== state.seenAt;
	if (isNew) staticData[key] = state;
	return isNew;
}

/** Whether anything was ever learnt for this trigger, of whatever event and subject. */
export function isAnyKnown(staticData: IDataObject, memory: StateMemory): boolean {
	return memory.unsaved.size > 0 || Object.values(staticData).some(readStored);
}
