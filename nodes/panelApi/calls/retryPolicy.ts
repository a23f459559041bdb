import type { Certainty } from '../certainty';
import { errorKinds, type ErrorKind } from '../vocabulary/errorKinds';

/** How calls behave in time. */
export interface Patience {
	/** How often a call is repeated at most, when repeating is harmless and can help. */
	repeats: number;
	/** The same for refusals because of a rate limit while no other call passes; default: `repeats`. */
	limitedRepeats?: number;
	/** The first pause between two tries in milliseconds; each further one is twice as long, up to 16 times. */
	firstPauseMs: number;
	/** A panel that asks for a longer pause than this, in milliseconds, is not waited for. */
	longestPauseMs: number;
	/** Ends pauses early, when the user stops the execution. */
	signal?: AbortSignal;
	/** No pause goes on beyond this point in time (milliseconds since 1970). */
	deadline?: number;
}

/** A try that failed: all that decides whether there is another one. */
export interface FailedTry {
	/** What the request does: see the table of actions. */
	effect: 'none' | 'once' | 'money';
	kind: ErrorKind;
	certainty: Exclude<Certainty, 'placed'>;
	/** The pause that the panel asks for, in milliseconds. */
	retryAfterMs?: number;
	/** How many tries came before this one. */
	attempt: number;
	isStopped: boolean;
	/** Whether we ended the call for its time or its size: another try would end the same way. */
	wasEnded: boolean;
	/** Milliseconds since 1970. */
	now: number;
	/** From 0 to 1: keeps calls that failed together from coming back together. */
	jitter: number;
}

/** Why a call is not made again. */
export type Stop =
	| 'mayHaveActed'
	| 'cannotHelp'
	| 'triedEnough'
	| 'stopped'
	| 'pauseTooLong'
	| 'noTimeLeft';

export type NextStep = { waitMs: number } | { stop: Stop };

const mostDoublings = 4;

/**
 * Whether a call that failed is made again. A read is repeated after a rate limit, a fault of the panel and a lost
 * connection; `refill` and `cancel` only when the panel surely did not act; `add` only when the panel surely refused it
 * because of its rate limit.
 */
export function nextStep(failed: FailedTry, patience: Patience): NextStep {
	const { effect, kind, certainty, attempt, now } = failed;
	const isLimit = kind === 'rateLimit';
	if (effect !== 'none' && certainty === 'unknown') return { stop: 'mayHaveActed' };
	if (effect === 'money' ? !isLimit : !errorKinds[kind].retry) return { stop: 'cannotHelp' };
	if (failed.wasEnded) return { stop: 'cannotHelp' };
	if (failed.isStopped) return { stop: 'stopped' };
	const most = isLimit ? (patience.limitedRepeats ?? patience.repeats) : patience.repeats;
	if (attempt >= most) return { stop: 'triedEnough' };
	const growing =
		patience.firstPauseMs * 2 ** Math.min(attempt, mostDoublings) * (0.5 + failed.jitter);
	const waitMs = Math.max(failed.retryAfterMs ?? 0, growing);
	if (waitMs > patience.longestPauseMs) return { stop: 'pauseTooLong' };
	const isLate = patience.deadline !== undefined && now + waitMs > patience.deadline;
	return isLate ? { stop: 'noTimeLeft' } : { waitMs };
}

/**
 * Why a call is not made again, as a sentence of the error; empty where the error itself says so.
 * @param tries how many were made
 * @param retryAfterMs the pause that the panel asks for, in milliseconds
 */
export function whyNoMore(stop: Stop, tries: number, retryAfterMs = 0): string {
	if (stop === 'triedEnough') return tries > 1 ? `It was tried ${tries} times.` : '';
	if (stop === 'pauseTooLong')
		return `The panel asks for a pause of ${Math.ceil(retryAfterMs / 1000)} s, which is longer than is waited here.`;
	return stop === 'noTimeLeft' ? 'There was no time left for another try.' : '';
}
