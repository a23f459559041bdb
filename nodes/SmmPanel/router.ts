import { type IExecuteFunctions, type INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import type { Operation } from './operation';
import { resources } from './resources';

/** Runs each input item's operation and puts the results out in the order of the items. */
export async function route(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const itemIndexesByOperation = new Map<Operation, number[]>();
	for (let itemIndex = 0; itemIndex < node.getInputData().length; itemIndex++) {
		const operation = operationOf(node, itemIndex);
		const itemIndexes = itemIndexesByOperation.get(operation);
		if (itemIndexes) itemIndexes.push(itemIndex);
		else itemIndexesByOperation.set(operation, [itemIndex]);
	}

	const output: INodeExecutionData[] = [];
	for (const [operation, itemIndexes] of itemIndexesByOperation) {
		for (const item of await operation.execute(node, itemIndexes)) output.push(item);
	}
	return itemIndexesByOperation.size > 1 ? output.sort(byInputItem) : output;
}

function operationOf(node: IExecuteFunctions, itemIndex: number): Operation {
	const resourceName = node.getNodeParameter('resource', itemIndex) as string;
	const operationName = node.getNodeParameter('operation', itemIndex) as string;
	const resource = resources.find(({ value }) => value === resourceName);
	const operation = resource?.operations[operationName];
	if (!operation) {
		throw new NodeOperationError(
			node.getNode(),
			`There is no operation "${operationName}" for the resource "${resourceName}"`,
			{ itemIndex, description: 'Pick the resource and the operation from the dropdowns.' },
		);
	}
	return operation;
}

function byInputItem(left: INodeExecutionData, right: INodeExecutionData): number {
	return inputItemOf(left) - inputItemOf(right);
}

function inputItemOf({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : 0;
}
