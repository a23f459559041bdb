import type { IdOutcomes } from '../../panelApi/client';
import { type SeenList, withMissing } from './keepMissing';
import type { Known, KnownStatus } from './knownStatuses';
import { type StateOf, isNews, nowKnown, type SeenStatus } from './statusNews';

/** What a poll saw: the list, and what the panel said about the IDs that were asked about. */
export interface SeenStatuses<Value> extends SeenList {
	outcomes: IdOutcomes<Value>;
}

/** What the user wants to hear of. */
export interface StatusRules {
	stateOf: StateOf;
	/** Only changes to these states; empty: to any. */
	states: readonly string[];
	emitFirst: boolean;
	keepFinal: boolean;
	remainsChanges: boolean;
}

/** One change, with what was known before; nothing was, at first sight. */
export interface StatusChange<Value> {
	id: string;
	value: Value;
	before: KnownStatus | undefined;
}

export interface StatusDifference<Value> {
	changes: Array<StatusChange<Value>>;
	known: Known;
	/** Whether a change would be missed if n8n forgot what was learnt without an item. */
	isWorthSaving: boolean;
}

/**
 * Compares what a poll saw with what is known. An ID whose status differs is a change, and what is known of it moves
 * with it. An ID without an answer stays as it is known, and so does one that is not in the list: see `withMissing`.
 */
export function diffStatuses<Value extends SeenStatus>(
	known: Known,
	seen: SeenStatuses<Value>,
	rules: StatusRules,
): StatusDifference<Value> {
	const { stateOf, states, emitFirst } = rules;
	const isWanted = (state: string) => states.length === 0 || states.includes(state);
	const changes: Array<StatusChange<Value>> = [];
	const listed = new Map<string, KnownStatus>();
	let isWorthSaving = false;
	for (const id of seen.ids) {
		const before = known.byId.get(id);
		const outcome = seen.outcomes.get(id);
		if (!outcome || 'error' in outcome) {
			if (before) listed.set(id, inList(before));
			continue;
		}
		const { value } = outcome;
		const now = nowKnown(before, value, rules.remainsChanges);
		listed.set(id, now);
		const isChange = before ? isNews(before, now, stateOf) : emitFirst;
		if (isChange && isWanted(value.state)) changes.push({ id, value, before });
		else if (before) {
			// From the state of before, a way back to it would be no change.
			isWorthSaving ||= isChange && isWanted(stateOf(before.status).state);
		} else {
			isWorthSaving ||= rules.keepFinal || !value.isFinal;
		}
	}
	return { changes, known: withMissing(listed, known, seen), isWorthSaving };
}

/** The same for an ID that is in the list again. */
export function inList(known: KnownStatus): KnownStatus {
	return known.missingSince === undefined ? known : { ...known, missingSince: undefined };
}
