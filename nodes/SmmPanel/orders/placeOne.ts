import { type IExecuteFunctions, sleep } from 'n8n-workflow';

import { PanelError } from '../../panelApi/panelError';
import { outcomeUnknownText } from '../../panelApi/vocabulary/errorKinds';
import type { AccountRun } from './accountRun';
import { allMarks, type Candidate } from './candidate';
import type { IdempotencyKeys } from './keys';
import { areLeft, noteLeft, noteUnderWay, untilQuiet } from './marksUnderWay';
import { orderInWords } from './orderWords';
import type { PlacementLedger } from './placementLedger';
import { planOrders } from './plan';
import { noteOrderOfRetry, recordedTwin } from './twins';
import type { RowResult } from './rowResult';

/** What placing an order needs beside the order. */
export interface PlacingTools {
	node: IExecuteFunctions;
	ledger: PlacementLedger;
	keys: IdempotencyKeys;
	/** Work with the keys of placed orders that goes on while other orders are placed. */
	confirmations: Array<Promise<void>>;
	/** The orders of this run by their marks, which the store may not know as confirmed yet. */
	placedHere: Map<string, string>;
}

/** How long an order waits for another worker that is about to place the same one, in milliseconds. */
const longestWaitMs = 3_000;
/** The first pause between two looks; each further one is twice as long, up to the longest. */
const firstPauseMs = 20;
const longestPauseMs = 320;

/** Places one order with one attempt, and notes all that comes of it. Never throws. */
export async function placeOne(
	tools: PlacingTools,
	account: AccountRun,
	candidate: Candidate,
): Promise<RowResult> {
	try {
		if (account.closedBy) return { outcome: 'failed', error: account.closedBy };
		const twin = await claim(tools, candidate);
		return twin ?? (await placeClaimed(tools, account, candidate));
	} catch (error) {
		return { outcome: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
	}
}

/** Others who want to place the same order wait until its marks are confirmed or released. */
async function placeClaimed(
	tools: PlacingTools,
	account: AccountRun,
	candidate: Candidate,
): Promise<RowResult> {
	const marks = allMarks(candidate);
	const marksHere = marks.map((mark) => markOf(tools.node, mark));
	const noteEnd = noteUnderWay(marksHere);
	let confirmation: Promise<void> | undefined;
	try {
		await account.begin(candidate);
		const result = await send(tools, account, candidate);
		if (result.outcome === 'placed') {
			for (const mark of marks) tools.placedHere.set(mark, result.order);
			confirmation = confirm(tools, candidate).finally(noteEnd);
			tools.confirmations.push(confirmation);
		} else if (isSurelyNotPlaced(result)) {
			await release(tools, candidate);
		} else {
			noteLeft(marksHere);
		}
		return result;
	} finally {
		account.end(candidate);
		if (!confirmation) noteEnd();
	}
}

function isSurelyNotPlaced(result: RowResult): boolean {
	if (result.outcome === 'invalid') return true;
	return (
		result.outcome === 'failed' && result.error instanceof PanelError && !result.error.mayHaveActed
	);
}

/**
 * Claims the marks of an order. One that is being placed by somebody else at this moment is waited for.
 * @returns what became of the order elsewhere; undefined if it is this candidate's to place
 */
async function claim(
	{ keys, node, placedHere }: PlacingTools,
	candidate: Candidate,
): Promise<RowResult | undefined> {
	const marks = allMarks(candidate);
	if (marks.length === 0) return undefined;
	const marksHere = marks.map((mark) => markOf(node, mark));
	const waitedUntil = Date.now() + longestWaitMs;
	for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
		await untilQuiet(marksHere);
		const order = marks.map((mark) => placedHere.get(mark)).find(Boolean);
		if (order !== undefined) return { outcome: 'duplicate', order, twin: 'key' };
		const states = await keys.claim(marks);
		const twin = recordedTwin(candidate, states);
		if (!twin) return undefined;
		await keys.release(marks.filter((mark) => states.get(mark) === 'free'));
		if (twin.outcome !== 'failed' || node.getExecutionCancelSignal()?.aborted) return twin;
		if (Date.now() >= waitedUntil) noteLeft(marksHere);
		if (areLeft(marksHere)) return twin;
		await sleep(pauseMs);
	}
}

function markOf(node: IExecuteFunctions, mark: string): string {
	return `${node.getWorkflow().id} ${node.getNode().id} ${mark}`;
}

async function send(
	tools: PlacingTools,
	account: AccountRun,
	candidate: Candidate,
): Promise<RowResult> {
	const { ledger } = tools;
	const { row, names, cost } = candidate;
	const { id, client } = candidate.account;
	// Another call of the same agent may have ordered since the plan was made.
	const spent = ledger.spent(id);
	const plan = { cost, maxTotalCost: row.limits.maxTotalCost };
	const [refusal] = planOrders([plan], { balance: null, spent });
	if (refusal) {
		const problems = [{ itemIndex: row.itemIndex, ...refusal }];
		return { outcome: 'invalid', kind: 'guard', problems };
	}
	ledger.spend(id, cost ?? 0);
	ledger.remember(names, underWay());
	log(tools, `sends an order: item ${row.itemIndex}, ${orderInWords(row)}`);
	try {
		const { value, raw } = await client.add(row.checked.form);
		const placement = { order: value.order, answer: JSON.stringify(raw) };
		ledger.remember(names, { outcome: 'placed', ...placement });
		account.notePlaced(candidate);
		log(tools, `placed order ${value.order}: item ${row.itemIndex}, ${orderInWords(row)}`);
		noteOrderOfRetry(candidate, placement);
		return { outcome: 'placed', ...placement, isRecalled: false };
	} catch (error) {
		const failure = await account.settle(candidate, asPanelError(error));
		if (failure.mayHaveActed) {
			const { message, detail } = failure;
			ledger.remember(names, { outcome: 'unknown', message, detail });
			tools.node.logger.warn(
				`Execution ${tools.node.getExecutionId()} may have placed an order: item ${row.itemIndex}, ${orderInWords(row)}. ${message}. ${detail}`,
			);
		} else {
			ledger.remember(names, { outcome: 'refused' });
			ledger.spend(id, -(cost ?? 0));
			if (failure.isAccountWide) account.closedBy = failure;
		}
		return { outcome: 'failed', error: failure };
	}
}

/** Stands in the ledger while a request is under way, in case nothing can be written there after it. */
function underWay() {
	return {
		outcome: 'unknown' as const,
		message: outcomeUnknownText('the order was being sent when the node stopped'),
		detail: `It was sent at ${new Date().toISOString()} and may have been placed.`,
	};
}

/** If the process is killed before the node has ended, no other trace of the order is left. */
function log({ node }: PlacingTools, what: string): void {
	node.logger.info(`Execution ${node.getExecutionId()} ${what}`);
}

/** The words of the panel matter more than a key; one that stays recorded can only prevent an order. */
async function release({ keys, node }: PlacingTools, candidate: Candidate): Promise<void> {
	await keys.release(allMarks(candidate)).catch((error: Error) => {
		node.logger.warn(
			`The idempotency key of item ${candidate.row.itemIndex} stays recorded: ${error.message}`,
		);
	});
}

async function confirm({ keys, node }: PlacingTools, candidate: Candidate): Promise<void> {
	await keys.confirm(allMarks(candidate)).catch((error: Error) => {
		node.logger.warn(
			`The idempotency key of item ${candidate.row.itemIndex} was not confirmed, so its next use fails although the order was placed: ${error.message}`,
		);
	});
}

function asPanelError(error: unknown): PanelError {
	if (error instanceof PanelError) return error;
	return new PanelError('outcomeUnknown', outcomeUnknownText((error as Error).message));
}
