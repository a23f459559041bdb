import { z } from 'zod';

import { text } from './fields';

/** What a cancellation means in every dialect: it was asked for. Only the status tells whether it came about. */
const requested = { cancelRequested: true as const };

/**
 * An accepted cancellation: `{success: "..."}` (seed), `{cancel: 1}` (Perfect Panel), `{cancel: "requested"}` (SNS),
 * or `{status: "success"}`.
 */
export const cancelAnswer = z
	.object({ cancel: z.unknown(), success: z.unknown(), status: text })
	.refine(({ cancel, success, status }) => Boolean(cancel || success) || /success/i.test(status), {
		message: 'neither a cancellation nor a success is told',
	})
	.transform(({ success }) => ({
		...requested,
		message: typeof success === 'string' ? success : '',
	}))
	.pipe(z.object({ cancelRequested: z.literal(true), message: z.string() }));

export type RequestedCancel = z.output<typeof cancelAnswer>;
