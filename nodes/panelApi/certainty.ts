import { classify, classifyHttpStatus, failsBeforeOrdering } from './vocabulary/classify';
import { type ErrorKind, errorKinds } from './vocabulary/errorKinds';
import { orderMayExist, plainWords } from './vocabulary/failurePhrases';

/**
 * What is certain about a request.
 * - `notSent`: it did not reach the panel's program. - `refused`: the panel surely did not carry it out.
 * - `placed`: the panel carried it out and gave an ID. - `unknown`: it may have been carried out.
 */
export type Certainty = 'notSent' | 'refused' | 'placed' | 'unknown';

/** What came back for an order: all that its certainty is decided from. */
export type Evidence =
	| { wire: 'neverLeft' }
	| { wire: 'lost' }
	| {
			wire: 'answered';
			httpStatus: number;
			shape: 'json' | 'page' | 'text' | 'empty';
			/** The failure that the panel puts into words or codes; of a short text that is not JSON, the text. */
			words?: string;
			/** Whether the answer says that the request failed, with words or without. */
			saysFailure: boolean;
			/** The ID in the place of a new order's. */
			order?: string;
			/** Whether an order's ID seems to stand anywhere else in the answer. */
			mentionsOrder: boolean;
	  };

export interface Assessment {
	certainty: Certainty;
	/** The kind of trouble; of a placed order none. */
	kind?: ErrorKind;
	/** Whether only words speak for it that may as well mean something else: the balance can decide then. */
	isInDoubt: boolean;
}

/** Statuses with which a web server answers for itself; the panel's program has not seen the request. */
const answeredByServer: ReadonlySet<number> = new Set([
	401, 402, 404, 405, 406, 407, 411, 413, 414, 415, 417, 421, 426, 429, 431, 501, 505,
]);
/** A request that met its twin. */
const conflicts: ReadonlySet<number> = new Set([409, 425]);

/** Whether a redirect asks to send the same again elsewhere: nothing has been carried out. Others drop the body. */
export function isSameRequestElsewhere(httpStatus: number): boolean {
	return httpStatus === 307 || httpStatus === 308;
}

/**
 * What is certain about an order. It was refused in words that a panel says only before it takes an order, or in words that
 * nobody knows; it is unknown after anything that a panel may say once it took one.
 */
export function assessOrder(evidence: Evidence): Assessment {
	if (evidence.wire === 'neverLeft') return sure('notSent', 'unreachable');
	if (evidence.wire === 'lost') return sure('unknown', 'outcomeUnknown');
	const { httpStatus, words, order, saysFailure, shape, mentionsOrder } = evidence;
	if (httpStatus >= 300 && httpStatus < 400) {
		return isSameRequestElsewhere(httpStatus)
			? sure('notSent', 'notAPanel')
			: sure('unknown', 'outcomeUnknown');
	}
	if (order !== undefined) {
		const isGood = !saysFailure && httpStatus < 400;
		return isGood ? { certainty: 'placed', isInDoubt: false } : sure('unknown', 'outcomeUnknown');
	}
	if (mentionsOrder && shape !== 'json') return sure('unknown', 'outcomeUnknown');
	if (words !== undefined) return assessWords(words, httpStatus, shape === 'json');
	if (shape === 'json' || !answeredByServer.has(httpStatus))
		return sure('unknown', 'outcomeUnknown');
	return sure('refused', classifyHttpStatus(httpStatus) ?? 'notAPanel');
}

function assessWords(words: string, httpStatus: number, isJson: boolean): Assessment {
	const said = failsBeforeOrdering(words, httpStatus);
	if (said === 'duplicateLink') return sure('refused', said);
	if (orderMayExist.test(plainWords(words))) return doubt('unknown', 'outcomeUnknown');
	if (said) return sure('refused', said);
	const { kind, isSure } = classify(words, httpStatus);
	// Sure words that do not count before ordering here are those of a provider behind the panel.
	const isOfProvider = isSure && errorKinds[kind].saysNoFirst === true;
	if (kind === 'panelFault' || isOfProvider) return doubt('unknown', 'outcomeUnknown');
	if (httpStatus >= 500 || conflicts.has(httpStatus)) return doubt('unknown', 'outcomeUnknown');
	if (kind === 'rateLimit') return sure('refused', kind);
	// A text that is not JSON may be what is left of anything.
	if (!isJson && !(answeredByServer.has(httpStatus) || isSure))
		return doubt('unknown', 'outcomeUnknown');
	return { certainty: 'refused', kind, isInDoubt: !isSure };
}

/** What is certain about a request that failed in this way, where nothing else is known of it. */
export function certaintyOfKind(kind: ErrorKind): Exclude<Certainty, 'placed'> {
	return errorKinds[kind].certainty;
}

const sure = (certainty: Certainty, kind: ErrorKind): Assessment => ({
	certainty,
	kind,
	isInDoubt: false,
});
const doubt = (certainty: Certainty, kind: ErrorKind): Assessment => ({
	certainty,
	kind,
	isInDoubt: true,
});
