import { actions, type IdAction } from '../actions';
import type { Caller } from '../calls/caller';
import { PanelError } from '../panelError';
import type { Reply } from './batchPolicy';
import { entriesById, entryNaming, grantsNothing, type IdField } from './entriesById';

/** What came back for one call about ids, and what it means for the policy. */
export interface IdAnswer {
	reply: Reply;
	/** What was answered about each id, where that can be told apart. */
	entries?: Map<string, unknown>;
	/** The error that stands for the whole call. */
	failure?: PanelError;
}

/** The fields of an action that carry one id, and a list of them. */
export function idFields(action: IdAction): { one: IdField; many: string } {
	const { one = 'order', many = 'orders' } = actions[action];
	return { one, many };
}

/**
 * Makes one call about ids and sorts its answer by them.
 * @param field the field that carries them: that for one id or that for a list
 */
export async function callAboutIds(
	caller: Caller,
	action: IdAction,
	field: string,
	ids: readonly string[],
): Promise<IdAnswer> {
	const idField = idFields(action).one;
	const isRead = actions[action].effect === 'none';
	const question = { ids, idField, isRead };
	try {
		const answer = await caller.call(action, { [field]: ids.join(',') });
		const entries = entriesById(answer, question);
		if (entries) return { reply: { came: 'entries' }, entries };
		const isDenied = !isRead && ids.length > 1 && grantsNothing(answer, idField);
		return { reply: { came: isDenied ? 'nothingGranted' : 'unsorted' } };
	} catch (error) {
		const failure = asFailure(error);
		// An error that names an id is about that id; only one that stands alone is about the whole call.
		const [onlyId, ...others] = ids;
		const entries =
			onlyId !== undefined && others.length === 0
				? entryOf(failure.answer, onlyId, idField)
				: entriesById(failure.answer, question);
		if (entries?.size) return { reply: { came: 'entries' }, entries };
		return { reply: replyOf(failure), failure };
	}
}

/** Lets what is not about the panel (a stopped execution) pass through as what it is. */
function asFailure(error: unknown): PanelError {
	if (error instanceof PanelError) return error;
	throw error;
}

function entryOf(answer: unknown, id: string, idField: IdField): Map<string, unknown> | undefined {
	const entry = entryNaming(answer, id, idField);
	return entry === undefined ? undefined : new Map([[id, entry]]);
}

function replyOf({ kind, message, answer, mayHaveActed, isAccountWide }: PanelError): Reply {
	const words = [message, ...textsIn(answer)].join(' ');
	return { came: 'failure', kind, words, mayHaveActed, isAccountWide };
}

/** The texts of an answer: an error may hold a code beside the sentence that became its message. */
function textsIn(answer: unknown): string[] {
	if (typeof answer !== 'object' || answer === null) return [];
	return Object.values(answer).filter((value) => typeof value === 'string');
}
