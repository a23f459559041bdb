import { z } from 'zod';

import { tellsFailure } from './failureWords';
import { anything, newIdentifier } from './fields';

/**
 * The order id in an answer: `{order}` as text (seed) or number (Perfect Panel), with `status: "success"` beside it
 * (SmartPanel); a few panels call it `id`, and such an `id` counts only where there is no `order`.
 */
export const namedOrder = z
	.object({ order: anything, id: anything })
	.transform(({ order, id }) => order ?? id)
	.pipe(newIdentifier)
	.transform((order) => ({ order }))
	.pipe(z.object({ order: z.string() }));

/** A placed order. An id in an answer that tells of a failure proves nothing. */
export const addAnswer = z
	.unknown()
	.refine((answer) => !tellsFailure(answer), { message: 'a failure is told' })
	.pipe(namedOrder);

export type PlacedOrder = z.output<typeof namedOrder>;
