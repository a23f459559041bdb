import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { userFailure } from '../n8n/nodeError';
import type { Operation } from './operation';
import { resources } from './resources';

/** Runs the operation that the node is set to; n8n lets no expression choose it, so it is one for all input items. */
export async function route(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await findOperation(node).execute(node);
}

function findOperation(node: IExecuteFunctions): Operation {
	const resourceName = node.getNodeParameter('resource', 0);
	const operationName = node.getNodeParameter('operation', 0);
	const resource = resources.find(({ value }) => value === resourceName);
	const operation = resource?.operations[operationName];
	if (operation) return operation;
	throw userFailure(
		node.getNode(),
		`There is no operation "${operationName}" for the resource "${resourceName}"`,
		{ description: 'Pick the resource and the operation from the dropdowns.' },
	);
}
