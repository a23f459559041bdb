import type { N8n } from '../host/n8n.mts';

export const QUANTITY = 1000;
export const AT_A_TIME = 5;

/**
 * Hands the orders for these links to an example, as often as it is called: the first time, or once more as a repeated
 * delivery. Failures of executions are no failures.
 */
export type Deliver = (links: string[], isFirst: boolean) => Promise<unknown>;

/** What an example needs; `later` is done when all is over. */
export interface DeliveryScene {
	n8n: N8n;
	later(close: () => Promise<void>): void;
}

/** Handles so many at a time; a failure stops none of the others. */
export async function fewAtATime<T>(all: T[], few: number, handle: (one: T) => Promise<unknown>) {
	for (let start = 0; start < all.length; start += few) {
		await Promise.allSettled(all.slice(start, start + few).map(handle));
	}
}
