import type { IdAction } from '../actions';
import { type ErrorKind, errorKinds } from '../vocabulary/errorKinds';

/**
 * What came back for one call about ids.
 * - `entries`: entries that can be told apart by their ids, or none at all in a list of them.
 * - `nothingGranted`: a list of requests was answered with a single no.
 * - `unsorted`: an answer in which no entry can be told from another.
 * - `failure`: an error that stands for the whole call.
 */
export type Reply =
	| { came: 'entries' }
	| { came: 'nothingGranted' }
	| { came: 'unsorted' }
	| ({ came: 'failure' } & Failure);

interface Failure {
	kind: ErrorKind;
	/** All that the panel said, codes included. */
	words: string;
	/** Whether the request may have been carried out all the same. */
	mayHaveActed: boolean;
	/** Whether every further call of the account would end the same way. */
	isAccountWide: boolean;
}

/** What the panel is known to answer for one action. */
export interface KnownForms {
	single: 'untried' | 'known' | 'absent';
	list: 'untried' | 'known' | 'absent';
}

/** What the asking has come to so far. */
export interface AskedSoFar {
	/** Whether any id was answered. */
	hasAnswer: boolean;
	/** How many lists had to be asked about in parts. */
	failedLists: number;
	/** How many ids in a row were refused in the same words as this one, this one included. */
	refusedAlike: number;
}

/**
 * What to do next.
 * - `accept`: take the entries. - `halve`: ask for each half of the list. - `oneByOne`: ask for each id alone.
 * - `otherForm`: ask for the one id as a list of one. - `stop`: the error is about all ids that are left.
 * - `fail`: the error is about these ids.
 */
export type Step = 'accept' | 'halve' | 'oneByOne' | 'otherForm' | 'stop' | 'fail';

/** So many ids refused as a wrong request, and none answered: it is about the action. */
const enoughForAction = 5;
/** The same for words nobody knows. A list may begin with many old orders that the panel has forgotten. */
const enoughForWords = 100;
/** So many lists that failed, and none answered: the panel may know no lists at all. */
const enoughLists = 3;

/** What to do after a list was asked about. */
export function afterList(
	reply: Reply,
	isRead: boolean,
	{ list }: KnownForms,
	soFar: AskedSoFar,
): Step {
	if (reply.came === 'entries') return 'accept';
	if (reply.came === 'nothingGranted') return 'oneByOne';
	// Asking again for what may have been granted would ask for it twice.
	if (reply.came === 'unsorted') return isRead ? 'oneByOne' : 'fail';
	if (!isRead && reply.mayHaveActed) return 'fail';
	// The panel may know single IDs only, or one bad ID may have spoiled the list.
	if (!errorKinds[reply.kind].formMayBeWrong) return endOf(reply, isRead, soFar);
	// One bad id may have spoiled the list; halves find it with few calls.
	const isSpoiled =
		list === 'known' || (reply.kind === 'refused' && soFar.failedLists < enoughLists);
	return isSpoiled ? 'halve' : 'oneByOne';
}

/** What the panel turns out to know after a list was asked about. */
export function formsAfterList(reply: Reply, forms: KnownForms): KnownForms {
	if (reply.came === 'entries') return { ...forms, list: 'known' };
	return reply.came === 'nothingGranted' ? { ...forms, list: 'absent' } : forms;
}

/** Whether a list is not worth a call: none was ever answered, while single ids were. */
export function knowsNoLists(
	{ list }: KnownForms,
	{ hasAnswer, failedLists }: AskedSoFar,
): boolean {
	return list === 'absent' || (list === 'untried' && hasAnswer && failedLists >= enoughLists);
}

/** What to do after a single id was asked about. */
export function afterSingle(
	reply: Reply,
	action: IdAction,
	isRead: boolean,
	forms: KnownForms,
	soFar: AskedSoFar,
): Step {
	if (reply.came !== 'failure') return 'accept';
	const isTried = forms.single !== 'untried' || forms.list === 'absent';
	if (!isTried && mayBeAboutForm(reply, action)) return 'otherForm';
	return endOf(reply, isRead, soFar);
}

/** The same after a single id was refused and then asked about as a list of one. */
export function formsAfterOtherForm(reply: Reply, action: IdAction, forms: KnownForms): KnownForms {
	const isListKnown =
		reply.came === 'entries' || (reply.came === 'failure' && errorKinds[reply.kind].provesForm);
	if (isListKnown) return { single: 'absent', list: 'known' };
	const isRefusedAlike = reply.came === 'failure' && mayBeAboutForm(reply, action);
	return isRefusedAlike ? { ...forms, single: 'known' } : forms;
}

/** Whether the panel may have refused the form of a request for one id, and not what was asked for. */
export function mayBeAboutForm({ kind, mayHaveActed, words }: Failure, action: IdAction): boolean {
	if (mayHaveActed) return false;
	const { formMayBeWrong } = errorKinds[kind];
	// Many panels know cancellations as lists only (Perfect Panel, CMSNT).
	if (action === 'cancel') return formMayBeWrong === 'any' || formMayBeWrong === 'listOrCancel';
	return formMayBeWrong === 'any' || /\b(orders|refills)\b.{0,20}(required|missing)/i.test(words);
}

function endOf({ kind, words, isAccountWide }: Failure, isRead: boolean, soFar: AskedSoFar): Step {
	const isOdd = kind === 'refused' && isRead;
	// "Incorrect request" may be about a strange id as well as about the action.
	const isVague = kind === 'unsupportedAction' && !/\baction\b/i.test(words);
	if (!isOdd && !isVague) return isAccountWide ? 'stop' : 'fail';
	const enough = isOdd ? enoughForWords : enoughForAction;
	return !soFar.hasAnswer && soFar.refusedAlike >= enough ? 'stop' : 'fail';
}
