import { z } from 'zod';

import { newIdentifier } from './fields';

/**
 * The id of a placed order: `{order}` as text (seed) or number (Perfect Panel), with `status: "success"` beside it
 * (SmartPanel); a few panels call it `id`.
 */
export const addAnswer = z
	.union([
		z.object({ order: newIdentifier }),
		z.object({ id: newIdentifier }).transform(({ id }) => ({ order: id })),
	])
	.pipe(z.object({ order: z.string() }));

export type PlacedOrder = z.output<typeof addAnswer>;
