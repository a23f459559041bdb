import type { IDataObject, IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import { htmlOf, paragraphs } from '../../n8n/errorHtml';
import { asNodeError, panelFailure } from '../../n8n/nodeError';
import { PanelError } from '../../panelApi/panelError';
import { errorKinds } from '../../panelApi/vocabulary/errorKinds';
import { itemName, problemsFailure } from '../run/itemProblems';
import { failureDetails, orderDetails, orderInWords, whatToLookFor } from './orderWords';
import { balanceField } from './plan';
import type { PlacedItem, Report } from './report';
import { mayHaveActed } from './rowResult';

/**
 * The error of a run that ends with what one of its rows failed with. It names every order placed so far, by an earlier
 * try too, and every one whose outcome is unknown: no list of the panel does.
 */
export function placementFailure(
	node: IExecuteFunctions,
	{ first, others, placed }: Extract<Report, { ends: 'failure' }>,
): Error {
	const { row, failure } = first;
	const { error, note } = failure;
	const unknown = [first, ...others].filter((one) => mayHaveActed(one.failure.error));
	const unknownBeside = unknown
		.filter((one) => one !== first)
		.map(
			(one) =>
				`The outcome of ${itemName(node, one.row.itemIndex)} is unknown too: ${orderInWords(one.row)}.`,
		);
	const more = paragraphs([
		note ?? whatToLookFor(row, error),
		placedInWords(node, placed) || (note ? '' : 'No order was placed before this one.'),
		...unknownBeside,
	]);
	const context: IDataObject = {
		placed: placed.map((one) => ({ ...one })),
		...(unknown.length > 0 && {
			unknown: unknown.map((one) => ({ item: one.row.itemIndex, ...orderDetails(one.row) })),
		}),
		...failureDetails(row, error),
	};
	if (error instanceof PanelError)
		return panelFailure(node.getNode(), error, row.itemIndex, { more, context });
	const { description } = error as { description?: string | null };
	const nodeError = asNodeError(node.getNode(), error, row.itemIndex);
	nodeError.description = htmlOf(paragraphs([description, more]));
	Object.assign(nodeError.context, context);
	return nodeError;
}

/** The error of a run in which nothing went wrong but that rows have problems. */
export function placementProblems(
	node: IExecuteFunctions,
	{ problems, kind, placed }: Extract<Report, { ends: 'problems' }>,
): NodeOperationError {
	const isShort = problems.some(({ field }) => field === balanceField);
	const failure = problemsFailure(node, problems, {
		sentBefore: placedInWords(node, placed),
		things: kind === 'guard' ? 'problems' : 'fields',
		advice: isShort ? errorKinds.funds.advice : '',
	});
	Object.assign(failure.context, { placed, kind });
	return failure;
}

function placedInWords(node: IExecuteFunctions, placed: readonly PlacedItem[]): string {
	if (placed.length === 0) return '';
	const list = placed.map(({ item, order }) => `${order} (${itemName(node, item)})`);
	return `Already placed: ${list.join(', ')}. Retrying this execution skips them; a new run without an Idempotency Key does not.`;
}
