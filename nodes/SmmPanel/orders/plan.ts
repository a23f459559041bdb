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
	/** What the orders of this execution have cost so far. */
	spent: number;
}

/** Why an order is not to be placed, continuing the name of the field. */
export interface Refusal {
	field: string;
	problem: string;
}

/**
 * Which of the orders the money allows, in their order: undefined for those that may go out. Once one of them does not
 * fit, no later one is taken either: smaller orders must not jump the queue.
 */
export function planOrders(
	orders: readonly PlannedOrder[],
	{ balance, spent }: Funds,
): Array<Refusal | undefined> {
	let planned = 0;
	let isUsedUp = false;
	return orders.map(({ cost, maxTotalCost }) => {
		const price = cost ?? 0;
		const total = round(spent + planned + price);
		if (maxTotalCost !== undefined && (isUsedUp || total > maxTotalCost)) {
			isUsedUp = true;
			const problem = `is ${maxTotalCost}, but with this order the execution would cost ${total}`;
			return { field: 'Maximum Total Cost', problem };
		}
		const left = balance === null ? null : round(balance - planned);
		if (left !== null && cost !== null && (isUsedUp || price > left)) {
			isUsedUp = true;
			const problem = `of the account is ${round(balance ?? 0)}, and ${Math.max(0, left)} is left for this order, which costs ${price}`;
			return { field: 'Balance', problem };
		}
		planned = round(planned + price);
		return undefined;
	});
}

/** Takes off what binary numbers add; prices have up to 8 decimals. */
export function round(amount: number): number {
	return Number(amount.toFixed(8));
}
