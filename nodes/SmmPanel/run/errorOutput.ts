import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { plainOf } from '../../n8n/errorHtml';
import { failedItem, isFailedItem } from './items';

/**
 * Marks the failed items for n8n's error output.
 *
 * n8n before 2.36 knows a failed item by a `json` without any field but `error` and `message`, or by an `error` beside
 * the `json`, which it then replaces by the message. An `error` that is not enumerable is seen, and gone when n8n copies
 * the item to add the fields of the input.
 */
export function markFailedItems(node: IExecuteFunctions, items: INodeExecutionData[]): void {
	if (node.getNode().onError !== 'continueErrorOutput') return;
	// A good item may have an `error` too: a column of the input's that it carries along.
	for (const item of items.filter(isFailedItem)) {
		const { error: message } = item.json;
		// Older versions assign to it.
		Object.defineProperty(item, 'error', { value: { message }, writable: true });
	}
}

/**
 * A failed item for each input item, for what stops the whole node although the user chose to continue on error. If it
 * were thrown, n8n would return the input items as if they had succeeded.
 */
export function failAllItems(node: IExecuteFunctions, error: unknown): INodeExecutionData[] {
	const { message, description } = error as { message?: string; description?: string | null };
	return node
		.getInputData()
		.map((_, itemIndex) =>
			failedItem(itemIndex, message ?? String(error), plainOf(description ?? ''), {}),
		);
}
