import type { Account } from '../run/accounts';
import type { OrderRow } from './orderRow';

/** An order that may be sent. */
export interface Candidate {
	row: OrderRow;
	account: Account;
	/** Its names in the ledger of the execution. */
	names: readonly string[];
	/** What it is known by across executions, of this workflow and node. */
	marks: Marks;
	/** In the account's currency; null where it is not known. */
	cost: number | null;
}

export interface Marks {
	/** The user's idempotency key; absent without one. */
	key?: string;
	/** Only in a retry of an execution: what another retry of it would know this order by. */
	retry: readonly string[];
}

export function allMarks({ marks }: Candidate): string[] {
	return [...(marks.key === undefined ? [] : [marks.key]), ...marks.retry];
}
