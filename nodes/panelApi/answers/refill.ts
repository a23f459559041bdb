import { z } from 'zod';

import { anything, newIdentifier, saysYes, successWords, text } from './fields';

/** An accepted refill in our form. */
export const acceptedRefill = z.object({ refill: z.string().nullable(), message: z.string() });

/**
 * A refill that the panel accepted. `refill` is null where the panel gives no id (RAJA): such a refill
 * cannot be asked about later.
 */
export const refillAnswer = z
	.object({
		refill: newIdentifier.nullable().catch(null),
		success: anything,
		status: text,
		message: anything,
	})
	.refine(
		({ refill, success, status }) =>
			refill !== null || saysYes(success) || /^success/i.test(status),
		{ message: 'neither a refill nor a success is told' },
	)
	.transform(({ refill, ...answer }) => ({ refill, message: successWords(answer) }))
	.pipe(acceptedRefill);

export type AcceptedRefill = z.output<typeof refillAnswer>;
