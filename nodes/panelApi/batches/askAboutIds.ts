import { actions, type IdAction } from '../actions';
import type { Caller } from '../calls/caller';
import { largestWidth } from '../calls/width';
import {
	Asking,
	type AskOptions,
	type FormsByAction,
	type IdOutcome,
	type Reading,
} from './asking';
import { splitIntoBatches } from './splitIntoBatches';

export type { AskOptions, FormsByAction, IdOutcome, Reading };

export const largestBatch = 100;

/** Calls at a time at the most; how many reads there are is up to the lanes of the account. */
const parallelReads = largestWidth;
const parallelWrites = 1;

/**
 * Asks the panel about ids in as few calls as it allows: one id in the single form, more as comma lists, a few
 * calls at a time. Answers are matched by id, never by position. An id that goes wrong never stops the others;
 * an error that would meet every call of the account ends the asking, and the rest gets it too. What follows an
 * answer is decided in `batchPolicy`.
 * @param forms what is known of the panel; what turns out is added
 * @returns an outcome for each id; none for those that were not asked any more (deadline, stop by the user)
 */
export async function askAboutIds<Value>(
	caller: Caller,
	action: IdAction,
	read: Reading<Value>,
	ids: readonly string[],
	options: AskOptions = {},
	forms: FormsByAction = new Map(),
): Promise<Map<string, IdOutcome<Value>>> {
	const asking = new Asking(caller, action, read, options, forms);
	const batches = splitIntoBatches(ids, Math.min(options.batchSize ?? largestBatch, largestBatch));
	const isRead = actions[action].effect === 'none';
	const workers = isRead ? parallelReads : parallelWrites;
	const queue = batches.values();
	const work = async () => {
		for (const batch of queue) {
			const ask = async () => await asking.askBatch(batch);
			await (isRead ? caller.onLane(() => asking.isOver, ask) : ask());
		}
	};
	await Promise.all(Array.from({ length: Math.min(workers, batches.length) }, work));
	return asking.outcomes;
}
