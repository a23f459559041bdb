import { PanelError } from '../../panelApi/panelError';
import { classifyWords } from '../../panelApi/vocabulary/classify';
import { outcomeUnknownText } from '../../panelApi/vocabulary/errorKinds';
import { round } from './plan';

/** What the balance of an account says about orders whose answers are in doubt. Amounts in the account's currency. */
export interface BalanceFacts {
	/** Before the first order of the run, and after the answers in doubt. */
	before: number;
	after: number;
	/** What the orders cost that were surely placed in between; null where that is not known. */
	placedCost: number | null;
	/** What the orders in doubt cost; null where that is not known. */
	costsInDoubt: ReadonlyArray<number | null>;
}

export type Verdict = 'ordered' | 'notOrdered' | 'undecided';

/**
 * Whether orders in doubt were placed. They were if the balance fell by more than the orders that were surely placed
 * can explain; they surely were not if it fell by exactly what those cost. Another execution may use the account at the
 * same time, and somebody may add funds: then nothing is decided.
 */
export function judgeByBalance({ before, after, placedCost, costsInDoubt }: BalanceFacts): Verdict {
	if (placedCost === null || costsInDoubt.length === 0) return 'undecided';
	const missing = round(before - placedCost - after);
	// An order that costs nothing now leaves no trace: a free one, or a subscription, which is charged by the post.
	const cheapest = Math.min(...costsInDoubt.map((cost) => cost ?? 0));
	if (cheapest <= 0) return missing > 0 && placedCost === 0 ? 'ordered' : 'undecided';
	// Panels round what an order costs: where others were placed, their cost is not known to the last decimal.
	const tolerance = Math.min(placedCost * 0.005, cheapest * 0.25);
	if (Math.abs(missing) <= tolerance) return 'notOrdered';
	return missing >= cheapest * 0.75 ? 'ordered' : 'undecided';
}

/** What a look at the balance came to. */
export interface Finding {
	verdict: Verdict;
	/** Both balances in words. */
	figures: string;
}

/** The failure of an order in doubt, given what the balance says: it may be unknown then, or surely refused. */
export function judgedBy(failure: PanelError, { verdict, figures }: Finding): PanelError {
	const { words, httpStatus, answer } = failure;
	if (verdict === 'undecided') return failure;
	if (verdict === 'ordered') {
		const message = failure.mayHaveActed ? failure.message : outcomeUnknownText(words);
		const detail = `${failure.detail} ${figures} It fell as if the order had been placed.`.trim();
		return new PanelError('outcomeUnknown', message, { detail, httpStatus, answer, words });
	}
	if (!failure.mayHaveActed) return failure;
	const detail = `${figures} Nothing was charged for this order, so it was not placed.`;
	return new PanelError(classifyWords(words, httpStatus ?? 200), words, {
		detail,
		httpStatus,
		answer,
		certainty: 'refused',
	});
}
