import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import { htmlList, htmlOf, inert } from '../../n8n/errorHtml';

/** Something wrong with the parameters of one input item. */
export interface ItemProblem {
	itemIndex: number;
	/** The field by its name on the screen. */
	field: string;
	/** What is wrong and what to do, continuing the name of the field. */
	problem: string;
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
 * One error for all problems of all items, so that a long list is mended in one go.
 * @param sentBefore what an earlier try has sent, in words; empty if that is nothing
 */
export function problemsFailure(
	node: IExecuteFunctions,
	problems: readonly ItemProblem[],
	sentBefore = '',
): NodeOperationError {
	const [first] = problems;
	if (problems.length === 1 && first) {
		return new NodeOperationError(node.getNode(), inert(`${first.field} ${first.problem}`), {
			itemIndex: first.itemIndex,
			description: sentBefore
				? htmlOf(`Nothing more was sent.\n\n${sentBefore}`)
				: `Nothing was sent (${itemName(node, first.itemIndex)}).`,
		});
	}
	const nothing = sentBefore ? 'Nothing more' : 'Nothing';
	const message = `${nothing} was sent: ${problems.length} fields need fixing`;
	const list = problems.map(({ itemIndex, field, problem }) => {
		const name = itemName(node, itemIndex);
		const end = /[.?!]$/.test(problem) ? '' : '.';
		return `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${field} ${problem}${end}`;
	});
	return new NodeOperationError(node.getNode(), message, {
		itemIndex: first?.itemIndex,
		description: `${htmlList(list)}${htmlOf(sentBefore)}`,
	});
}
