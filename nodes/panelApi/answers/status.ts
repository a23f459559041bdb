import { z } from 'zod';

import { foldOrderStatus, orderStates } from '../vocabulary/statusWords';
import { readAmount, readText } from './fields';

/** The state of an order in our form. */
export const orderStatus = z.object({
	status: z.string(),
	state: z.enum(orderStates),
	isFinal: z.boolean(),
	charge: z.number().nullable(),
	currency: z.string(),
	startCount: z.number().nullable(),
	remains: z.number().nullable(),
});

export type OrderStatus = z.output<typeof orderStatus>;

/** Words that tell how a call went as well as what became of an order (SmartPanel answers `status: "success"`). */
const callWords = /^\s*(success|fail|failed|error)\s*$/i;
/** What stands beside the status of an order; the last three beside that of a subscription or drip-feed. */
const countNames = ['charge', 'remains', 'start_count', 'runs', 'posts', 'expiry'];

/**
 * The state of an order: `charge` in the account's currency, `startCount` the count when delivery began,
 * `remains` what is still to be delivered. Subscriptions (SmartPanel) have neither charge nor remains: null.
 *
 * Read in one step like `readService`, because a poll may read ten thousand.
 * @returns undefined for what has no status, or one that may as well be about the call
 */
export function readOrderStatus(entry: unknown): OrderStatus | undefined {
	const fields = (entry ?? {}) as Record<string, unknown>;
	const { status } = fields;
	if (typeof status !== 'string' || status === '') return undefined;
	if (callWords.test(status) && !countNames.some((name) => name in fields)) return undefined;
	return {
		status,
		...foldOrderStatus(status),
		charge: readAmount(fields.charge),
		currency: readText(fields.currency),
		startCount: readAmount(fields.start_count),
		remains: readAmount(fields.remains),
	};
}
