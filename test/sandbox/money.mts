const MOST_DECIMALS = 6;

/** Rounds an amount to the six decimals that the panel keeps. */
export function roundMoney(amount: number): number {
	return Number(amount.toFixed(MOST_DECIMALS));
}

/** An amount as text with at least so many decimals: 250 with 2 is "250.00". */
export function decimalText(amount: number, leastDecimals: number): string {
	const exact = String(roundMoney(amount));
	const decimals = exact.split('.')[1]?.length ?? 0;
	return decimals >= leastDecimals ? exact : amount.toFixed(leastDecimals);
}
