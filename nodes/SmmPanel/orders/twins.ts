import { PanelError } from '../../panelApi/panelError';
import { outcomeUnknownText } from '../../panelApi/vocabulary/errorKinds';
import type { Candidate } from './candidate';
import type { KeyState } from './keys';
import type { RowResult } from './rowResult';

interface OrderOfRetry {
	order: string;
	answer: string;
}

/**
 * The orders that retries of executions have placed in this process: a retry starts from what the execution that failed
 * had stored, so it cannot know what another retry placed, and n8n's store keeps no order IDs.
 */
const ordersOfRetries = new Map<string, OrderOfRetry>();
const keptOrders = 10_000;

/** Lets other retries of the same execution return the ID of this order. */
export function noteOrderOfRetry({ marks }: Candidate, placed: OrderOfRetry): void {
	for (const mark of marks.retry) ordersOfRetries.set(mark, placed);
	for (const oldest of ordersOfRetries.keys()) {
		if (ordersOfRetries.size <= keptOrders) break;
		ordersOfRetries.delete(oldest);
	}
}

/**
 * What became of an order in another execution, by the states of its marks.
 * @returns undefined where no other execution has sent it
 */
export function recordedTwin(
	{ marks }: Candidate,
	states: ReadonlyMap<string, KeyState>,
): RowResult | undefined {
	const known = marks.retry.map((mark) => ordersOfRetries.get(mark)).find(Boolean);
	const stateOf = (mark: string) => states.get(mark) ?? 'free';
	if (known && marks.retry.some((mark) => stateOf(mark) !== 'free'))
		return { outcome: 'placed', ...known, isRecalled: true };
	if (marks.retry.some((mark) => stateOf(mark) === 'confirmed'))
		return { outcome: 'duplicate', order: '', twin: 'retry' };
	if (marks.key !== undefined && stateOf(marks.key) === 'confirmed')
		return { outcome: 'duplicate', order: '', twin: 'key' };
	if (marks.retry.some((mark) => stateOf(mark) === 'recorded'))
		return { outcome: 'failed', error: recordedOnly('Another retry of this execution') };
	if (marks.key !== undefined && stateOf(marks.key) === 'recorded')
		return { outcome: 'failed', error: recordedOnly('An execution with the same Idempotency Key') };
	return undefined;
}

function recordedOnly(who: string): PanelError {
	return new PanelError(
		'outcomeUnknown',
		outcomeUnknownText('this order may have been placed before'),
		{
			detail: `${who} was about to place it, and is under way, was ended, or got no clear answer. Nothing was sent now.`,
		},
	);
}
