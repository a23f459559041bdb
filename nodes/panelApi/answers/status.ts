import { z } from 'zod';

import { orderStateOf, orderStates } from '../vocabulary/statusWords';
import { readAmount, readCount, readText } from './fields';

/**
 * The state of an order in our form. A drip-feed has `runs`, a subscription has `posts`, and both have the `orders` that
 * they consist of, where the panel sends them; other orders have none of the three.
 */
export const orderStatus = z.object({
	status: z.string(),
	state: z.enum(orderStates),
	isFinal: z.boolean(),
	charge: z.number().nullable(),
	currency: z.string().nullable(),
	startCount: z.number().nullable(),
	remains: z.number().nullable(),
	runs: z.number().nullable().optional(),
	posts: z.number().nullable().optional(),
	orders: z.array(z.string()).optional(),
});

export type OrderStatus = z.output<typeof orderStatus>;

/** Words that say how a call went as well as what became of an order (SmartPanel answers `status: "success"`). */
const callWords = /^\s*(success|fail|failed|error)\s*$/i;
/** What stands beside the status of an order; the last three beside that of a subscription or drip-feed. */
const countNames = ['charge', 'remains', 'start_count', 'runs', 'posts', 'expiry'];

/**
 * The state of an order: `charge` in the account's currency, `startCount` the count when delivery began,
 * `remains` what is still to be delivered. Subscriptions and drip-feeds (SmartPanel) have no charge, currency and
 * remains: null.
 *
 * Read in one step like `readService`, because a poll may read ten thousand.
 * @returns undefined for what has no status, or one that may as well be about the call
 */
export function readOrderStatus(entry: unknown): OrderStatus | undefined {
	const fields = (entry ?? {}) as Record<string, unknown>;
	const { status, runs, posts, orders } = fields;
	if (typeof status !== 'string' || status === '') return undefined;
	if (callWords.test(status) && !countNames.some((name) => name in fields)) return undefined;
	return {
		status,
		...orderStateOf(status),
		charge: readAmount(fields.charge),
		currency: readText(fields.currency) || null,
		startCount: readCount(fields.start_count),
		remains: readCount(fields.remains),
		...(runs !== undefined && { runs: readCount(runs) }),
		...(posts !== undefined && { posts: readCount(posts) }),
		...(Array.isArray(orders) && { orders: orders.map((id) => readText(id)) }),
	};
}
