import type { Fault, FaultEffect, Form } from './contract.mts';

interface QueuedFault {
	fault: Fault;
	toSkip: number;
	timesLeft: number;
}

/** The faults that wait for their requests. */
export class FaultQueue {
	#queue: QueuedFault[] = [];

	add(fault: Fault): void {
		this.#queue.push({ fault, toSkip: fault.skip ?? 0, timesLeft: fault.times ?? 1 });
	}

	clear(): void {
		this.#queue = [];
	}

	/** How many are not spent. */
	get waiting(): number {
		return this.#queue.length;
	}

	/** What the first matching fault does to a request. Every matching fault counts the request towards its skip. */
	effectOn(form: Form): FaultEffect | undefined {
		let striking: QueuedFault | undefined;
		for (const queued of this.#queue) {
			if (!matches(queued.fault, form)) continue;
			if (queued.toSkip > 0) queued.toSkip--;
			else striking ??= queued;
		}
		if (striking) striking.timesLeft--;
		this.#queue = this.#queue.filter(({ timesLeft }) => timesLeft > 0);
		return striking?.fault.does;
	}
}

function matches({ on, when }: Fault, form: Form): boolean {
	return (on === undefined || on === form.action) && (when === undefined || when(form));
}
