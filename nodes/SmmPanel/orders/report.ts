import { stoppedBeforeSending } from '../../panelApi/panelError';
import type { ItemProblem } from '../run/itemProblems';
import type { OrderRow } from './orderRow';
import { mayHaveActed, type RowFailure, type RowResult } from './rowResult';

/** One row and what became of it; undefined if it was not its turn any more. */
export interface Reported {
	row: OrderRow;
	result?: RowResult;
}

/** A row with what it failed with. */
export interface FailedRow {
	row: OrderRow;
	failure: RowFailure;
}

/** An order that was placed, by this run or before it, and the item that it is for. */
export interface PlacedItem {
	item: number;
	order: string;
}

/**
 * What the node ends with.
 * - `items`: one for each row. `recalled` of them were placed by an earlier try.
 * - `failure`: what one row failed with. `others` failed too.
 * - `problems`: rows that are wrong, or that a limit refuses; nothing else went wrong.
 */
export type Report =
	| { ends: 'items'; rows: Array<{ row: OrderRow; result: RowResult }>; recalled: number }
	| { ends: 'failure'; first: FailedRow; others: FailedRow[]; placed: PlacedItem[] }
	| {
			ends: 'problems';
			problems: ItemProblem[];
			kind: 'input' | 'guard';
			placed: PlacedItem[];
	  };

/**
 * What the node ends with, once no order is under way any more. What may have been placed matters more than what surely
 * was not, and that more than what is wrong with a row.
 * @param continues whether the user chose to continue on error: then everything is an item
 */
export function reportOn(reported: readonly Reported[], continues: boolean): Report {
	if (!continues) {
		const placed = placedIn(reported);
		const failed = reported.flatMap(({ row, result }) =>
			result?.outcome === 'failed' ? [{ row, failure: result }] : [],
		);
		const first = failed.find(({ failure }) => mayHaveActed(failure.error)) ?? failed[0];
		if (first)
			return { ends: 'failure', first, others: failed.filter((one) => one !== first), placed };
		const refused = reported.flatMap(({ result }) => (result?.outcome === 'invalid' ? result : []));
		const problems = refused.flatMap((result) => result.problems);
		if (problems.length > 0) {
			const isGuard = refused.some(({ kind }) => kind === 'guard');
			return { ends: 'problems', problems, kind: isGuard ? 'guard' : 'input', placed };
		}
	}
	return {
		ends: 'items',
		rows: reported.map(({ row, result = notStarted }) => ({ row, result })),
		recalled: reported.filter(({ result }) => result?.outcome === 'placed' && result.isRecalled)
			.length,
	};
}

const notStarted: RowFailure = {
	outcome: 'failed',
	error: stoppedBeforeSending(),
};

function placedIn(reported: readonly Reported[]): PlacedItem[] {
	return reported.flatMap(({ row, result }) =>
		result?.outcome === 'placed' ? [{ item: row.itemIndex, order: result.order }] : [],
	);
}
