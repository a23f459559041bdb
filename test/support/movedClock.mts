import type { Clock } from '../../nodes/panelApi/calls/clock.ts';
import type { Wire } from '../../nodes/panelApi/transport/wire.ts';

/** A clock that stands still until a test moves it: nobody waits for it on the wall. */
export class MovedClock implements Clock {
	/** What chance comes to; in the middle at first. */
	chance = 0.5;
	private time = Date.parse('2026-01-01T00:00:00Z');
	private readonly sleepers = new Set<{ until: number; wake: () => void }>();
	private callsUnderWay = 0;

	now(): number {
		return this.time;
	}

	random(): number {
		return this.chance;
	}

	async sleep(milliseconds: number): Promise<void> {
		await new Promise<void>((wake) => {
			this.sleepers.add({ until: this.time + Math.max(0, milliseconds), wake });
		});
	}

	/** Sets the clock to another time; nobody sleeps longer or shorter for that. */
	setBack(milliseconds: number): void {
		this.time -= milliseconds;
		for (const sleeper of this.sleepers) sleeper.until -= milliseconds;
	}

	/** The same wire, during whose calls the time stands still. */
	around(wire: Wire): Wire {
		return async (form, timeoutMs) => {
			this.callsUnderWay++;
			try {
				return await wire(form, timeoutMs);
			} finally {
				this.callsUnderWay--;
			}
		};
	}

	/** Moves on from one sleeper to the next until some work is done. */
	async until<Result>(work: Promise<Result>): Promise<Result> {
		let isDone = false;
		const mark = () => void (isDone = true);
		work.then(mark, mark);
		for (;;) {
			await othersRun();
			if (isDone) return await work;
			if (this.callsUnderWay === 0) this.wakeNext();
		}
	}

	/** Lets so much time pass, for whoever sleeps meanwhile too. */
	async pass(milliseconds: number): Promise<void> {
		const end = this.time + milliseconds;
		for (;;) {
			await othersRun();
			if (this.callsUnderWay > 0) continue;
			const next = this.nextSleeper();
			if (!next || next.until > end) break;
			this.wakeNext();
		}
		this.time = end;
	}

	private wakeNext(): void {
		const next = this.nextSleeper();
		if (!next) return;
		this.sleepers.delete(next);
		this.time = Math.max(this.time, next.until);
		next.wake();
	}

	private nextSleeper() {
		let first: { until: number; wake: () => void } | undefined;
		for (const sleeper of this.sleepers) {
			if (!first || sleeper.until < first.until) first = sleeper;
		}
		return first;
	}
}

async function othersRun(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
