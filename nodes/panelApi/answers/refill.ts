import { z } from 'zod';

import { identifier, text } from './fields';

/** An accepted refill in our form. */
export const acceptedRefill = z.object({ refill: z.string().nullable(), message: z.string() });

/**
 * A refill that the panel accepted. `refill` is null where the panel gives no id (RAJA): such a refill
 * cannot be asked about later.
 */
export const refillAnswer = z
	.object({ refill: identifier.nullish(), success: text })
	.refine(({ refill, success }) => refill !== undefined || success !== '', {
		message: 'neither a refill nor a success is told',
	})
	.transform(({ refill, success }) => ({ refill: refill ?? null, message: success }))
	.pipe(acceptedRefill);

export type AcceptedRefill = z.output<typeof refillAnswer>;
