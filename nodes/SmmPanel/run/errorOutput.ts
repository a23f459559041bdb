import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/**
 * Marks the failed items for n8n's error output.
 *
 * n8n before 2.36 knows a failed item by a `json` without any field but `error` and `message`, or by an `error` beside
 * the `json`, which it then replaces by the message. An `error` that is not enumerable is seen, and gone when n8n copies
 * the item to add the fields of the input.
 */
export function markFailedItems(node: IExecuteFunctions, items: INodeExecutionData[]): void {
	if (node.getNode().onError !== 'continueErrorOutput') return;
	for (const item of items) {
		const { error: message } = item.json;
		if (!message) continue;
		// Older versions assign to it.
		Object.defineProperty(item, 'error', { value: { message }, writable: true });
	}
}
