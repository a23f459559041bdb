import type { Clock } from './clock';
import { Lanes } from './lanes';

/** The first distance between calls that come too fast, and the largest; beyond that the pauses decide. */
const firstGapMs = 125;
const largestGapMs = 1000;
/** What each call that passes leaves of the distance. One below the smallest is none. */
const easing = 0.9;
const smallestGapMs = 30;
/** A panel that has not complained for so long is asked without any distance again. */
const forgottenAfterMs = 60_000;

/**
 * Keeps the calls of an account as far apart as its panel wants them. They start out without any distance; a rate
 * limit doubles it, and every call that passes lets them come a little closer again. Beside it stand the lanes, which
 * bound how many reads are under way at a time.
 */
export class Pace {
	readonly lanes: Lanes;
	private gapMs = 0;
	private slowedAt = 0;
	private nextStart = 0;
	private notBefore = 0;
	private seenAt = 0;

	constructor(private readonly clock: Clock) {
		this.lanes = new Lanes(clock);
	}

	/** Takes the next turn: the point in time (milliseconds since 1970) at which a call may start. */
	takeTurn(): number {
		const now = this.now();
		if (now - this.slowedAt > forgottenAfterMs) this.gapMs = 0;
		const start = Math.max(now, this.nextTurn);
		this.nextStart = start + this.gapMs;
		return start;
	}

	/** When the next turn will be. */
	get nextTurn(): number {
		this.now();
		return Math.max(this.nextStart, this.notBefore);
	}

	/** Whether the panel still wants to be left alone. */
	get isPausing(): boolean {
		return this.now() < this.notBefore;
	}

	/** The panel has refused a call that was sent at the one time, and takes no others before the other time. */
	refused(sentAt: number, until: number): void {
		const now = this.now();
		this.notBefore = Math.max(this.notBefore, until);
		// Calls that were on the way together are refused together: that is one sign, not several.
		if (sentAt < this.slowedAt) return;
		this.slowedAt = now;
		this.gapMs = Math.min(Math.max(this.gapMs * 2, firstGapMs), largestGapMs);
	}

	/** A call that was sent at this time has not met the limit. */
	passed(sentAt: number): void {
		if (sentAt < this.slowedAt) return;
		this.gapMs *= easing;
		if (this.gapMs < smallestGapMs) this.gapMs = 0;
	}

	/** A machine whose clock is set back must not wait until the old time is there again. */
	private now(): number {
		const now = this.clock.now();
		if (now < this.seenAt) {
			this.nextStart = this.notBefore = 0;
			this.slowedAt = Math.min(this.slowedAt, now);
		}
		this.seenAt = now;
		return now;
	}
}

/** So many accounts are remembered at most. */
const keptAccounts = 500;
const byAccount = new Map<string, Pace>();

/** The pace of an account, shared by all its runs in this process. */
export function paceOf(account: string, clock: Clock): Pace {
	const pace = byAccount.get(account) ?? new Pace(clock);
	byAccount.delete(account);
	byAccount.set(account, pace);
	const [oldest] = byAccount.keys();
	if (byAccount.size > keptAccounts && oldest !== undefined) byAccount.delete(oldest);
	return pace;
}
