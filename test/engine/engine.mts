import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type IRun,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';

import { SANDBOX_KEY } from '../sandbox/panel.mts';
import { type CredentialValues, TestCredentials } from './credentials.mts';
import { loadPackage, rowsType } from './loadedPackage.mts';
import { localAddresses } from '../support/localAddresses.mts';

/** One run of the panel node in the real engine. */
export interface NodeRun {
	parameters: INodeParameters;
	/** The input items; one empty item if absent. */
	items?: IDataObject[];
	panelUrl: string;
	apiKey?: string;
	/** Node settings such as `onError`, `retryOnFail`, `maxTries`. */
	settings?: Partial<INode>;
	/** What an earlier try of the same execution left behind: see `NodeResult.executionData`. */
	continueFrom?: IRunExecutionData;
	/** Whether the node runs once more in the same execution, as in a loop, rather than being tried again. */
	runsAgain?: boolean;
	/** How the execution was started; default `manual`. */
	mode?: 'manual' | 'webhook' | 'retry';
	/** The ID of the execution; default `execution`. */
	executionId?: string;
	/** The account of an input item, for a credential that holds expressions; one account for all if absent. */
	accountOf?: (item: IDataObject) => { url: string; apiKey: string };
	/** Whether the node is the tool of an AI agent. */
	isTool?: boolean;
	/** Called when the node starts, with a function that stops the execution as the user would. */
	onStart?: (stop: () => void) => void;
}

/** What came out of it. */
export interface NodeResult {
	/** Items of the main output and, with "Continue (using error output)", of the error output. */
	main: INodeExecutionData[];
	failed: INodeExecutionData[];
	/** The `json` of the main output. */
	json: IDataObject[];
	/** The error the node ended with, if it did. */
	error?: Error & { description?: string; context: IDataObject; messages?: string[] };
	run: IRun;
	executionData: IRunExecutionData;
	/** Everything the execution would store, as text. */
	stored: string;
}

const nodeName = 'SMM Panel';

/** Runs the node `smmPanel` of the built package in n8n-core's own engine. */
export async function runNode(options: NodeRun): Promise<NodeResult> {
	const { workflow, rows, additionalData } = await prepare(options);
	const earlierRuns = options.continueFrom?.resultData.runData;
	const data = createRunExecutionData({
		resultData: { runData: options.runsAgain && earlierRuns ? earlierRuns : {} },
		executionData: {
			contextData: options.continueFrom?.executionData?.contextData ?? {},
			nodeExecutionStack: [{ node: rows, data: { main: [[{ json: {} }]] }, source: null }],
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
		},
	});
	const execution = new WorkflowExecute(
		additionalData,
		options.mode ?? 'manual',
		data,
	).processRunExecutionData(workflow);
	options.onStart?.(() => execution.cancel());
	const run = await execution;

	const task = run.data.resultData.runData[nodeName]?.at(-1);
	const [main = [], failed = []] = task?.data?.main ?? [];
	return {
		main: main ?? [],
		failed: failed ?? [],
		json: (main ?? []).map((item) => item.json),
		error: (task?.error ?? run.data.resultData.error) as NodeResult['error'],
		run,
		executionData: JSON.parse(JSON.stringify(run.data)) as IRunExecutionData,
		stored: JSON.stringify(run),
	};
}

/** Calls a method of the node that fills a dropdown of the editor, as the editor does. */
export async function callDropdown<Result>(
	kind: 'listSearch' | 'loadOptions',
	method: string,
	options: Pick<NodeRun, 'panelUrl' | 'apiKey' | 'settings'>,
	...parameters: unknown[]
): Promise<Result> {
	const { workflow, node, additionalData } = await prepare({ ...options, parameters: {} });
	const type = workflow.nodeTypes.getByNameAndVersion(node.type);
	const context = new LoadOptionsContext(workflow, node, additionalData, '');
	const call = type.methods?.[kind]?.[method] as (...values: unknown[]) => Promise<Result>;
	return await call.call(context, ...parameters);
}

/** The input item that an output item belongs to. */
export function inputOf({ pairedItem }: INodeExecutionData): number | undefined {
	if (typeof pairedItem === 'number') return pairedItem;
	return Array.isArray(pairedItem) ? pairedItem[0]?.item : pairedItem?.item;
}

const accounts: string[] = [];

/** Each account has a credential of its own. */
function credentialIdOf({ panelUrl, apiKey = SANDBOX_KEY }: Pick<NodeRun, 'panelUrl' | 'apiKey'>) {
	const account = JSON.stringify([panelUrl, apiKey]);
	if (!accounts.includes(account)) accounts.push(account);
	return String(accounts.indexOf(account) + 1);
}

async function prepare(options: NodeRun) {
	const loaded = await loadPackage();
	const node: INode = {
		id: 'panel-node',
		name: nodeName,
		type: `n8n-nodes-smm-panel.smmPanel${options.isTool ? 'Tool' : ''}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: options.parameters,
		credentials: { smmPanelApi: { id: credentialIdOf(options), name: 'Sandbox' } },
		...options.settings,
	};
	const rows: INode = {
		id: 'rows-node',
		name: 'Rows',
		type: rowsType,
		typeVersion: 1,
		position: [0, 0],
		parameters: { rows: JSON.stringify(options.items ?? [{}]) },
	};
	const workflow = new Workflow({
		id: 'workflow',
		name: 'Test',
		nodes: [rows, node],
		connections: { [rows.name]: { main: [[{ node: nodeName, type: 'main', index: 0 }]] } },
		active: false,
		nodeTypes: loaded.nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	const sandbox = { url: options.panelUrl, apiKey: options.apiKey ?? SANDBOX_KEY };
	const credentials: CredentialValues = { smmPanelApi: options.accountOf ?? sandbox };
	const hooks = new ExecutionLifecycleHooks('manual', 'execution', {
		id: 'workflow',
		name: 'Test',
		nodes: [node],
		connections: {},
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
	} as never);
	const additionalData = {
		credentialsHelper: new TestCredentials(loaded, credentials),
		hooks,
		executionId: options.executionId ?? 'execution',
		currentNodeExecutionIndex: 0,
		variables: {},
		...localAddresses,
	} as unknown as IWorkflowExecuteAdditionalData;
	return { workflow, node, rows, additionalData };
}
