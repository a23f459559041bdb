import { parse } from 'flatted';
import type {
	ExecutionStatus,
	IDataObject,
	INodeExecutionData,
	IRunExecutionData,
	ITaskData,
} from 'n8n-workflow';

/** What `/rest/executions/:id` answers. */
export interface StoredExecution {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: string;
	finished: boolean;
	retryOf?: string | null;
	startedAt: string;
	stoppedAt?: string;
	/** The run data, flattened. */
	data: string;
}

/** The parts of a node's or workflow's error that tests look at. */
export interface ExecutionError extends IDataObject {
	name: string;
	message: string;
	description?: string | null;
}

/** An execution as n8n has stored it, with its data unpacked. */
export class Execution {
	readonly id: string;
	readonly workflowId: string;
	readonly status: ExecutionStatus;
	readonly mode: string;
	readonly retryOf?: string | null;
	/** Everything stored, as text: the place to search for what must not be stored. */
	readonly text: string;
	/** The unpacked run data, for what the methods do not offer. */
	readonly data: IRunExecutionData;

	constructor(stored: StoredExecution) {
		this.id = stored.id;
		this.workflowId = stored.workflowId;
		this.status = stored.status;
		this.mode = stored.mode;
		this.retryOf = stored.retryOf;
		this.text = JSON.stringify(stored);
		this.data = parse(stored.data) as IRunExecutionData;
	}

	/** The error that ended the execution. */
	get error(): ExecutionError | undefined {
		return this.data?.resultData.error as ExecutionError | undefined;
	}

	/** The runs of a node, in order. */
	runs(node: string): ITaskData[] {
		return this.data?.resultData.runData[node] ?? [];
	}

	/** The items that a node put out: on its first branch and in its last run, unless told. */
	items(node: string, branch = 0, run = -1): INodeExecutionData[] {
		return this.runs(node).at(run)?.data?.main?.[branch] ?? [];
	}

	/** The `json` of these items. */
	json(node: string, branch = 0, run = -1): IDataObject[] {
		return this.items(node, branch, run).map((item) => item.json);
	}
}
