import type { EndedBy } from './transport/beforeDeadline';
import { errorKinds, type ErrorKind } from './vocabulary/errorKinds';

interface PanelErrorFacts {
	/** What is known beyond the message: the target of a redirect, an excerpt of the answer ... */
	detail?: string;
	/** The HTTP status of the answer, if there was one. */
	httpStatus?: number;
	/** How long the panel asks to wait, in milliseconds. */
	retryAfterMs?: number;
	/** Why we ended the call before its answer was whole, if we did: another try would end the same way. */
	endedBy?: EndedBy;
	/** The JSON value the panel answered, if it was one: it may tell more than the error. */
	answer?: unknown;
}

/**
 * A panel call that did not succeed. The message holds the panel's own words, or what happened when there
 * were none; `kind` says how to treat it (see the table of error kinds).
 */
export class PanelError extends Error {
	readonly detail: string;
	readonly httpStatus?: number;
	readonly retryAfterMs?: number;
	readonly answer?: unknown;
	readonly endedBy?: EndedBy;

	constructor(
		readonly kind: ErrorKind,
		message: string,
		facts: PanelErrorFacts = {},
	) {
		super(message);
		this.name = 'PanelError';
		this.detail = facts.detail ?? '';
		this.httpStatus = facts.httpStatus;
		this.retryAfterMs = facts.retryAfterMs;
		this.answer = facts.answer;
		this.endedBy = facts.endedBy;
	}

	/** What is known beyond the message, and what the user can do. */
	get description(): string {
		return [this.detail, errorKinds[this.kind].advice].filter(Boolean).join(' ');
	}

	/** Whether the panel may have carried the request out although this error came back. */
	get mayHaveActed(): boolean {
		return errorKinds[this.kind].acted === 'maybe';
	}

	/** Whether every further call with this account would end the same way. */
	get isAccountWide(): boolean {
		return errorKinds[this.kind].accountWide ?? false;
	}
}
