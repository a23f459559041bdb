import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeOperationError,
} from 'n8n-workflow';

import { PanelError } from '../../panelApi/panelError';
import { panelFailure } from '../../n8n/nodeError';
import { type ItemProblem, problemsFailure } from '../run/itemProblems';
import { failedItem, nothingSent, panelFailedItem } from '../run/items';
import { orderEcho, orderInWords, type OrderRow } from './orderRow';

/** The errors that end the placing of orders. Each names the orders placed so far: no list of the panel does. */
export class PlacingErrors {
	private readonly placed: Array<{ item: number; order: string }> = [];

	constructor(private readonly node: IExecuteFunctions) {}

	notePlaced({ itemIndex }: OrderRow, order: string): void {
		this.placed.push({ item: itemIndex, order });
	}

	/** For an error before any open row was sent. */
	get nothingOrdered(): string {
		return this.placed.length > 0 ? 'nothing more was ordered' : 'nothing was ordered';
	}

	ofProblems(problems: readonly ItemProblem[]): Error {
		const failure = problemsFailure(this.node.getNode(), problems, this.placedInWords());
		Object.assign(failure.context, this.placedContext());
		return failure;
	}

	/** The error for one row. */
	ofRow(row: OrderRow, error: unknown): Error {
		const before = this.placedInWords() || 'No order was placed before this one.';
		return this.failure(row, error, [whatToLookFor(row, error), before]);
	}

	/** The error for what all open rows need, told at the first of them. */
	ofAll(first: OrderRow, error: unknown, more: string): Error {
		return this.failure(first, error, [more, this.placedInWords()]);
	}

	private failure(row: OrderRow, error: unknown, sentences: readonly string[]): Error {
		const more = sentences.filter(Boolean).join('\n\n');
		if (error instanceof PanelError) {
			return panelFailure(this.node.getNode(), error, row.itemIndex, {
				more,
				context: { ...this.placedContext(), ...orderDetails(row) },
			});
		}
		const cause = error instanceof Error ? error : new Error(String(error));
		const nodeError =
			cause instanceof NodeOperationError
				? cause
				: new NodeOperationError(this.node.getNode(), cause, {
						message: cause.message,
						itemIndex: row.itemIndex,
					});
		const { description } = cause as { description?: string | null };
		nodeError.description = [description, more].filter(Boolean).join('\n\n');
		Object.assign(nodeError.context, this.placedContext());
		return nodeError;
	}

	private placedContext(): IDataObject {
		return { placed: this.placed.map((order) => ({ ...order })) };
	}

	private placedInWords(): string {
		if (this.placed.length === 0) return '';
		const list = this.placed.map(({ item, order }) => `${order} (item ${item})`).join(', ');
		return `Placed before this error: ${list}. A retry of this execution does not place them again.`;
	}
}

/** The failed item for a row that could not be sent as it is. */
export function problemItem(row: OrderRow): INodeExecutionData {
	const all = row.problems.map(({ field, problem }) => `${field} ${problem}`).join('; ');
	const details = { ...orderEcho(row), fields: row.problems.map(({ field }) => field) };
	return failedItem(row.itemIndex, all, nothingSent, details);
}

/**
 * The failed item for a row that the panel, or what it needs, said no to.
 * @param more what the user has to know beyond the words of the panel
 */
export function failedRow(
	row: OrderRow,
	error: unknown,
	more = whatToLookFor(row, error),
): INodeExecutionData {
	if (error instanceof PanelError)
		return panelFailedItem(row.itemIndex, error, orderDetails(row), more);
	// All that fails without a word of the panel, such as n8n's database, comes before the order is sent.
	const { message, description } = error as Error & { description?: string | null };
	return failedItem(row.itemIndex, message, description || nothingSent, orderDetails(row));
}

function orderDetails(row: OrderRow): IDataObject {
	const { idempotencyKey } = row;
	return { ...orderEcho(row), ...(idempotencyKey && { idempotencyKey }) };
}

/** After an unknown outcome the user has to find the order on the panel: what to look for. */
function whatToLookFor(row: OrderRow, error: unknown): string {
	return error instanceof PanelError && error.mayHaveActed
		? `The order was: ${orderInWords(row)}.`
		: '';
}
