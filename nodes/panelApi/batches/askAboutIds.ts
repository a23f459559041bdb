import { actions, type IdAction } from '../actions';
import { outcomeUnknown, type Caller } from '../calls/caller';
import { entriesById, entryErrorWords, entryNaming } from './entriesById';
import { PanelError } from '../panelError';
import { refusal } from '../answers/readAnswer';
import type { ErrorKind } from '../vocabulary/errorKinds';

/** What became of one id: the panel's answer in both forms, or why there is none. */
export type IdOutcome<Value> = { value: Value; raw: unknown } | { error: PanelError };

/** Reads what the panel answered about one id; undefined for what tells nothing about it. */
export type Reading<Value> = (entry: unknown) => Value | undefined;

export interface AskOptions {
	/** Ids in one call, 1 to 100. Panels answer at most 100 and take the rest for wrong ids. */
	batchSize?: number;
	/** No further call starts beyond this point in time (milliseconds since 1970); its ids stay without outcome. */
	deadline?: number;
	/** No further call starts once the user stopped the execution. */
	signal?: AbortSignal;
}

export const largestBatch = 100;

/** Calls at a time: enough to be quick, few enough not to be taken for an attack. */
export const parallelReads = 5;
const parallelWrites = 1;

/** A list that was refused with these words may still be fine id by id: the panel may know the single form only. */
const listMayBeUnknown: ReadonlySet<ErrorKind> = new Set([
	'orderId',
	'refillId',
	'fields',
	'unsupportedAction',
	'refillRefused',
	'cancelRefused',
	'refused',
]);
/** A single id that was refused with these words may be fine as a list: Perfect Panel cancels lists only. */
const singleMayBeUnknown: ReadonlySet<ErrorKind> = new Set(['fields', 'unsupportedAction']);

/** "Incorrect request" may be about a strange id as well as about the action. */
const mayBeAboutAction = ({ kind, message }: PanelError) =>
	kind === 'unsupportedAction' && !/\baction\b/i.test(message);
/** So many ids refused so, and none answered: it is about the action. */
const enoughForAction = 5;
/** The same for words nobody knows. A list may begin with many old orders that the panel has forgotten. */
const enoughForWords = largestBatch;
/** So many lists refused in words nobody knows, and none answered: the panel may know no lists at all. */
const enoughLists = 3;

/**
 * Asks the panel about ids in as few calls as it allows: one id in the single form, more as comma lists, a few
 * calls at a time. Answers are matched by id, never by position. An id that goes wrong never stops the others;
 * an error that would meet every call of the account ends the asking, and the rest gets it too.
 * @returns an outcome for each id; none for those that were not asked any more (deadline, stop by the user)
 */
export async function askAboutIds<Value>(
	caller: Caller,
	action: IdAction,
	read: Reading<Value>,
	ids: readonly string[],
	options: AskOptions = {},
): Promise<Map<string, IdOutcome<Value>>> {
	const asking = new Asking(caller, action, read, options);
	const wantedSize = Math.floor(options.batchSize ?? largestBatch);
	const size = wantedSize >= 1 ? Math.min(wantedSize, largestBatch) : 1;
	const unique = [...new Set(ids)];
	const batches: string[][] = [];
	for (let start = 0; start < unique.length; start += size)
		batches.push(unique.slice(start, start + size));

	const workers = actions[action].effect === 'none' ? parallelReads : parallelWrites;
	const queue = batches.values();
	const work = async () => {
		for (const batch of queue) await asking.askBatch(batch);
	};
	await Promise.all(Array.from({ length: Math.min(workers, batches.length) }, work));
	return asking.outcomes;
}

class Asking<Value> {
	readonly outcomes = new Map<string, IdOutcome<Value>>();
	private readonly one: string;
	private readonly many: string;
	private stoppedBy?: PanelError;
	private listsOnly = false;
	private hasAnswer = false;
	private hasListAnswer = false;
	private refusedLists = 0;
	private refusedAlike = { words: '', ids: 0 };

	constructor(
		private readonly caller: Caller,
		private readonly action: IdAction,
		private readonly read: Reading<Value>,
		private readonly options: AskOptions,
	) {
		this.one = actions[action].one ?? 'order';
		this.many = actions[action].many ?? 'orders';
	}

	async askBatch(ids: readonly string[]): Promise<void> {
		const [first, ...others] = ids;
		await this.caller.ready();
		if (first === undefined || this.isOver()) return;
		if (this.stoppedBy) return this.fail(ids, this.stoppedBy);
		if (others.length === 0) return await this.askOne(first);
		await this.askMany(ids);
	}

	private async askOne(id: string): Promise<void> {
		const sentAt = new Date();
		try {
			const answer = await this.callForOne(id);
			this.take(id, entriesById(answer, [id], this.one)?.get(id), sentAt);
		} catch (error) {
			const failure = asFailure(error);
			const entry = entryNaming(failure.answer, id, this.one);
			if (entry === undefined) this.failFrom([id], failure);
			else this.take(id, entry, sentAt);
		}
	}

	private async askMany(ids: readonly string[]): Promise<void> {
		const sentAt = new Date();
		// A read can be asked again; what was granted is in this answer only.
		const isRead = actions[this.action].effect === 'none';
		let entries: Map<string, unknown> | undefined;
		try {
			const answer = await this.caller.call(this.action, { [this.many]: ids.join(',') });
			entries = entriesById(answer, ids, this.one, isRead);
		} catch (error) {
			const failure = asFailure(error);
			// Only an error that stands alone is about the whole list.
			entries = entriesById(failure.answer, ids, this.one, isRead);
			if (!entries?.size) {
				if (listMayBeUnknown.has(failure.kind)) return await this.askParts(ids, failure.kind);
				return this.failFrom(ids, failure);
			}
		}
		if (entries) {
			this.hasListAnswer = true;
			for (const id of ids) this.take(id, entries.get(id), sentAt);
		} else if (isRead) {
			await this.askParts(ids);
		} else {
			const why = 'The panel answered a list that does not say which entry belongs to which ID.';
			this.fail(ids, outcomeUnknown(this.action, 'an answer without IDs', why, sentAt));
		}
	}

	/** Asks id by id; where one bad id may have spoiled a list, in halves, which find it with few calls. */
	private async askParts(ids: readonly string[], refusedAs?: ErrorKind): Promise<void> {
		const isSpoiled =
			refusedAs === 'refused' && (this.hasListAnswer || ++this.refusedLists < enoughLists);
		const size = isSpoiled ? Math.ceil(ids.length / 2) : 1;
		for (let start = 0; start < ids.length; start += size)
			await this.askBatch(ids.slice(start, start + size));
	}

	private async callForOne(id: string): Promise<unknown> {
		if (this.listsOnly) return await this.caller.call(this.action, { [this.many]: id });
		try {
			return await this.caller.call(this.action, { [this.one]: id });
		} catch (error) {
			if (!(error instanceof PanelError && singleMayBeUnknown.has(error.kind)))
				throw asFailure(error);
			const answer = await this.caller.call(this.action, { [this.many]: id });
			this.listsOnly = true;
			return answer;
		}
	}

	private take(id: string, entry: unknown, sentAt: Date): void {
		const words = entry === undefined ? undefined : entryErrorWords(entry);
		if (words !== undefined) return this.fail([id], refusal(words));
		const value = this.read(entry);
		if (value !== undefined) {
			this.outcomes.set(id, { value, raw: entry });
			this.hasAnswer = true;
			return;
		}
		const what = `no answer for ${this.one} ${id}`;
		const why = `The panel answered without telling about ${this.one} ${id}.`;
		const isRead = actions[this.action].effect === 'none';
		this.fail(
			[id],
			isRead ? new PanelError('noAnswer', what) : outcomeUnknown(this.action, what, why, sentAt),
		);
	}

	private failFrom(ids: readonly string[], error: unknown): void {
		const failure = asFailure(error);
		if (this.isAboutAll(failure)) this.stoppedBy = failure;
		this.fail(ids, failure);
	}

	private isAboutAll(failure: PanelError): boolean {
		const isRead = actions[this.action].effect === 'none';
		const hasUnknownWords = failure.kind === 'refused' && isRead;
		if (!hasUnknownWords && !mayBeAboutAction(failure)) return failure.isAccountWide;
		const { words, ids } = this.refusedAlike;
		this.refusedAlike = { words: failure.message, ids: words === failure.message ? ids + 1 : 1 };
		const enough = hasUnknownWords ? enoughForWords : enoughForAction;
		return !this.hasAnswer && this.refusedAlike.ids >= enough;
	}

	private fail(ids: readonly string[], error: PanelError): void {
		for (const id of ids) this.outcomes.set(id, { error });
	}

	private isOver(): boolean {
		const { deadline, signal } = this.options;
		return signal?.aborted === true || (deadline !== undefined && Date.now() >= deadline);
	}
}

/** Lets what is not about the panel (a stopped execution) pass through as what it is. */
function asFailure(error: unknown): PanelError {
	if (error instanceof PanelError) return error;
	throw error;
}
