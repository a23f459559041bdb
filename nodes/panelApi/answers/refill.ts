import { z } from 'zod';

import { anything, newIdentifier, saysYes, successWords, text } from './fields';

/** An accepted refill in our form. */
export const acceptedRefill = z.object({ refill: z.string().nullable(), message: z.string() });

/** What panels write in the place of the ID of a refill that they accepted. */
const accepted = /^(true|ok|yes|success(ful)?|done|pending|processing|requested|accepted|queued)$/i;

/**
 * A refill that the panel accepted. `refill` is null where the panel gives no ID (RAJA): such a refill
 * cannot be asked about later.
 */
export const refillAnswer = z
	.object({ refill: anything, success: anything, status: text, message: anything })
	.transform(({ refill, ...answer }) => ({
		...answer,
		refill: newIdentifier.safeParse(refill).data ?? null,
		isAccepted: accepted.test(String(refill).trim()),
	}))
	.refine(
		({ refill, isAccepted, success, status }) =>
			refill !== null || isAccepted || saysYes(success) || /^success/i.test(status),
		{ message: 'the answer names neither a refill nor a success' },
	)
	.transform(({ refill, ...answer }) => ({ refill, message: successWords(answer) }))
	.pipe(acceptedRefill);

export type AcceptedRefill = z.output<typeof refillAnswer>;
