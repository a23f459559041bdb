import { randomUUID } from 'node:crypto';
import type { IConnections, IDataObject, INode, IPinData } from 'n8n-workflow';

/** A workflow as the editor exports it. */
export interface WorkflowJson {
	id?: string;
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IDataObject;
	pinData?: IPinData;
}

/** A node with what a test cares about; the rest is filled in. */
export type NodeOutline = Pick<INode, 'type'> & Partial<INode>;

export interface WorkflowOptions {
	name?: string;
	/** What the trigger puts out in a manual run; default one empty item. */
	items?: IDataObject[];
	/** Default: the Manual Trigger. */
	trigger?: NodeOutline;
	settings?: IDataObject;
}

export const MANUAL_TRIGGER = 'Manual Trigger';

/**
 * A workflow that runs `nodes` one after the other behind a trigger. The input items are the
 * trigger's pinned data, so that no node has to make them.
 */
export function workflow(nodes: NodeOutline[], options: WorkflowOptions = {}): WorkflowJson {
	const trigger = options.trigger ?? { name: MANUAL_TRIGGER, type: 'n8n-nodes-base.manualTrigger' };
	const chain = [trigger, ...nodes].map(completeNode);
	const connections: IConnections = {};
	chain.slice(1).forEach((node, position) => {
		const previous = chain[position] as INode;
		connections[previous.name] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	});
	return {
		name: options.name ?? 'Test',
		nodes: chain,
		connections,
		settings: { executionOrder: 'v1', ...options.settings },
		pinData: options.items && {
			[(chain[0] as INode).name]: options.items.map((json) => ({ json })),
		},
	};
}

function completeNode(outline: NodeOutline, position: number): INode {
	return {
		id: randomUUID(),
		name: outline.type.split('.').at(-1) as string,
		typeVersion: 1,
		position: [position * 200, 0],
		parameters: {},
		...outline,
	};
}
