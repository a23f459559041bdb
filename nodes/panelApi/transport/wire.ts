import type { EndedBy } from './beforeDeadline';
import { joinedPieces } from './bodyPieces';

/** The form fields of one call, without the key: the credential adds it on the way out. */
export type Form = Record<string, string>;

/** An answer, or as much of it as arrived. */
export interface Received {
	httpStatus: number;
	/** By their names in small letters, with the key blanked out. */
	headers: Record<string, string>;
	/** The body with the key blanked out, in pieces: see `bodyPieces`. */
	pieces: Iterable<string>;
}

/**
 * What came back over the wire, before anyone judged it.
 * - `answered`: the panel (or something in its place) answered, and all of it arrived.
 * - `neverLeft`: the request surely did not reach the panel, so nothing can have happened there.
 * - `lost`: the request left, or may have left, and no whole answer came back. What had been
 *   `received` by then may hold the ID of an order.
 */
export type WireAnswer =
	| ({
			kind: 'answered';
			/** The address that answered, without a password, query and fragment. */
			address?: string;
	  } & Received)
	| ({ kind: 'neverLeft' } & WithoutAnswer)
	| ({ kind: 'lost'; received?: Received } & WithoutAnswer);

interface WithoutAnswer {
	/** What happened, without a full stop. */
	reason: string;
	/**
	 * Why we ended the call ourselves, if we did: its time was over, the answer went beyond the largest size for its
	 * action, or the user stopped the execution. None of these gets better by another try.
	 */
	because?: EndedBy;
}

export type AnsweredCall = Extract<WireAnswer, { kind: 'answered' }>;

/** The body as it came, but for the key. */
export function wholeText({ pieces }: Pick<Received, 'pieces'>): string {
	return joinedPieces(pieces);
}

/**
 * Sends one form to the panel, once. Never throws for what the network does, and ends with the time.
 * @param timeoutMs how long the whole answer may take, in milliseconds
 */
export type Wire = (form: Form, timeoutMs: number) => Promise<WireAnswer>;
