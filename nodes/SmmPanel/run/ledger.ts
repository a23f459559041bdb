import type { IExecuteFunctions } from 'n8n-workflow';
import type { z } from 'zod';

/**
 * What a node remembers for the length of one execution. n8n runs the whole node again on Retry On Fail, on the
 * Retry button and after a restart; what it keeps of the node in between is its context. A further run of the node
 * in the same execution (a loop) starts with an empty ledger.
 *
 * A retry always starts from what the execution that failed had stored: what another retry of it did is not in here.
 */
export class Ledger {
	/** An AI agent repeats a tool call as a run of its own; the same request in one execution is the same wish. */
	readonly isTool: boolean;
	/** The execution that all retries go back to. */
	readonly origin: string;
	private readonly context: Record<string, unknown>;
	/** Which run of the node in this execution this is; all calls of an agent are one. */
	readonly run: string;

	constructor(node: IExecuteFunctions) {
		this.context = node.getContext('node');
		this.isTool = node.getNode().type.endsWith('Tool');
		this.run = this.isTool ? 'tool' : String(node.evaluateExpression('{{ $runIndex }}', 0));
		const known = this.context[originName];
		this.origin = typeof known === 'string' ? known : node.getExecutionId();
		this.context[originName] = this.origin;
	}

	/** What is remembered under this name; undefined if that is nothing, or nothing that this version can read. */
	recall<Schema extends z.ZodTypeAny>(schema: Schema, name: string): z.output<Schema> | undefined {
		const reading = schema.safeParse(this.context[`${this.run} ${name}`]);
		return reading.success ? (reading.data as z.output<Schema>) : undefined;
	}

	/** Keeps a value that survives being written as JSON. */
	remember(name: string, value: object): void {
		this.context[`${this.run} ${name}`] = value;
	}

	/** An amount that all runs of the node in this execution share, such as what its orders cost so far. */
	total(name: string): number {
		const amount = this.context[`total ${name}`];
		return typeof amount === 'number' ? amount : 0;
	}

	addToTotal(name: string, amount: number): void {
		this.context[`total ${name}`] = this.total(name) + amount;
	}
}

const originName = 'origin';
