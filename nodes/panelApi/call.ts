import { sleep } from 'n8n-workflow';

import { actions, type Action } from './actions';
import { PanelError } from './panelError';
import { readAnswer } from './readAnswer';
import { errorKinds } from './vocabulary/errorKinds';
import type { Form, Wire } from './wire';

/** How calls behave in time. */
export interface Patience {
	/** How often a call is repeated at most, when repeating is harmless and can help. */
	repeats: number;
	/** The first pause between two tries in milliseconds; each further one is twice as long. */
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

export const usualPatience: Patience = { repeats: 4, firstPauseMs: 500, longestPauseMs: 60_000 };

/**
 * Calls one action of the panel and returns the JSON value it answers, errors sorted out.
 *
 * A read is repeated after a rate limit, a fault of the panel and a lost connection. `refill` and `cancel` are
 * repeated only when the panel surely did not act. `add` is sent once, whatever comes back.
 * @throws PanelError; of kind `outcomeUnknown` when a request with an effect may have been carried out
 */
export class Caller {
	private notBefore = 0;

	constructor(
		private readonly wire: Wire,
		private readonly patience: Patience = usualPatience,
	) {}

	async call(action: Action, fields: Form = {}): Promise<unknown> {
		await this.ready();
		for (let attempt = 0; ; attempt++) {
			const sentAt = new Date();
			try {
				return await this.send(action, fields);
			} catch (error) {
				const failure = asPanelError(error);
				const pauseMs = this.pauseBeforeRepeat(action, failure, attempt);
				if (pauseMs === undefined) return giveUp(action, failure, sentAt);
				const until = Date.now() + pauseMs;
				// A rate limit is about the account: calls that run beside this one have to wait as well.
				if (failure.kind === 'rateLimit') this.notBefore = Math.max(this.notBefore, until);
				await this.pauseUntil(until);
				await this.ready();
				if (this.patience.signal?.aborted) return giveUp(action, failure, sentAt);
			}
		}
	}

	/** Waits as long as the panel has asked this account to wait. */
	async ready(): Promise<void> {
		await this.pauseUntil(this.notBefore);
	}

	private async send(action: Action, fields: Form): Promise<unknown> {
		if (this.patience.signal?.aborted) {
			throw new PanelError('stopped', 'The execution was stopped before this was sent');
		}
		const answer = await this.wire({ action, ...fields }, actions[action].timeoutMs);
		return readAnswer(answer, { mendJson: actions[action].effect !== 'money' });
	}

	private pauseBeforeRepeat(
		action: Action,
		failure: PanelError,
		attempt: number,
	): number | undefined {
		const { effect } = actions[action];
		const { repeats, firstPauseMs, longestPauseMs, signal, deadline } = this.patience;
		const isHarmless = effect === 'none' || (effect === 'once' && !failure.mayHaveActed);
		if (!isHarmless || !errorKinds[failure.kind].retry) return undefined;
		if (attempt >= repeats || signal?.aborted) return undefined;
		// Jitter keeps calls that failed together from coming back together.
		const growing = firstPauseMs * 2 ** attempt * (0.5 + Math.random());
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
	if (actions[action].effect === 'none' || !failure.mayHaveActed) throw failure;
	throw outcomeUnknown(action, failure.message, failure.detail, sentAt);
}

/** The error for a request that may have been carried out although no proper answer came back. */
export function outcomeUnknown(
	action: Action,
	what: string,
	why: string,
	sentAt: Date,
): PanelError {
	return new PanelError('outcomeUnknown', `Outcome unknown: ${what}`, {
		detail:
			`The "${action}" request was sent at ${sentAt.toISOString()} and may have been carried out. ${why}`.trim(),
	});
}
