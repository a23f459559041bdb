import { z } from 'zod';

import { PanelError } from '../../panelApi/panelError';
import { outcomeUnknownText } from '../../panelApi/vocabulary/errorKinds';

/** What is remembered of a request that may have been carried out. */
export const unknownOutcome = z.object({ message: z.string(), detail: z.string() });

export type UnknownOutcome = z.output<typeof unknownOutcome>;

/** The outcome of a request of which something was remembered that cannot be read. */
export const unreadableOutcome: UnknownOutcome = {
	message: outcomeUnknownText('what an earlier attempt stored cannot be read'),
	detail:
		'Another version of this node may have stored it, or it is damaged. Nothing was sent now.',
};

/** The error for it, for a repeated try, which must not send the request again. */
export function unknownOutcomeError({ message, detail }: UnknownOutcome): PanelError {
	return new PanelError('outcomeUnknown', message, { detail });
}
