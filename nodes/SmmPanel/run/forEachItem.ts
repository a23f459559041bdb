import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { PanelError } from '../../panelApi/panelError';
import { panelFailure } from '../../panelFailure';
import { outputItem, panelFailedItem } from './items';

/**
 * Puts out, for each input item, what `produce` finds for it; a failure of the panel becomes a failed item when
 * the user chose to continue on error.
 */
export async function forEachItem(
	node: IExecuteFunctions,
	itemIndexes: readonly number[],
	produce: (itemIndex: number) => Promise<IDataObject[]>,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	for (const itemIndex of itemIndexes) {
		try {
			for (const json of await produce(itemIndex)) output.push(outputItem(json, itemIndex));
		} catch (error) {
			if (!(error instanceof PanelError)) throw error as Error;
			if (!node.continueOnFail()) throw panelFailure(node.getNode(), error, itemIndex);
			output.push(panelFailedItem(itemIndex, error, {}));
		}
	}
	return output;
}

/** A function that does the work at its first call and gives the same result to all further ones. */
export function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
	let result: Promise<Result> | undefined;
	return async () => await (result ??= work());
}
