import { LoadOptionsContext } from 'n8n-core';
import { type INode, type INodeType, Workflow } from 'n8n-workflow';

import { openWire } from '../../nodes/n8n/n8nWire.ts';
import type { Wire } from '../../nodes/panelApi/transport/wire.ts';
import { TriggerCredentials } from '../engine/triggerCredentials.mts';

const node: INode = {
	id: 'node',
	name: 'SMM Panel',
	type: 'n8n-nodes-smm-panel.smmPanel',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

interface Setup {
	url: string;
	apiKey?: string;
	/** Stops the execution as a user would. */
	stop?: AbortSignal;
	/** Takes the lines that are written into n8n's log. */
	log?: (line: string) => void;
}

/** The wire of a node over n8n-core's own HTTP helper. */
export async function wireOfNode({ url, apiKey = 'key-of-test', stop, log }: Setup): Promise<Wire> {
	const account = { url, apiKey };
	const credentialsHelper = new TriggerCredentials({ smmPanelApi: account });
	const context = new LoadOptionsContext(
		new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: noTypes }),
		node,
		{ credentialsHelper } as never,
		'',
	);
	const nodeContext = Object.create(context, {
		logger: { value: { info: log ?? (() => {}) } },
		...(stop && { getExecutionCancelSignal: { value: () => stop } }),
	}) as Parameters<typeof openWire>[0];
	return await openWire(nodeContext, account);
}

const type = { description: { properties: [] } } as unknown as INodeType;
const noTypes = {
	getByName: () => type,
	getByNameAndVersion: () => type,
	getKnownTypes: () => ({}),
};
