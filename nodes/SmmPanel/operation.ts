import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';

/** One thing the node can do: its row in the Operation dropdown, its parameters, and the code that runs it. */
export interface Operation {
	/** Title Case, without the resource. */
	name: string;
	/** What an AI agent reads: sentence case, with the resource. */
	action: string;
	description: string;
	fields: INodeProperties[];
	/** What one simplified output item holds; the editor shows it before the first run. */
	output: z.ZodTypeAny;
	/** Runs for all input items at once, so that they can share calls; returns their output in the same order. */
	execute(node: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** What operations are about, with an operation for each value of the Operation dropdown. */
export interface Resource {
	name: string;
	value: string;
	operations: Readonly<Record<string, Operation>>;
}
