import { certaintyOfKind, type Certainty } from './certainty';
import type { EndedBy } from './transport/beforeDeadline';
import { adviceFor } from './vocabulary/adviceByWords';
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
	/** The JSON value the panel answered, if it was one: it may hold more than the error. */
	answer?: unknown;
	/** What is certain about the request, where its kind does not say so. */
	certainty?: Exclude<Certainty, 'placed'>;
	/** See `Assessment`. */
	isInDoubt?: boolean;
	/** The panel's own words, where the message says more than these. */
	words?: string;
}

/** More of a foreign text than this is in no error. */
export const longestForeignText = 500;

/**
 * A panel call that did not succeed. The message holds the panel's own words, or what happened when there
 * were none; `kind` says how to treat it (see the table of error kinds).
 */
export class PanelError extends Error {
	readonly detail: string;
	readonly httpStatus?: number;
	readonly retryAfterMs?: number;
	readonly answer?: unknown;
	readonly certainty: Exclude<Certainty, 'placed'>;
	readonly isInDoubt: boolean;
	readonly words: string;
	readonly endedBy?: EndedBy;

	constructor(
		readonly kind: ErrorKind,
		message: string,
		facts: PanelErrorFacts = {},
	) {
		super(shortened(message));
		this.name = 'PanelError';
		this.detail = facts.detail ?? '';
		this.httpStatus = facts.httpStatus;
		this.retryAfterMs = facts.retryAfterMs;
		this.answer = facts.answer;
		this.certainty = facts.certainty ?? certaintyOfKind(kind);
		this.isInDoubt = facts.isInDoubt ?? false;
		this.words = facts.words ?? message;
		this.endedBy = facts.endedBy;
	}

	/** What is known beyond the message, and what the user can do. */
	get description(): string {
		return [this.detail, adviceFor(this.kind, this.words)].filter(Boolean).join(' ');
	}

	/** The same error with one more sentence of detail, unless that is empty. */
	withDetail(more: string): PanelError {
		if (more === '') return this;
		const detail = [this.detail, more].filter(Boolean).join(' ');
		return new PanelError(this.kind, this.message, { ...this, detail });
	}

	/** Whether the panel may have carried the request out although this error came back. */
	get mayHaveActed(): boolean {
		return this.certainty === 'unknown';
	}

	/** Whether every further call with this account would end the same way. */
	get isAccountWide(): boolean {
		const { scope } = errorKinds[this.kind];
		return scope === 'account' || scope === 'run';
	}

	/** Whether an order that failed like this was surely not placed, and another panel may take it. */
	get canOrderElsewhere(): boolean {
		return !this.mayHaveActed && (errorKinds[this.kind].anotherPanelMay ?? false);
	}
}

/** The error for a request that was not made any more because the user stopped the execution. */
export function stoppedBeforeSending(): PanelError {
	return new PanelError('stopped', 'The execution was stopped before this was sent');
}

function shortened(text: string): string {
	return text.length > longestForeignText ? `${text.slice(0, longestForeignText)} ...` : text;
}
