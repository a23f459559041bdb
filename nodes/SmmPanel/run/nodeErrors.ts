import { type IDataObject, type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { PanelError } from '../../panelApi/panelError';

/** Something wrong with the parameters of one input item. */
export interface ItemProblem {
	itemIndex: number;
	/** The field by its name on the screen. */
	field: string;
	/** What is wrong and what to do, continuing the name of the field. */
	problem: string;
}

/**
 * The error n8n shows for a panel call that failed: the panel's own words first, then the way out.
 * @param about what the call was about, such as `order 486451`
 * @param more what the user has to know beyond that, such as what was done before
 */
export function panelFailure(
	node: INode,
	error: PanelError,
	itemIndex: number,
	{ about, more, context = {} }: { about?: string; more?: string; context?: IDataObject } = {},
): NodeApiError {
	const message = about ? `${error.message} (${about})` : error.message;
	const nodeError = new NodeApiError(
		node,
		{},
		{
			message,
			description: [error.description, more].filter(Boolean).join('\n\n'),
			httpCode: error.httpStatus && error.httpStatus >= 400 ? String(error.httpStatus) : undefined,
			itemIndex,
			failure:
				error.kind === 'rateLimit'
					? { cause: 'rate-limited', retryAfterMs: error.retryAfterMs }
					: undefined,
		},
	);
	// n8n puts a sentence of its own in the place of messages that hold one of its code words.
	nodeError.message = message;
	Object.assign(nodeError.context, context);
	return nodeError;
}

/** One error for all problems of all items, so that a long list is mended in one go. */
export function problemsFailure(node: INode, problems: readonly ItemProblem[]): NodeOperationError {
	const [first] = problems;
	const itemCount = new Set(problems.map(({ itemIndex }) => itemIndex)).size;
	if (problems.length === 1 && first) {
		return new NodeOperationError(node, `${first.field} ${first.problem}`, {
			itemIndex: first.itemIndex,
			description: 'Nothing was sent.',
		});
	}
	const items = itemCount === 1 ? 'item' : 'items';
	const message = `${problems.length} problems in ${itemCount} ${items}: nothing was sent`;
	return new NodeOperationError(node, message, {
		itemIndex: first?.itemIndex,
		description: describeProblems(problems),
	});
}

/** All problems, a line each, with the number of the item as the editor counts. */
function describeProblems(problems: readonly ItemProblem[]): string {
	return problems
		.map(({ itemIndex, field, problem }) => `Item ${itemIndex}: ${field} ${problem}.`)
		.join('\n');
}
