import { type IExecuteFunctions, type INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import type { Operation } from './operation';
import { resources } from './resources';
import { parameterReader } from './run/parameterReader';

/** Runs each input item's operation and puts the results out in the order of the items. */
export async function route(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const resourceOf = parameterReader(node, 'resource');
	const operationOf = parameterReader(node, 'operation');
	const itemIndexesByOperation = new Map<Operation, number[]>();
	for (let itemIndex = 0; itemIndex < node.getInputData().length; itemIndex++) {
		const operation = findOperation(node, itemIndex, resourceOf(itemIndex), operationOf(itemIndex));
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

function findOperation(
	node: IExecuteFunctions,
	itemIndex: number,
	resourceName: unknown,
	operationName: unknown,
): Operation {
	const resource = resources.find(({ value }) => value === resourceName);
	const operation = resource?.operations[String(operationName)];
	if (!operation) {
		throw new NodeOperationError(
			node.getNode(),
			`There is no operation "${String(operationName)}" for the resource "${String(resourceName)}"`,
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
