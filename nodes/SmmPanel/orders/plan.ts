import type { Problem } from '../../parameters/problem';

/** What a problem is about for which the account does not hold enough. */
export const balanceField = 'Balance';

/** One order that is about to be placed, as far as money goes. Amounts are in the account's currency. */
export interface PlannedOrder {
	/** What it costs; null where that is not known. */
	cost: number | null;
	/** Highest cost of all orders of the execution together; undefined: no limit. */
	maxTotalCost?: number;
}

export interface Funds {
	/** What the account holds now; null where nobody asked or the panel does not say. */
	balance: number | null;
	/** What the orders of this execution have cost so far; null where that cannot be found out any more. */
	spent: number | null;
}

/**
 * Which of the orders the money allows, in their order: undefined for those that may go out. Once one of them does not
 * fit, no later one is taken either: smaller orders must not jump the queue.
 */
export function planOrders(
	orders: readonly PlannedOrder[],
	{ balance, spent }: Funds,
): Array<Problem | undefined> {
	let planned = 0;
	let isUsedUp = false;
	return orders.map(({ cost, maxTotalCost }) => {
		const price = cost ?? 0;
		const total = spent === null ? null : round(spent + planned + price);
		if (maxTotalCost !== undefined && (isUsedUp || total === null || total > maxTotalCost)) {
			isUsedUp = true;
			const problem =
				total === null
					? "can't be checked: what earlier attempts of this execution have cost cannot be read"
					: `is ${maxTotalCost}, but with this order the execution would cost ${total}`;
			return { field: 'Maximum Total Cost', problem };
		}
		const left = balance === null ? null : round(balance - planned);
		if (left !== null && cost !== null && (isUsedUp || price > left)) {
			isUsedUp = true;
			const problem = `of the account is ${round(balance ?? 0)}, and ${Math.max(0, left)} is left for this order, which costs ${price}`;
			return { field: balanceField, problem };
		}
		planned = round(planned + price);
		return undefined;
	});
}

/** A row that was read and priced: what is wrong with it, and what may refuse it. */
export interface PlannedRow extends PlannedOrder {
	/** Whether the row itself is wrong, and not only what it costs now. */
	isWrong: boolean;
	problems: readonly Problem[];
}

/** Why a row is not to be placed: it is wrong, or a limit that the user set refuses it. */
export interface Refusal {
	kind: 'input' | 'guard';
	problems: readonly Problem[];
}

/**
 * Which of the rows are placed, in their order: undefined for those that may go out. A row that has problems takes
 * nothing of the money.
 */
export function planRows(rows: readonly PlannedRow[], funds: Funds): Array<Refusal | undefined> {
	const sound = rows.filter(({ problems }) => problems.length === 0);
	const refused = planOrders(sound, funds);
	const byMoney = new Map(sound.map((row, index) => [row, refused[index]]));
	return rows.map((row) => {
		if (row.problems.length > 0)
			return { kind: row.isWrong ? 'input' : 'guard', problems: row.problems };
		const problem = byMoney.get(row);
		return problem && { kind: 'guard', problems: [problem] };
	});
}

/** Removes what binary numbers add; prices have up to 8 decimals. */
export function round(amount: number): number {
	return Number(amount.toFixed(8));
}
