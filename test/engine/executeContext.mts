import { ExecuteContext, SupplyDataContext } from 'n8n-core';
import {
	createRunExecutionData,
	type IExecuteData,
	type IExecuteFunctions,
	type INode,
	type IWorkflowExecuteAdditionalData,
	NodeConnectionTypes,
	Workflow,
} from 'n8n-workflow';

import { loadPackage } from './loadedPackage.mts';

const additionalData = { currentNodeExecutionIndex: 0 } as IWorkflowExecuteAdditionalData;

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

/** What n8n's engine gives a node as `this`, in an execution of its own. */
export async function executeContext(node = nodeOf('SMM Panel')): Promise<IExecuteFunctions> {
	const { workflow, run, data } = await surroundings(node);
	return new ExecuteContext(workflow, node, additionalData, 'manual', run, 0, [], {}, data, []);
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
