import type { MovingLife, SandboxOrder } from './contract.mts';

export type OrderState =
	| 'pending'
	| 'processing'
	| 'inProgress'
	| 'completed'
	| 'partial'
	| 'cancelled'
	| 'active';

export type RefillState = 'pending' | 'inProgress' | 'completed' | 'rejected';

/** How an order of a service ends when nobody interferes. */
export type OrderEnding = 'completed' | 'partial' | 'cancelled';

/** An order somewhere between being placed and its end. */
export interface Moment {
	state: OrderState;
	delivered: number;
}

const DELIVERED_SHARE: Record<OrderEnding, number> = { completed: 1, partial: 0.6, cancelled: 0 };

/**
 * Where an order stands at a time (milliseconds since the epoch): Pending, then In progress with
 * an even delivery, then its ending. A cancellation takes effect after as long as an order stays
 * Pending, and comes too late if the delivery ends before.
 */
export function orderAt(
	order: Pick<SandboxOrder, 'createdAt' | 'cancelRequestedAt' | 'quantity' | 'ending'>,
	life: MovingLife,
	now: number,
): Moment {
	const startsAt = order.createdAt + life.pendingMs;
	const endsAt = startsAt + life.deliveryMs;
	const cancelsAt = (order.cancelRequestedAt ?? Infinity) + life.pendingMs;
	const isCancelled = cancelsAt <= now && cancelsAt < endsAt;
	const elapsed = Math.min(now, cancelsAt, endsAt) - startsAt;
	const progress = life.deliveryMs > 0 ? elapsed / life.deliveryMs : 1;
	const delivered = Math.floor(order.quantity * DELIVERED_SHARE[order.ending] * progress);

	if (isCancelled) return { state: 'cancelled', delivered };
	if (now < startsAt) return { state: 'pending', delivered: 0 };
	return { state: now < endsAt ? 'inProgress' : order.ending, delivered };
}

/** Where a refill stands: it takes the same times as an order. */
export function refillAt(createdAt: number, life: MovingLife, now: number): RefillState {
	if (now < createdAt + life.pendingMs) return 'pending';
	return now < createdAt + life.pendingMs + life.deliveryMs ? 'inProgress' : 'completed';
}

const STATE_OF_LETTERS: Record<string, OrderState> = {
	pending: 'pending',
	processing: 'processing',
	inprogress: 'inProgress',
	completed: 'completed',
	partial: 'partial',
	canceled: 'cancelled',
	cancelled: 'cancelled',
	active: 'active',
};

/** The state behind a status word of any dialect; undefined for a word that a test made up. */
export function stateOf(word: string): OrderState | undefined {
	return STATE_OF_LETTERS[word.toLowerCase().replace(/[^a-z]/g, '')];
}
