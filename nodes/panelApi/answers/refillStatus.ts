import { z } from 'zod';

import { foldRefillStatus, refillStates } from '../vocabulary/statusWords';

/** The state of a refill in our form. */
export const refillStatus = z.object({
	status: z.string(),
	state: z.enum(refillStates),
	isFinal: z.boolean(),
});

/** The state of a refill. */
export const refillStatusAnswer = z
	.object({ status: z.string().min(1) })
	.transform(({ status }) => ({ status, ...foldRefillStatus(status) }))
	.pipe(refillStatus);

export type RefillStatus = z.output<typeof refillStatusAnswer>;
