import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { TriggerMemory } from './pollMemory';

const version = 1;

const storedState = z.object({
	version: z.literal(version),
	/** What the state is about: see `subjectOf`. */
	subject: z.string(),
	/** When the last items were put out, or when the baseline was set: milliseconds since 1970. */
	since: z.number(),
	/** When the panel was looked at for it: milliseconds since 1970, but always later than for the state before. */
	seenAt: z.number(),
	content: z.record(z.string(), z.unknown()),
});

/** What is kept between two polls, in n8n's static data and in memory. */
export interface StoredState extends IDataObject {
	version: typeof version;
	subject: string;
	since: number;
	seenAt: number;
	content: IDataObject;
}

/**
 * The latest state of the trigger.
 *
 * n8n saves static data together with an emission, with an activation, and, with durable cursors only, after a poll
 * that put out nothing. What such a poll learnt (the baseline of an ID that is new in the list) is dropped by the
 * scheduler engine and forgotten when a workflow is published again. This process remembers it; it is used as long
 * as n8n holds the state it was built on or an earlier one of the same series.
 * @returns undefined when there is none, or none that this version can read
 */
export function recall(
	staticData: IDataObject,
	key: string,
	memory: TriggerMemory,
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
 * Hands a new state to n8n: one assignment of one value to a top-level key, as n8n notices no other change.
 * @param emits whether items go out with it: then n8n saves it, or neither the items nor the state count
 */
export function retain(
	staticData: IDataObject,
	key: string,
	memory: TriggerMemory,
	state: StoredState,
	emits: boolean,
): void {
	const stored = readStored(staticData[key]);
	const unsaved = memory.unsaved.get(key);
	const isOvertaken =
		unsaved !== undefined && unsaved.after === stored?.since && unsaved.state.seenAt > state.seenAt;
	if (!emits && !isOvertaken) memory.unsaved.set(key, { after: stored?.since, state });
	// A state that n8n has already is not assigned again: each assignment is a write to the database.
	if (stored?.seenAt !== state.seenAt) staticData[key] = state;
}

/** Whether anything was ever learnt for this trigger, of whatever event and subject. */
export function isAnyKnown(staticData: IDataObject, memory: TriggerMemory): boolean {
	return memory.unsaved.size > 0 || Object.values(staticData).some(readStored);
}

function readStored(value: unknown): StoredState | undefined {
	const reading = storedState.safeParse(value);
	return reading.success ? (reading.data as StoredState) : undefined;
}
