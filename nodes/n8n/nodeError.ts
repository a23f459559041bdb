import { type IDataObject, type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { PanelError } from '../panelApi/panelError';
import { htmlList, htmlOf, inert, paragraphs } from './errorHtml';

/**
 * The error n8n shows for a panel call that failed: the panel's own words first, then the way out.
 * @param about what the call was about, such as `order 486451`
 * @param more what the user has to know beyond that, such as what was done before; plain text
 */
export function panelFailure(
	node: INode,
	error: PanelError,
	itemIndex: number,
	{ about, more, context = {} }: { about?: string; more?: string; context?: IDataObject } = {},
): NodeApiError {
	const brief = about ? `${error.message} (${about})` : error.message;
	// An agent reads the message of a failed tool and nothing else.
	const message = inert(isTool(node) ? sentences([brief, error.description, more]) : brief);
	const nodeError = new NodeApiError(
		node,
		{},
		{
			message,
			description: htmlOf(paragraphs([error.description, more])),
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

/**
 * The error n8n shows for what a user has to mend. Its texts may hold foreign words, such as those of a cell: nothing in
 * them is rendered.
 * @param list texts that are shown before the description, one a line
 */
export function userFailure(
	node: INode,
	message: string,
	{
		itemIndex,
		description = '',
		list = [],
	}: { itemIndex?: number; description?: string; list?: readonly string[] } = {},
): NodeOperationError {
	return new NodeOperationError(node, inert(message), {
		itemIndex,
		description: (list.length > 0 ? htmlList(list) : '') + htmlOf(description) || undefined,
	});
}

/** Whatever was thrown as an error of n8n's; one that is such an error stays what it is. */
export function asNodeError(node: INode, error: Error, itemIndex: number): NodeOperationError {
	if (error instanceof NodeOperationError) return error;
	return new NodeOperationError(node, error, { message: error.message, itemIndex });
}

function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}

function sentences(texts: Array<string | null | undefined>): string {
	return texts
		.filter((text) => !!text)
		.map((text) => (text?.endsWith('.') ? text : `${text}.`))
		.join(' ');
}
