import type { Clock } from './clock';
import { firstWidth, nextWidth, type Sign, type Trouble, type Width } from './width';

/** How long a call waits for a lane before it looks again whether it is still wanted. */
const longestNapMs = 250;
/** What was learnt from calls so long ago counts no more. */
const forgottenAfterMs = 60_000;
/** How many kinds of calls are remembered with their times. */
const mostKinds = 50;

/** How long calls of one kind take, in milliseconds. */
interface Times {
	fastest: number;
	usual: number;
}

/** How much a new time changes the usual one. */
const weight = 0.25;
/** Lets the fastest time be forgotten within some hundred answers: a panel may be slower by day. */
const fading = 1.01;

/**
 * The lanes on which the reads of an account go to its panel: each holds one call, and how many there are follows from
 * how the panel keeps up (see `nextWidth`). All runs of the account share them.
 */
export class Lanes {
	private width: Width = firstWidth;
	private underWay = 0;
	private lastSignAt = 0;
	private readonly times = new Map<string, Times>();
	private readonly waiting = new Set<() => void>();

	constructor(private readonly clock: Clock) {}

	/** How many calls may be under way at a time now. */
	get count(): number {
		return this.width.calls;
	}

	/**
	 * Waits for a free lane and takes it. Whoever got one has to `leave` it.
	 * @param isOver whether the lane is not wanted any more
	 * @returns false when it was not wanted any more before one was free
	 */
	async enter(isOver: () => boolean): Promise<boolean> {
		this.forgetIfOld();
		while (this.underWay >= this.width.calls) {
			if (isOver()) return false;
			await this.untilSomeoneLeaves();
		}
		this.underWay++;
		return true;
	}

	/** Frees a lane. */
	leave(): void {
		this.underWay--;
		this.wake();
	}

	/**
	 * Notes that a call was answered.
	 * @param kind calls of the same kind take about as long
	 * @param sentAt milliseconds since 1970
	 */
	answered(kind: string, sentAt: number): void {
		const now = this.clock.now();
		const tookMs = now - sentAt;
		// The clock of the machine was set back meanwhile.
		if (tookMs < 0) return;
		const { fastest, usual } = this.times.get(kind) ?? { fastest: tookMs, usual: tookMs };
		const times = {
			fastest: Math.min(tookMs, fastest * fading),
			usual: usual + (tookMs - usual) * weight,
		};
		this.times.delete(kind);
		this.times.set(kind, times);
		const [oldest] = this.times.keys();
		if (this.times.size > mostKinds && oldest !== undefined) this.times.delete(oldest);
		const isFull = this.underWay >= this.width.calls;
		this.note({ came: 'answer', sentAt, isFull, ...times });
	}

	/** Notes a sign that the panel does not keep up. */
	troubled(came: Trouble, sentAt: number): void {
		this.note({ came, sentAt });
	}

	private note(sign: Sign): void {
		this.forgetIfOld();
		this.lastSignAt = this.clock.now();
		const before = this.width.calls;
		this.width = nextWidth(this.width, sign, this.lastSignAt);
		if (this.width.calls > before) this.wake();
	}

	private forgetIfOld(): void {
		const age = this.clock.now() - this.lastSignAt;
		// Below 0, the clock of the machine was set back.
		const isOld = age < 0 || (this.underWay === 0 && age > forgottenAfterMs);
		if (!isOld) return;
		this.lastSignAt = 0;
		this.width = firstWidth;
		this.times.clear();
	}

	private async untilSomeoneLeaves(): Promise<void> {
		let wake = () => {};
		const woken = new Promise<void>((resolve) => {
			wake = resolve;
		});
		this.waiting.add(wake);
		await Promise.race([woken, this.clock.sleep(longestNapMs)]);
		this.waiting.delete(wake);
	}

	private wake(): void {
		for (const wake of this.waiting) wake();
	}
}
