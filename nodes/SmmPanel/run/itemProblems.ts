import { type INode, NodeOperationError } from 'n8n-workflow';

/** Something wrong with the parameters of one input item. */
export interface ItemProblem {
	itemIndex: number;
	/** The field by its name on the screen. */
	field: string;
	/** What is wrong and what to do, continuing the name of the field. */
	problem: string;
}

/**
 * One error for all problems of all items, so that a long list is mended in one go.
 * @param sentBefore what an earlier try has sent, in words; empty if that is nothing
 */
export function problemsFailure(
	node: INode,
	problems: readonly ItemProblem[],
	sentBefore = '',
): NodeOperationError {
	const [first] = problems;
	const itemCount = new Set(problems.map(({ itemIndex }) => itemIndex)).size;
	if (problems.length === 1 && first) {
		return new NodeOperationError(node, `${first.field} ${first.problem}`, {
			itemIndex: first.itemIndex,
			description: sentBefore ? `Nothing more was sent.\n\n${sentBefore}` : 'Nothing was sent.',
		});
	}
	const items = itemCount === 1 ? 'item' : 'items';
	const nothing = sentBefore ? 'nothing more' : 'nothing';
	const message = `${problems.length} problems in ${itemCount} ${items}: ${nothing} was sent`;
	return new NodeOperationError(node, message, {
		itemIndex: first?.itemIndex,
		description: [describeProblems(problems), sentBefore].filter(Boolean).join('\n\n'),
	});
}

/** All problems, a line each, with the number of the item as the editor counts. */
function describeProblems(problems: readonly ItemProblem[]): string {
	return problems
		.map(({ itemIndex, field, problem }) => `Item ${itemIndex}: ${field} ${problem}.`)
		.join('\n');
}
