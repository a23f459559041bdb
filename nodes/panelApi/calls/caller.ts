import { actions, type Action } from '../actions';
import { readAnswer } from '../answers/readAnswer';
import { type OrderAnswer, readOrder } from '../answers/readOrder';
import { PanelError, stoppedBeforeSending } from '../panelError';
import type { Form, Wire, WireAnswer } from '../transport/wire';
import type { Clock } from './clock';
import { noteAnswer, noteFailure } from './laneSigns';
import { Pace } from './pace';
import { giveUp } from './outcomeUnknown';
import { nextStep, type Patience, type Stop, whyNoMore } from './retryPolicy';

/** A pause is slept in naps this long, so that stopping the execution ends it soon. */
const longestNapMs = 250;

/** How much of an answer goes into an error. */
const excerptLength = 160;

export const usualPatience: Patience = {
	repeats: 4,
	limitedRepeats: 10,
	firstPauseMs: 500,
	longestPauseMs: 60_000,
};

/**
 * Calls one action of the panel and returns the JSON value it answers, errors sorted out. When a call is made again is
 * decided by `nextStep`.
 *
 * A rate limit is about the account: all its calls keep the distance that the panel wants from then on, and none is
 * given up for it as long as others pass.
 * @throws PanelError; of kind `outcomeUnknown` when a request with an effect may have been carried out
 */
export class Caller {
	private passed = 0;

	/** @param pace shared by all who call with the same account */
	constructor(
		private readonly wire: Wire,
		private readonly clock: Clock,
		private readonly patience: Patience = usualPatience,
		private readonly pace: Pace = new Pace(clock),
	) {}

	/**
	 * Does work with one of the lanes for reads, as soon as one is free: see `Lanes`.
	 * @param isOver whether the work is not wanted any more
	 */
	async onLane(isOver: () => boolean, work: () => Promise<void>): Promise<void> {
		const { lanes } = this.pace;
		if (!(await lanes.enter(isOver))) return;
		try {
			await work();
		} finally {
			lanes.leave();
		}
	}

	/** The time by which calls are made. */
	now(): Date {
		return new Date(this.clock.now());
	}

	/** The JSON value of the answer to a read, or to a request that the panel itself carries out only once. */
	async call(
		action: Exclude<Action, 'add'>,
		fields: Form = {},
		isAskedOnce = false,
	): Promise<unknown> {
		const read = (answer: WireAnswer) => readAnswer(answer, { mendJson: true, excerptLength });
		if (!isAskedOnce) return await this.patiently(action, fields, read);
		await this.myTurn();
		return read(await this.send(action, fields));
	}

	/** Places one order: one request, or more while the panel surely refuses it because of its rate limit. */
	async order(form: Form): Promise<OrderAnswer> {
		return await this.patiently('add', form, readOrder);
	}

	/** Waits as long as the panel has asked this account to wait, but not beyond the deadline. */
	async ready(): Promise<void> {
		await this.pauseUntil(Math.min(this.pace.nextTurn, this.deadline));
	}

	private async patiently<Value>(
		action: Action,
		fields: Form,
		read: (answer: WireAnswer, sentAt: Date) => Value,
	): Promise<Value> {
		let passedBefore = this.passed;
		await this.myTurn();
		for (let attempt = 0, tries = 1; ; attempt++, tries++) {
			const sentAt = this.now();
			try {
				const answer = read(await this.send(action, fields), sentAt);
				this.passed++;
				this.pace.passed(sentAt.getTime());
				noteAnswer(this.pace.lanes, action, fields, sentAt);
				return answer;
			} catch (error) {
				const failure = asPanelError(error);
				noteFailure(this.pace.lanes, action, fields, failure, sentAt);
				// A panel that lets others pass is busy, not closed.
				if (failure.kind === 'rateLimit' && this.passed > passedBefore) attempt = 0;
				passedBefore = this.passed;
				const stop = await this.waitForAnother(action, failure, attempt, sentAt);
				if (!stop) continue;
				const why = whyNoMore(stop, tries, failure.retryAfterMs);
				return giveUp(action, failure.withDetail(why), sentAt);
			}
		}
	}

	/** @returns why there is no other try, if there is none */
	private async waitForAnother(
		action: Action,
		failure: PanelError,
		attempt: number,
		sentAt: Date,
	): Promise<Stop | undefined> {
		const { kind, certainty, retryAfterMs, endedBy } = failure;
		const { effect } = actions[action];
		const { signal } = this.patience;
		const now = this.clock.now();
		const isStopped = signal?.aborted === true;
		const next = nextStep(
			{
				effect,
				kind,
				certainty,
				retryAfterMs,
				attempt,
				isStopped,
				now,
				wasEnded: endedBy !== undefined,
				jitter: this.clock.random(),
			},
			this.patience,
		);
		if ('stop' in next) return next.stop;
		const until = now + next.waitMs;
		if (kind === 'rateLimit') this.pace.refused(sentAt.getTime(), until);
		else await this.pauseUntil(until);
		await this.myTurn();
		return signal?.aborted ? 'stopped' : undefined;
	}

	private async myTurn(): Promise<void> {
		do {
			// Another run of the account may have been told to wait for long.
			if (this.pace.nextTurn > this.deadline) throw this.noTurnInTime();
			await this.pauseUntil(this.pace.takeTurn());
		} while (this.pace.isPausing && !this.patience.signal?.aborted);
	}

	private noTurnInTime(): PanelError {
		return new PanelError('rateLimit', 'The panel has asked this account to wait', {
			retryAfterMs: this.pace.nextTurn - this.clock.now(),
			certainty: 'notSent',
		});
	}

	private get deadline(): number {
		return this.patience.deadline ?? Infinity;
	}

	private async send(action: Action, fields: Form): Promise<WireAnswer> {
		if (this.patience.signal?.aborted) {
			throw stoppedBeforeSending();
		}
		return await this.wire({ action, ...fields }, actions[action].timeoutMs);
	}

	private async pauseUntil(time: number): Promise<void> {
		let left = time - this.clock.now();
		while (left > 0 && !this.patience.signal?.aborted) {
			const nap = Math.min(left, longestNapMs);
			await this.clock.sleep(nap);
			// The machine's clock may have been set back.
			left = Math.min(left - nap, time - this.clock.now());
		}
	}
}

function asPanelError(error: unknown): PanelError {
	if (error instanceof PanelError) return error;
	const message = error instanceof Error ? error.message : String(error);
	return new PanelError('connectionLost', message);
}
