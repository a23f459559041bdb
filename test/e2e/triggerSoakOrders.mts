/** What becomes of an order; the last is not followed by anything. */
const life = [
	['Pending', 'pending'],
	['Processing', 'processing'],
	['In progress', 'inProgress'],
	['Partial', 'partial'],
] as const;

export type Life = (typeof life)[number];

/** Some of these, in random order. */
export function pick<Value>(values: readonly Value[], count: number): Value[] {
	return values
		.map((value) => [Math.random(), value] as const)
		.sort(([left], [right]) => left - right)
		.slice(0, count)
		.map(([, value]) => value);
}

/** What is wrong with what fired, as lines for a person to read. */
export interface Findings {
	missed: string[];
	repeated: string[];
}

/** Orders that are known to the trigger and go through their life, and those that have just joined its list. */
export class WatchedOrders {
	readonly listed: string[];
	/** Those that the trigger may not have saved yet, with the time at which the panel answered it. */
	private readonly joining = new Map<string, number | undefined>();
	private readonly stages = new Map<string, number>();

	constructor(
		orders: readonly string[],
		private readonly waiting: string[] = [],
	) {
		this.listed = [...orders];
		for (const order of orders) this.stages.set(order, 0);
	}

	/** Whether an order has joined that the trigger may not have saved. */
	get isJoining(): boolean {
		return this.joining.size > 0;
	}

	/** The next stage in the life of some orders, each with the status that the panel shows from now on. */
	moveSome(count: number): Array<[order: string, status: string]> {
		return pick([...this.stages.keys()], count).map((order) => {
			const stage = Math.min((this.stages.get(order) ?? 0) + 1, life.length - 1);
			this.stages.set(order, stage);
			return [order, (life[stage] as Life)[0]];
		});
	}

	/** Puts an order into the list. It stands still until the trigger has surely saved how it stands. */
	join(): void {
		const order = this.waiting.pop();
		if (order === undefined) return;
		this.listed.push(order);
		this.joining.set(order, undefined);
	}

	/** Notes an answer of the panel about these orders. */
	answered(orders: readonly string[], at: number): void {
		for (const order of orders) {
			if (this.joining.has(order)) this.joining.set(order, this.joining.get(order) ?? at);
		}
	}

	/** Forgets the answers that n8n got before it ended. */
	restarted(): void {
		for (const order of this.joining.keys()) this.joining.set(order, undefined);
	}

	/** Notes that n8n started an execution, and thereby saved what the trigger knew. */
	saved(at: number): void {
		for (const [order, answeredAt] of this.joining) {
			if (answeredAt === undefined || answeredAt > at) continue;
			this.joining.delete(order);
			this.stages.set(order, 0);
		}
	}

	/** Compares what fired, as "order: from > to", with how the orders moved: steps may be left out, but none is missed. */
	compare(moves: readonly string[]): Findings {
		const missed: string[] = [];
		const repeated = moves.filter((move, index) => moves.indexOf(move) < index);
		for (const order of this.listed) {
			let at = 'pending';
			for (const move of new Set(moves.filter((one) => one.startsWith(`${order}:`)))) {
				const [, from = '', to = ''] = /: (\w+) > (\w+)$/.exec(move) ?? [];
				if (from !== at) missed.push(`${move}, but it was ${at}`);
				at = to;
			}
			const [, last] = life[this.stages.get(order) ?? 0] as Life;
			if (at !== last) missed.push(`${order} is ${last}, but ${at} fired last`);
		}
		return { missed, repeated };
	}
}
