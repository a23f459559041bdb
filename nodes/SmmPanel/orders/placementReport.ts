import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeOperationError,
} from 'n8n-workflow';

import { htmlOf } from '../../n8n/errorHtml';
import { panelFailure } from '../../n8n/nodeError';
import { PanelError } from '../../panelApi/panelError';
import { itemName, problemsFailure } from '../run/itemProblems';
import { failedItem, nothingSent, outputItem, panelFailedItem, rawJson } from '../run/items';
import type { OrderRow } from './orderRow';
import { orderDetails, orderEcho, orderInWords } from './orderWords';
import type { RowResult, Twin } from './rowResult';

/** One row and what became of it; undefined if it was not its turn any more. */
export interface Reported {
	row: OrderRow;
	result?: RowResult;
}

type Failure = Extract<RowResult, { outcome: 'failed' }>;

/**
 * The items for all rows, in the order of the input.
 * @throws the error for what went wrong, unless the user chose to continue on error. It names every order placed so
 * far, by an earlier try too: no list of the panel does
 */
export function reportPlacements(
	node: IExecuteFunctions,
	reported: readonly Reported[],
): INodeExecutionData[] {
	if (!node.continueOnFail()) throwWhatStops(node, reported);
	hintAtRecalled(node, reported);
	return reported.map(({ row, result }) => toItem(node, row, result ?? notStarted));
}

const notStarted: Failure = {
	outcome: 'failed',
	error: new PanelError('stopped', 'The execution was stopped before this was sent'),
};

function throwWhatStops(node: IExecuteFunctions, reported: readonly Reported[]): void {
	const placed = new PlacedBefore(node, reported);
	const failed = reported.flatMap(({ row, result }) =>
		result?.outcome === 'failed' ? [{ row, failure: result }] : [],
	);
	// What may have been placed matters more than what surely was not.
	const first = failed.find(({ failure }) => mayHaveActed(failure)) ?? failed[0];
	if (first) {
		const others = failed.filter((one) => one !== first);
		throw failureOf(node, first, placed, others);
	}
	const problems = reported.flatMap(({ result }) =>
		result?.outcome === 'invalid' ? result.problems : [],
	);
	if (problems.length > 0) {
		const failure = problemsFailure(node, problems, placed.inWords);
		const isGuard = reported.some(
			({ result }) => result?.outcome === 'invalid' && result.kind === 'guard',
		);
		Object.assign(failure.context, placed.context, { kind: isGuard ? 'guard' : 'input' });
		throw failure;
	}
}

/** The orders that were placed, by this run or before it. */
class PlacedBefore {
	private readonly placed: Array<{ item: number; order: string }> = [];

	constructor(
		private readonly node: IExecuteFunctions,
		reported: readonly Reported[],
	) {
		for (const { row, result } of reported) {
			if (result?.outcome === 'placed')
				this.placed.push({ item: row.itemIndex, order: result.order });
		}
	}

	get context(): IDataObject {
		return { placed: this.placed };
	}

	get inWords(): string {
		if (this.placed.length === 0) return '';
		const list = this.placed.map(({ item, order }) => `${order} (${itemName(this.node, item)})`);
		return `Already placed: ${list.join(', ')}. Retrying this execution skips them; a new run without an Idempotency Key does not.`;
	}
}

function failureOf(
	node: IExecuteFunctions,
	{ row, failure }: { row: OrderRow; failure: Failure },
	placed: PlacedBefore,
	others: ReadonlyArray<{ row: OrderRow; failure: Failure }>,
): Error {
	const { error } = failure;
	const more = [
		failure.note ?? whatToLookFor(row, error),
		placed.inWords || (failure.note ? '' : 'No order was placed before this one.'),
		...others
			.filter((other) => mayHaveActed(other.failure))
			.map(
				(other) =>
					`The outcome of ${itemName(node, other.row.itemIndex)} is unknown too: ${orderInWords(other.row)}.`,
			),
	]
		.filter(Boolean)
		.join('\n\n');
	const unknown = [{ row, failure }, ...others]
		.filter((one) => mayHaveActed(one.failure))
		.map((one) => ({ item: one.row.itemIndex, ...orderDetails(one.row) }));
	const context = {
		...placed.context,
		...(unknown.length > 0 && { unknown }),
		...orderDetails(row),
		...kindDetails(error),
	};
	if (error instanceof PanelError)
		return panelFailure(node.getNode(), error, row.itemIndex, { more, context });
	const nodeError =
		error instanceof NodeOperationError
			? error
			: new NodeOperationError(node.getNode(), error, {
					message: error.message,
					itemIndex: row.itemIndex,
				});
	const { description } = error as { description?: string | null };
	nodeError.description = htmlOf([description, more].filter(Boolean).join('\n\n'));
	Object.assign(nodeError.context, context);
	return nodeError;
}

function toItem(node: IExecuteFunctions, row: OrderRow, result: RowResult): INodeExecutionData {
	switch (result.outcome) {
		case 'placed':
			return goodItem(node, row, placedJson(row, result));
		case 'duplicate':
			return goodItem(node, row, duplicateJson(row, result.order, result.twin));
		case 'invalid': {
			const all = result.problems.map(({ field, problem }) => `${field} ${problem}`).join('; ');
			return failedItem(row.itemIndex, all, nothingSent, {
				...orderDetails(row),
				fields: result.problems.map(({ field }) => field),
				kind: result.kind,
				canOrderElsewhere: result.kind === 'guard',
			});
		}
		case 'failed':
			return failedRow(row, result);
	}
}

function goodItem(node: IExecuteFunctions, row: OrderRow, json: IDataObject): INodeExecutionData {
	const input = row.includesInput ? node.getInputData()[row.itemIndex]?.json : undefined;
	return outputItem({ ...input, ...json }, row.itemIndex);
}

function placedJson(
	row: OrderRow,
	{ order, answer }: Extract<RowResult, { outcome: 'placed' }>,
): IDataObject {
	return row.isSimple ? { order, ...orderEcho(row) } : rawJson(JSON.parse(answer));
}

const whyDuplicate: Record<Exclude<Twin, 'key'>, string> = {
	tool: 'Nothing was ordered: this order was placed before in this execution. To place it once more, use another idempotency key.',
	retry:
		"Nothing was ordered: another retry of this execution placed this order. Its ID is in that retry's output and in n8n's log.",
};

function duplicateJson(row: OrderRow, order: string, twin: Twin): IDataObject {
	const { idempotencyKey } = row;
	return {
		duplicate: true,
		...(idempotencyKey && { idempotencyKey }),
		...(order && { order }),
		...orderEcho(row),
		...(twin !== 'key' && { message: whyDuplicate[twin] }),
	};
}

function failedRow(row: OrderRow, { error, note }: Failure): INodeExecutionData {
	const details = { ...orderDetails(row), ...kindDetails(error) };
	if (error instanceof PanelError)
		return panelFailedItem(row.itemIndex, error, details, note ?? whatToLookFor(row, error));
	// All that fails without a word of the panel, such as n8n's database, comes before the order is sent.
	const { message, description } = error as Error & { description?: string | null };
	return failedItem(row.itemIndex, message, description || nothingSent, details);
}

function kindDetails(error: Error): IDataObject {
	return error instanceof PanelError
		? { kind: error.kind, canOrderElsewhere: error.canOrderElsewhere }
		: { kind: 'input', canOrderElsewhere: false };
}

function mayHaveActed({ error }: Failure): boolean {
	return error instanceof PanelError && error.mayHaveActed;
}

/** After an unknown outcome the user has to find the order on the panel: what to look for. */
function whatToLookFor(row: OrderRow, error: Error): string {
	return error instanceof PanelError && error.mayHaveActed
		? `The order was: ${orderInWords(row)}.`
		: '';
}

/** Tells the user what could not be seen otherwise: that some orders were placed by an earlier try. */
function hintAtRecalled(node: IExecuteFunctions, reported: readonly Reported[]): void {
	const recalled = reported.filter(
		({ result }) => result?.outcome === 'placed' && result.isRecalled,
	);
	if (recalled.length === 0) return;
	// n8n before 1.79 shows no hints.
	const { addExecutionHints }: Partial<Pick<IExecuteFunctions, 'addExecutionHints'>> = node;
	addExecutionHints?.call(node, {
		message: `${recalled.length} of ${reported.length} orders were already placed in an earlier attempt and weren't placed again.`,
		location: 'outputPane',
	});
}
