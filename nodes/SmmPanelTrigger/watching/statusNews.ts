import type { KnownStatus } from './knownStatuses';

/** The part of a panel's answer that decides whether there is news. */
export interface SeenStatus {
	status: string;
	state: string;
	isFinal: boolean;
	/** What is still to be delivered; null where the panel does not say. */
	remains?: number | null;
}

/** The state that a status word stands for. */
export type StateOf = (word: string) => { state: string; isFinal: boolean };

/** What is known after an answer, given what was known before. */
export function nowKnown(
	before: KnownStatus | undefined,
	{ status, remains }: SeenStatus,
	followsRemains: boolean,
): KnownStatus {
	const known = remains ?? before?.remains;
	return followsRemains && known !== undefined ? { status, remains: known } : { status };
}

/**
 * Whether an answer differs from what is known. Words are compared by their state, so that "Canceled" is not news
 * beside "Cancelled"; words without a state by their letters. Remains count where both sides state them.
 */
export function isNews(before: KnownStatus, now: KnownStatus, stateOf: StateOf): boolean {
	if (meaningOf(before.status, stateOf) !== meaningOf(now.status, stateOf)) return true;
	const { remains } = before;
	return remains !== undefined && now.remains !== undefined && remains !== now.remains;
}

function meaningOf(word: string, stateOf: StateOf): string {
	const { state } = stateOf(word);
	return state === 'unknown' ? word.trim().toLowerCase() : state;
}
