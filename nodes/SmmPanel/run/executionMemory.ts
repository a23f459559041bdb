import type { IExecuteFunctions } from 'n8n-workflow';

import { PanelError } from '../../panelApi/panelError';

/** What is remembered of a request that may have been carried out. */
export interface UnknownOutcome {
	message: string;
	detail: string;
}

/** The error that told of it, for a repeated try, which must not send the request again. */
export function unknownOutcome({ message, detail }: UnknownOutcome): PanelError {
	return new PanelError('outcomeUnknown', message, { detail });
}

/**
 * What a node remembers for the length of one execution. n8n runs the whole node again on Retry On Fail, on the
 * Retry button and after a restart; what it keeps of the node in between is its context. A further run of the node
 * in the same execution (a loop) starts with an empty memory.
 */
export class ExecutionMemory {
	private readonly context: Record<string, unknown>;
	private readonly run: string;
	readonly isTool: boolean;

	constructor(node: IExecuteFunctions) {
		this.context = node.getContext('node');
		// An AI agent repeats a tool call as a run of its own; the same request in one execution is the same wish.
		this.isTool = node.getNode().type.endsWith('Tool');
		this.run = this.isTool ? 'tool' : String(node.evaluateExpression('{{ $runIndex }}', 0));
	}

	recall(name: string): unknown {
		return this.context[`${this.run} ${name}`];
	}

	/** Keeps a value that survives being written as JSON. */
	remember(name: string, value: object): void {
		this.context[`${this.run} ${name}`] = value;
	}
}
