import { z } from 'zod';

import { foldOrderStatus, orderStates } from '../vocabulary/statusWords';
import { amount, text } from './fields';

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

/**
 * The state of an order: `charge` in the account's currency, `startCount` the count when delivery began,
 * `remains` what is still to be delivered. Subscriptions (SmartPanel) have neither charge nor remains: null.
 */
export const statusAnswer = z
	.object({
		status: z.string().min(1),
		charge: amount,
		currency: text,
		start_count: amount,
		remains: amount,
	})
	.transform(({ status, charge, currency, start_count: startCount, remains }) => ({
		status,
		...foldOrderStatus(status),
		charge,
		currency,
		startCount,
		remains,
	}))
	.pipe(orderStatus);

export type OrderStatus = z.output<typeof statusAnswer>;
