import { ExecuteContext, SupplyDataContext } from 'n8n-core';
import {
	createRunExecutionData,
	type IExecuteData,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
	NodeConnectionTypes,
	Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { loadPackage } from './loadedPackage.mts';
import { localAddresses } from '../support/localAddresses.mts';

const additionalData = {
	currentNodeExecutionIndex: 0,
	variables: {},
	...localAddresses,
} as unknown as IWorkflowExecuteAdditionalData;

/** A node of the package, as n8n hands it out to itself. */
export function nodeOf(name: string, id = 'panel-node'): INode {
	return {
		id,
		name,
		type: 'n8n-nodes-smm-panel.smmPanel',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
}

/** What may be said about an execution; without it, it is the first run of a node that gets no items. */
export interface ContextOptions {
	/** What n8n keeps of the execution; the same for all its runs and retries. */
	run?: IRunExecutionData;
	/** Which run of the node in this execution it is, from 0. */
	runIndex?: number;
	executionId?: string;
	mode?: WorkflowExecuteMode;
	items?: INodeExecutionData[];
}

/** What n8n's engine gives a node as `this`, in an execution of its own unless it is given one. */
export async function executeContext(
	node = nodeOf('SMM Panel'),
	options: ContextOptions = {},
): Promise<IExecuteFunctions> {
	const { workflow, run, data } = await surroundings(node);
	const { executionId, mode = 'manual', runIndex = 0, items = [] } = options;
	return new ExecuteContext(
		workflow,
		node,
		{ ...additionalData, executionId },
		mode,
		options.run ?? run,
		runIndex,
		items,
		{ main: [items] },
		data,
		[],
	);
}

/** The same for the tool of an AI agent, where what is executed is the agent. */
export async function toolContext(tool: INode, agent: INode): Promise<IExecuteFunctions> {
	const { workflow, run, data } = await surroundings(agent, tool);
	const { AiTool } = NodeConnectionTypes;
	return new SupplyDataContext(
		workflow,
		tool,
		additionalData,
		'manual',
		run,
		0,
		[],
		{},
		AiTool,
		data,
		[],
	) as unknown as IExecuteFunctions;
}

async function surroundings(executed: INode, ...others: INode[]) {
	const { nodeTypes } = await loadPackage();
	const workflow = new Workflow({
		id: 'workflow',
		nodes: [executed, ...others],
		connections: {},
		active: false,
		nodeTypes,
	});
	const data: IExecuteData = { node: executed, data: {}, source: null };
	return { workflow, run: createRunExecutionData(), data };
}
