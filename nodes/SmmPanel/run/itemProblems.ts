import type { IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import { userFailure } from '../../n8n/nodeError';
import { paragraphs } from '../../n8n/errorHtml';
import { type Problem, problemInWords } from '../../parameters/problem';

/** Something wrong with the parameters of one input item. */
export interface ItemProblem extends Problem {
	itemIndex: number;
}

/**
 * An input item as a person finds it: n8n counts from 0, a sheet has row numbers, and people count from 1.
 */
export function itemName(node: IExecuteFunctions, itemIndex: number): string {
	const items = node.getInputData();
	const row: unknown = items[itemIndex]?.json.row_number;
	if (typeof row === 'number') return `item ${itemIndex}, row ${row}`;
	return items.length > 1
		? `item ${itemIndex}, ${itemIndex + 1} of ${items.length}`
		: `item ${itemIndex}`;
}

/**
 * One error for all problems of all items, so that a user can fix them all in one go.
 * @param sentBefore what an earlier try has sent, in words; empty if that is nothing
 * @param things what there are several of, in the title
 * @param advice what to do, where the problems don't say so themselves
 */
export function problemsFailure(
	node: IExecuteFunctions,
	problems: readonly ItemProblem[],
	{ sentBefore = '', things = 'fields', advice = '' } = {},
): NodeOperationError {
	const [first] = problems;
	const nothing = sentBefore ? 'Nothing more was sent' : 'Nothing was sent';
	if (problems.length === 1 && first) {
		return userFailure(node.getNode(), problemInWords(first), {
			itemIndex: first.itemIndex,
			description: paragraphs([
				sentBefore ? `${nothing}.` : `${nothing} (${itemName(node, first.itemIndex)}).`,
				advice,
				sentBefore,
			]),
		});
	}
	const list = problems.map((problem) => {
		const name = itemName(node, problem.itemIndex);
		const words = problemInWords(problem);
		const end = /[.?!]$/.test(words) ? '' : '.';
		return `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${words}${end}`;
	});
	return userFailure(node.getNode(), `${nothing}: ${problems.length} ${things} need fixing`, {
		itemIndex: first?.itemIndex,
		description: paragraphs([advice, sentBefore]),
		list,
	});
}
