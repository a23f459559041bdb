import { PanelError } from '../../panelApi/panelError';
import type { ItemProblem } from '../run/itemProblems';
import { unknownOutcomeError } from '../run/unknownOutcome';
import type { Placement } from './placementLedger';

/** Why an order was not placed a second time: by its key, by another retry of the execution, or by an agent's call. */
export type Twin = 'key' | 'retry' | 'tool';

/** An order that was placed; recalled if an earlier try of the execution placed it. */
export interface RowPlaced {
	outcome: 'placed';
	order: string;
	/** The panel's answer as JSON. */
	answer: string;
	isRecalled: boolean;
}

/** `order` is empty where only n8n's log and the execution that placed it know the ID. */
export interface RowDuplicate {
	outcome: 'duplicate';
	order: string;
	twin: Twin;
}

/** Nothing was sent: the row is wrong (`input`), or a limit that the user set refuses it (`guard`). */
export interface RowInvalid {
	outcome: 'invalid';
	kind: 'input' | 'guard';
	problems: readonly ItemProblem[];
}

/** `note` is for what kept all orders of the account from being placed: it is said once for all. */
export interface RowFailure {
	outcome: 'failed';
	error: PanelError | Error;
	note?: string;
}

/** What became of one row of Create Order. */
export type RowResult = RowPlaced | RowDuplicate | RowInvalid | RowFailure;

/** Whether an order may have been placed although it failed like this. */
export function mayHaveActed(error: Error): boolean {
	return error instanceof PanelError && error.mayHaveActed;
}

/** What an earlier try of the execution came to, where that settles the row: an order that was refused is open again. */
export function settledResult(
	earlier: Exclude<Placement, { outcome: 'refused' }>,
	isTool: boolean,
): RowResult {
	if (earlier.outcome === 'unknown')
		return { outcome: 'failed', error: unknownOutcomeError(earlier) };
	const { order, answer } = earlier;
	return isTool
		? { outcome: 'duplicate', order, twin: 'tool' }
		: { outcome: 'placed', order, answer, isRecalled: true };
}
