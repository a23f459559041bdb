import { z } from 'zod';

import { anything, saysYes, successWords, text } from './fields';

/** What a cancellation means in every dialect: it was asked for. Only the status shows whether it happened. */
const requested = { cancelRequested: true as const };

/** A requested cancellation in our form. */
export const requestedCancel = z.object({ cancelRequested: z.literal(true), message: z.string() });

/**
 * An accepted cancellation: `{success: "..."}` (seed), `{cancel: 1}` (Perfect Panel), `{cancel: "requested"}` (SNS),
 * or `{status: "success"}`. In the place of `cancel` a sentence is no success: there SmartPanel reports errors.
 */
export const cancelAnswer = z
	.object({ cancel: anything, success: anything, status: text, message: anything })
	.refine(
		({ cancel, success, status }) =>
			(saysYes(cancel) && !/\S\s+\S/.test(String(cancel))) ||
			saysYes(success) ||
			/^success/i.test(status),
		{ message: 'the answer names neither a cancellation nor a success' },
	)
	.transform((answer) => ({ ...requested, message: successWords(answer) }))
	.pipe(requestedCancel);

export type RequestedCancel = z.output<typeof cancelAnswer>;
