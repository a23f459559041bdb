import { z } from 'zod';

import { foldRefillStatus, refillStates } from '../vocabulary/statusWords';

/** The state of a refill. */
export const refillStatusAnswer = z
	.object({ status: z.string().min(1) })
	.transform(({ status }) => ({ status, ...foldRefillStatus(status) }))
	.pipe(z.object({ status: z.string(), state: z.enum(refillStates), isFinal: z.boolean() }));

export type RefillStatus = z.output<typeof refillStatusAnswer>;
