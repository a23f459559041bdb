import { type Action, actions } from '../actions';
import { PanelError } from '../panelError';
import { outcomeUnknownText } from '../vocabulary/errorKinds';

/**
 * Ends the tries of a call with its failure; as an unknown outcome if the request may have been carried out.
 * @throws PanelError
 */
export function giveUp(action: Action, failure: PanelError, sentAt: Date): never {
	if (actions[action].effect === 'none' || !failure.mayHaveActed) throw failure;
	if (failure.kind === 'outcomeUnknown') throw failure;
	throw outcomeUnknown(action, failure.message, failure.detail, sentAt, failure.answer);
}

/**
 * The error for a request that may have been carried out although no proper answer came back.
 * @param answer the JSON value that came back, if one did: of a list it may hold what was granted
 */
export function outcomeUnknown(
	action: Action,
	what: string,
	why: string,
	sentAt: Date,
	answer?: unknown,
): PanelError {
	return new PanelError('outcomeUnknown', outcomeUnknownText(what), {
		detail: `${sentInDoubt(action, sentAt)} ${why}`.trim(),
		answer,
	});
}

/** The first sentence about every request that may have been carried out. */
export function sentInDoubt(action: Action, sentAt: Date): string {
	return `The "${action}" request was sent at ${sentAt.toISOString()} and may have been carried out.`;
}
