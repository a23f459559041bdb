import { sleep } from 'n8n-workflow';

import { actions, type Action } from '../actions';
import { Pace } from './pace';
import { PanelError } from '../panelError';
import { readAnswer } from '../answers/readAnswer';
import { errorKinds } from '../vocabulary/errorKinds';
import type { Form, Wire } from '../transport/wire';

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

/** A pause is slept in naps this long, so that stopping the execution ends it soon. */
const longestNapMs = 250;

const mostDoublings = 4;

/** How much of an answer goes into an error; of one to an order so much that an ID behind PHP warnings is in it. */
const excerptLength = 160;
export const orderExcerptLength = 2000;

export const usualPatience: Patience = {
	repeats: 4,
	limitedRepeats: 10,
	firstPauseMs: 500,
	longestPauseMs: 60_000,
};

/**
 * Calls one action of the panel and returns the JSON value it answers, errors sorted out.
 *
 * A read is repeated after a rate limit, a fault of the panel and a lost connection. `refill` and `cancel` are
 * repeated only when the panel surely did not act. `add` is sent once, whatever comes back.
 *
 * A rate limit is about the account: all its calls keep the distance that the panel wants from then on, and none is
 * given up for it as long as others pass.
 * @throws PanelError; of kind `outcomeUnknown` when a request with an effect may have been carried out
 */
export class Caller {
	private readonly pace = new Pace();
	private passed = 0;

	constructor(
		private readonly wire: Wire,
		private readonly patience: Patience = usualPatience,
	) {}

	async call(action: Action, fields: Form = {}): Promise<unknown> {
		let passedBefore = this.passed;
		await this.myTurn();
		for (let attempt = 0; ; attempt++) {
			const sentAt = new Date();
			try {
				const answer = await this.send(action, fields);
				this.passed++;
				this.pace.passed(sentAt.getTime());
				return answer;
			} catch (error) {
				const failure = asPanelError(error);
				const isLimit = failure.kind === 'rateLimit';
				// A panel that lets others pass is busy, not closed.
				if (isLimit && this.passed > passedBefore) attempt = 0;
				passedBefore = this.passed;
				const pauseMs = this.pauseBeforeRepeat(action, failure, attempt);
				if (pauseMs === undefined) return giveUp(action, failure, sentAt);
				const until = Date.now() + pauseMs;
				if (isLimit) this.pace.refused(sentAt.getTime(), until);
				else await this.pauseUntil(until);
				await this.myTurn();
				if (this.patience.signal?.aborted) return giveUp(action, failure, sentAt);
			}
		}
	}

	/** Waits as long as the panel has asked this account to wait. */
	async ready(): Promise<void> {
		await this.pauseUntil(this.pace.nextTurn);
	}

	private async myTurn(): Promise<void> {
		do await this.pauseUntil(this.pace.takeTurn());
		while (this.pace.isPausing && !this.patience.signal?.aborted);
	}

	private async send(action: Action, fields: Form): Promise<unknown> {
		if (this.patience.signal?.aborted) {
			throw new PanelError('stopped', 'The execution was stopped before this was sent');
		}
		const answer = await this.wire({ action, ...fields }, actions[action].timeoutMs);
		const isOrder = actions[action].effect === 'money';
		return readAnswer(answer, {
			mendJson: !isOrder,
			excerptLength: isOrder ? orderExcerptLength : excerptLength,
		});
	}

	private pauseBeforeRepeat(
		action: Action,
		failure: PanelError,
		attempt: number,
	): number | undefined {
		const { effect } = actions[action];
		const { repeats, firstPauseMs, longestPauseMs, signal, deadline } = this.patience;
		const isLimit = failure.kind === 'rateLimit';
		const most = isLimit ? (this.patience.limitedRepeats ?? repeats) : repeats;
		const isHarmless = effect === 'none' || (effect === 'once' && !failure.mayHaveActed);
		if (!isHarmless || failure.endedBy || !errorKinds[failure.kind].retry) return undefined;
		if (attempt >= most || signal?.aborted) return undefined;
		// Jitter keeps calls that failed together from coming back together.
		const growing = firstPauseMs * 2 ** Math.min(attempt, mostDoublings) * (0.5 + Math.random());
		const pauseMs = Math.max(failure.retryAfterMs ?? 0, growing);
		const isTooLong =
			pauseMs > longestPauseMs || (deadline !== undefined && Date.now() + pauseMs > deadline);
		return isTooLong ? undefined : pauseMs;
	}

	private async pauseUntil(time: number): Promise<void> {
		let left = time - Date.now();
		while (left > 0 && !this.patience.signal?.aborted) {
			await sleep(Math.min(left, longestNapMs));
			left = time - Date.now();
		}
	}
}

function asPanelError(error: unknown): PanelError {
	if (error instanceof PanelError) return error;
	const message = error instanceof Error ? error.message : String(error);
	return new PanelError('connectionLost', message);
}

function giveUp(action: Action, failure: PanelError, sentAt: Date): never {
	const { effect } = actions[action];
	const mayHaveActed = failure.mayHaveActed || (effect === 'money' && !isRefusalOfOrder(failure));
	if (effect === 'none' || !mayHaveActed) throw failure;
	throw outcomeUnknown(action, failure.message, failure.detail, sentAt, failure.answer);
}

/** A panel that breaks down on an order is believed only what it knew before it ordered. */
function isRefusalOfOrder({ kind, httpStatus = 0 }: PanelError): boolean {
	return httpStatus < 500 || errorKinds[kind].isKnownBeforeOrdering === true;
}

/**
 * The error for a request that may have been carried out although no proper answer came back.
 * @param answer the JSON value that came back, if one did: of a list it may tell what was granted
 */
export function outcomeUnknown(
	action: Action,
	what: string,
	why: string,
	sentAt: Date,
	answer?: unknown,
): PanelError {
	return new PanelError('outcomeUnknown', `Outcome unknown: ${what}`, {
		detail:
			`The "${action}" request was sent at ${sentAt.toISOString()} and may have been carried out. ${why}`.trim(),
		answer,
	});
}
