import { actions, type IdAction } from '../actions';
import type { Caller } from '../calls/caller';
import { outcomeUnknown } from '../calls/outcomeUnknown';
import { refusal } from '../answers/readAnswer';
import { PanelError } from '../panelError';
import {
	afterList,
	afterSingle,
	type AskedSoFar,
	formsAfterList,
	formsAfterOtherForm,
	type KnownForms,
	knowsNoLists,
	mayBeAboutForm,
	type Step,
} from './batchPolicy';
import { callAboutIds, type IdAnswer, idFields } from './callAboutIds';
import { entryErrorWords } from './entriesById';

/** What became of one id: the panel's answer in both forms, or why there is none. */
export type IdOutcome<Value> = { value: Value; raw: unknown } | { error: PanelError };

/** Reads what the panel answered about one id; undefined for what says nothing about it. */
export type Reading<Value> = (entry: unknown) => Value | undefined;

export interface AskOptions {
	/** Ids in one call, 1 to 100. Panels answer at most 100 and take the rest for wrong ids. */
	batchSize?: number;
	/** No further call starts beyond this point in time (milliseconds since 1970); its ids stay without outcome. */
	deadline?: number;
	/** No further call starts once the user stopped the execution. */
	signal?: AbortSignal;
}

/** What the panel of an account is known to answer, by action. */
export type FormsByAction = Map<IdAction, KnownForms>;

/** The state of one asking: what is known so far, and how each batch is asked about. */
export class Asking<Value> {
	readonly outcomes = new Map<string, IdOutcome<Value>>();
	private readonly fields: ReturnType<typeof idFields>;
	private readonly isRead: boolean;
	private readonly soFar: AskedSoFar = { hasAnswer: false, failedLists: 0, refusedAlike: 0 };
	private lastRefusal?: PanelError;
	private stoppedBy?: PanelError;

	constructor(
		private readonly caller: Caller,
		private readonly action: IdAction,
		private readonly read: Reading<Value>,
		private readonly options: AskOptions,
		private readonly known: FormsByAction,
	) {
		this.fields = idFields(action);
		this.isRead = actions[action].effect === 'none';
	}

	async askBatch(ids: readonly string[]): Promise<void> {
		const [first, ...others] = ids;
		await this.caller.ready();
		if (first === undefined || this.isOver) return;
		if (this.stoppedBy) return this.fail(ids, this.stoppedBy);
		if (others.length === 0) return await this.askOne(first);
		if (knowsNoLists(this.forms, this.soFar)) {
			this.forms = { ...this.forms, list: 'absent' };
			return await this.askParts(ids, 1);
		}
		await this.askMany(ids);
	}

	private async askOne(id: string): Promise<void> {
		const sentAt = this.caller.now();
		const { one, many } = this.fields;
		const isList = this.forms.single === 'absent';
		let answer = await this.call(isList ? many : one, [id]);
		let step = this.stepAfterSingle(answer);
		if (step === 'otherForm') {
			answer = this.better(answer, await this.call(many, [id]));
			step = this.stepAfterSingle(answer);
		} else if (answer.entries && !isList) {
			this.forms = { ...this.forms, single: 'known' };
		}
		if (answer.failure) return this.giveUp([id], answer.failure, step);
		this.take(id, answer.entries?.get(id), sentAt);
	}

	/** Of the answers to both forms of a request for one id that which is about the id. */
	private better(single: IdAnswer, list: IdAnswer): IdAnswer {
		this.forms = formsAfterOtherForm(list.reply, this.action, this.forms);
		const isAboutForm = list.reply.came === 'failure' && mayBeAboutForm(list.reply, this.action);
		return isAboutForm ? single : list;
	}

	private stepAfterSingle({ reply, failure }: IdAnswer): Step {
		if (failure && failure !== this.lastRefusal) {
			const isAlike = failure.message === this.lastRefusal?.message;
			this.soFar.refusedAlike = isAlike ? this.soFar.refusedAlike + 1 : 1;
			this.lastRefusal = failure;
		}
		return afterSingle(reply, this.action, this.isRead, this.forms, this.soFar);
	}

	private async askMany(ids: readonly string[]): Promise<void> {
		const sentAt = this.caller.now();
		const { reply, entries, failure } = await this.call(this.fields.many, ids);
		const step = afterList(reply, this.isRead, this.forms, this.soFar);
		if (step === 'halve' || step === 'oneByOne') this.soFar.failedLists++;
		this.forms = formsAfterList(reply, this.forms);
		if (step === 'halve') return await this.askParts(ids, Math.ceil(ids.length / 2));
		if (step === 'oneByOne') return await this.askParts(ids, 1);
		if (failure) return this.giveUp(ids, failure, step);
		if (entries) return ids.forEach((id) => this.take(id, entries.get(id), sentAt));
		const why =
			'The panel answered a list that does not say which entry belongs to which ID. Asked for one ID at a time (Batch Size 1), its answers can be told apart.';
		this.fail(ids, outcomeUnknown(this.action, 'an answer without IDs', why, sentAt));
	}

	private async askParts(ids: readonly string[], size: number): Promise<void> {
		for (let start = 0; start < ids.length; start += size)
			await this.askBatch(ids.slice(start, start + size));
	}

	private async call(field: string, ids: readonly string[]): Promise<IdAnswer> {
		return await callAboutIds(this.caller, this.action, field, ids);
	}

	private take(id: string, entry: unknown, sentAt: Date): void {
		const words = entry === undefined ? undefined : entryErrorWords(entry);
		if (words !== undefined) return this.fail([id], refusal(words));
		const value = this.read(entry);
		if (value !== undefined) {
			this.outcomes.set(id, { value, raw: entry });
			this.soFar.hasAnswer = true;
			return;
		}
		const what = `no answer for ${this.fields.one} ${id}`;
		const why = `The panel answered without a word about ${this.fields.one} ${id}.`;
		this.fail(
			[id],
			this.isRead
				? new PanelError('noAnswer', what)
				: outcomeUnknown(this.action, what, why, sentAt),
		);
	}

	private giveUp(ids: readonly string[], failure: PanelError, step: Step): void {
		if (step === 'stop') this.stoppedBy = failure;
		this.fail(ids, failure);
	}

	private fail(ids: readonly string[], error: PanelError): void {
		for (const id of ids) this.outcomes.set(id, { error });
	}

	private get forms(): KnownForms {
		return this.known.get(this.action) ?? { single: 'untried', list: 'untried' };
	}

	private set forms(forms: KnownForms) {
		this.known.set(this.action, forms);
	}

	/** Whether no further call is to start. */
	get isOver(): boolean {
		const { deadline, signal } = this.options;
		return (
			signal?.aborted === true || (deadline !== undefined && Number(this.caller.now()) >= deadline)
		);
	}
}
