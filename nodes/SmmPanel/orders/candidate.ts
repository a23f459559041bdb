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

/**
 * The marks of an order.
 * @param retryOf the run that is tried again, as all its retries name it; undefined if this is no retry
 */
export function marksOf(
	{ idempotencyKey }: OrderRow,
	{ id }: Account,
	names: readonly string[],
	retryOf: string | undefined,
): Marks {
	return {
		...(idempotencyKey && { key: `key ${id} ${idempotencyKey}` }),
		retry: retryOf === undefined ? [] : names.map((name) => `retry ${retryOf} ${name}`),
	};
}

export function allMarks({ marks }: Candidate): string[] {
	return [...(marks.key === undefined ? [] : [marks.key]), ...marks.retry];
}

/** Two orders for the same target must not meet on the panel: one would be refused, or both under-deliver. */
export function targetOf({ row, account }: Candidate): string {
	const { link, username } = row.checked.sent;
	return `target ${account.id} ${row.draft.service} ${String(link ?? username)}`;
}

export function groupedByAccount(candidates: readonly Candidate[]): Map<Account, Candidate[]> {
	const groups = new Map<Account, Candidate[]>();
	for (const candidate of candidates) {
		const group = groups.get(candidate.account) ?? [];
		groups.set(candidate.account, group);
		group.push(candidate);
	}
	return groups;
}
