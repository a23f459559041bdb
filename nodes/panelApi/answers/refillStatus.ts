import { z } from 'zod';

import { refillStateOf, refillStates } from '../vocabulary/statusWords';

/** The state of a refill in our form. */
export const refillStatus = z.object({
	status: z.string(),
	state: z.enum(refillStates),
	isFinal: z.boolean(),
});

/** The state of a refill. */
export const refillStatusAnswer = z
	.object({ status: z.string().min(1) })
	.transform(({ status }) => ({ status, ...refillStateOf(status) }))
	.pipe(refillStatus);

export type RefillStatus = z.output<typeof refillStatusAnswer>;
