import type { OrderState, RefillState } from '../clock.mts';
import type { Form } from '../contract.mts';
import type { PanelLife } from '../life.mts';
import type { DripFeedRule } from '../purchase.mts';
import { Refusal } from '../refusal.mts';
import type { RefusalReason } from '../refusal.mts';

/** An answer before it becomes text. */
export interface Reply {
	status: number;
	value: unknown;
}

export type Action = (form: Form, life: PanelLife) => Reply;

/** One wire format: its words and how it answers each action. An action that is not there does not exist. */
export interface DialectRules {
	orderWords: Record<OrderState, string>;
	refillWords: Record<RefillState, string>;
	dripFeed: DripFeedRule;
	actions: Record<string, Action>;
	refuse: (refusal: Refusal) => Reply;
}

/** What a dialect says for each refusal; `{field}` and `{limit}` are filled in. */
export type Sentences = Record<RefusalReason, string>;

const LONGEST_LIST = 100;

export function ok(value: unknown): Reply {
	return { status: 200, value };
}

/** The dialect's sentence for a refusal. */
export function say(sentences: Sentences, { reason, facts }: Refusal): string {
	return sentences[reason]
		.replace('{field}', facts.field ?? '')
		.replace('{limit}', String(facts.limit ?? ''));
}

/** The ids of a comma list. */
export function readIds(list: string | undefined): string[] {
	return (list ?? '')
		.split(',')
		.map((id) => id.trim())
		.filter((id) => id !== '');
}

/**
 * Asks for each id and makes a row of the finding or of its refusal. Ids past the hundredth are
 * not looked at and get the refusal of an unknown id, as one open panel script does it.
 */
export function askEach<Found, Row>(
	ids: string[],
	unknown: RefusalReason,
	ask: (id: string) => Found,
	row: (id: string, found: Found) => Row,
	refusedRow: (id: string, refusal: Refusal) => Row,
): Row[] {
	return ids.map((id, position) => {
		try {
			if (position >= LONGEST_LIST) throw new Refusal(unknown);
			return row(id, ask(id));
		} catch (error) {
			if (error instanceof Refusal) return refusedRow(id, error);
			throw error;
		}
	});
}

/** Ids are kept as text; panels that answer numbers do so where the id is one. */
export function idAsNumber(id: string): number | string {
	const number = Number(id);
	return Number.isSafeInteger(number) ? number : id;
}
