import type { Form, Wire, WireAnswer } from '../../nodes/panelApi/transport/wire.ts';
import type { MovedClock } from './movedClock.mts';

interface Nature {
	/** How long it takes for an answer, in milliseconds. */
	latencyMs: number;
	/** More requests within a second are refused. */
	requestsPerSecond?: number;
	/** It works on so many requests at a time; the others wait. */
	workers?: number;
	/** More connections at a time are closed. */
	connections?: number;
}

/** A panel in the time of a moved clock, behind a wire: knows all orders and refills that it is asked about. */
export class TimedPanel {
	requests = 0;
	refused = 0;
	lost = 0;
	underWay = 0;
	peak = 0;
	/** How many were under way when each request came, itself included. */
	readonly crowds: number[] = [];
	private readonly starts: number[] = [];
	private readonly freeAt: number[];

	constructor(
		private readonly clock: MovedClock,
		readonly nature: Nature,
	) {
		this.freeAt = Array.from({ length: nature.workers ?? 0 }, () => 0);
	}

	readonly wire: Wire = async (form) => {
		this.requests++;
		this.underWay++;
		this.peak = Math.max(this.peak, this.underWay);
		this.crowds.push(this.underWay);
		try {
			return await this.answer(form);
		} finally {
			this.underWay--;
		}
	};

	private async answer(form: Form): Promise<WireAnswer> {
		const { latencyMs, requestsPerSecond = Infinity, connections = Infinity } = this.nature;
		if (this.underWay > connections) {
			this.lost++;
			return { kind: 'lost', reason: 'ECONNRESET' };
		}
		const now = this.clock.now();
		const lately = this.starts.filter((start) => start > now - 1000);
		const isRefused = lately.length >= requestsPerSecond;
		if (isRefused) this.refused++;
		else this.starts.push(now);
		await this.clock.sleep(this.waitForWorker() + latencyMs);
		if (isRefused) return answered(429, { error: 'Too many requests' });
		if (form.action === 'add') return answered(200, { order: 1 });
		const ids = (form.orders ?? form.order ?? form.refills ?? form.refill ?? '').split(',');
		const entry = { charge: '1', status: 'In progress', remains: '5', cancel: 1 };
		return answered(200, Object.fromEntries(ids.map((id) => [id, entry])));
	}

	private waitForWorker(): number {
		const now = this.clock.now();
		const first = this.freeAt.indexOf(Math.min(...this.freeAt));
		if (first < 0) return 0;
		const start = Math.max(now, this.freeAt[first] ?? 0);
		this.freeAt[first] = start + this.nature.latencyMs;
		return start - now;
	}
}

function answered(httpStatus: number, value: unknown): WireAnswer {
	return { kind: 'answered', httpStatus, headers: {}, pieces: [JSON.stringify(value)] };
}
