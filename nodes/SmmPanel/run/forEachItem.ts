import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { PanelError } from '../../panelApi/panelError';
import { panelFailure } from '../../n8n/nodeError';
import { failedItem, outputItem, panelFailedItem } from './items';

/**
 * The output for each input item: what `produce` finds for it or, where that fails and the user chose to continue on
 * error, a failed item.
 */
export async function forEachItem(
	node: IExecuteFunctions,
	produce: (itemIndex: number) => Promise<IDataObject[]>,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < node.getInputData().length; itemIndex++) {
		try {
			for (const json of await produce(itemIndex)) output.push(outputItem(json, itemIndex));
		} catch (error) {
			const isOfPanel = error instanceof PanelError;
			if (!node.continueOnFail())
				throw isOfPanel ? panelFailure(node.getNode(), error, itemIndex) : (error as Error);
			output.push(
				isOfPanel
					? panelFailedItem(itemIndex, error, {})
					: failedItem(itemIndex, (error as Error).message, '', {}),
			);
		}
	}
	return output;
}

/** A function that does the work at its first call and returns the same result from then on. */
export function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
	let result: Promise<Result> | undefined;
	return async () => await (result ??= work());
}
