/** Why the panel says no, whatever words a dialect finds for it. */
export type RefusalReason =
	| 'invalidKey'
	| 'incorrectRequest'
	| 'incorrectAction'
	| 'missingField'
	| 'invalidField'
	| 'unknownService'
	| 'badLink'
	| 'belowMinimum'
	| 'aboveMaximum'
	| 'notEnoughFunds'
	| 'activeOrderForLink'
	| 'dripFeedUnsupported'
	| 'dripFeedIncomplete'
	| 'requestIdReused'
	| 'unknownOrder'
	| 'refillDisabled'
	| 'orderNotCompleted'
	| 'refillRequested'
	| 'unknownRefill'
	| 'cancelDisabled'
	| 'orderNotOpen'
	| 'cancelRequested'
	| 'tooManyRequests';

/** What a sentence may mention. */
export interface RefusalFacts {
	field?: string;
	limit?: number;
}

/** Thrown by the panel's rules, turned into an answer by the dialect. */
export class Refusal extends Error {
	readonly reason: RefusalReason;
	readonly facts: RefusalFacts;

	constructor(reason: RefusalReason, facts: RefusalFacts = {}) {
		super(reason);
		this.reason = reason;
		this.facts = facts;
	}
}
