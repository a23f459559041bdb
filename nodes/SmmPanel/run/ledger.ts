import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { isRecord } from '../../isRecord';

/** The version of what is written. The one before, 1, wrote no version, and other names: see `recall`. */
const ledgerVersion = 2;

const header = z.object({
	version: z.literal(ledgerVersion).optional(),
	origin: z.string().min(1).optional(),
});

const amount = z.number().finite();

/** Something is remembered under a name, but this version cannot read it. It may be anything: a request that was made. */
export const unreadable = 'unreadable';

/**
 * What a node remembers for the length of one execution. n8n runs the whole node again on Retry On Fail, on the
 * Retry button and after a restart; what it keeps of the node in between is its context. A further run of the node
 * in the same execution (a loop) starts with an empty ledger.
 *
 * A retry always starts from what the execution that failed had stored: what another retry of it did is not in here.
 * That execution may have begun on another version of this node.
 */
export class Ledger {
	/** An AI agent repeats a tool call as a run of its own; the same request in one execution is the same wish. */
	readonly isTool: boolean;
	/** The execution that all retries go back to. */
	readonly origin: string;
	/** Which run of the node in this execution this is; all calls of an agent are one. */
	readonly run: string;
	private readonly context: Record<string, unknown>;
	/** Whether a version that this one does not know has written it: then nothing in it can be trusted to be absent. */
	private readonly isForeign: boolean;

	constructor(node: IExecuteFunctions) {
		const stored: unknown = node.getContext('node');
		this.context = isRecord(stored) ? stored : {};
		this.isTool = node.getNode().type.endsWith('Tool');
		this.run = this.isTool ? 'tool' : String(node.evaluateExpression('{{ $runIndex }}', 0));
		const { version, origin } = this.context;
		const reading = header.safeParse({ version, origin });
		this.isForeign = !isRecord(stored) || !reading.success;
		this.origin = reading.data?.origin ?? originOf(node, this.context);
		if (this.isForeign) return;
		Object.assign(this.context, { version: ledgerVersion, origin: this.origin });
	}

	/**
	 * What is remembered under the first of these names that has anything.
	 * @param names that of this version, and those of versions before it
	 * @returns undefined if that is nothing
	 */
	recall<Schema extends z.ZodTypeAny>(
		schema: Schema,
		...names: string[]
	): z.output<Schema> | typeof unreadable | undefined {
		if (this.isForeign) return unreadable;
		const name = names.find((one) => this.context[`${this.run} ${one}`] !== undefined);
		if (name === undefined) return undefined;
		const reading = schema.safeParse(this.context[`${this.run} ${name}`]);
		return reading.success ? (reading.data as z.output<Schema>) : unreadable;
	}

	/** The names in use that begin like this. */
	namesFrom(start: string): string[] {
		const whole = `${this.run} ${start}`;
		return Object.keys(this.context)
			.filter((name) => name.startsWith(whole))
			.map((name) => name.slice(this.run.length + 1));
	}

	/** Keeps a value that survives being written as JSON. */
	remember(name: string, value: object): void {
		this.context[`${this.run} ${name}`] = value;
	}

	/**
	 * An amount that all runs of the node in this execution share, such as what its orders cost so far.
	 * @returns null if it cannot be read
	 */
	total(name: string): number | null {
		if (this.isForeign) return null;
		const stored = this.context[`total ${name}`];
		return stored === undefined ? 0 : (amount.safeParse(stored).data ?? null);
	}

	addToTotal(name: string, more: number): void {
		const before = this.total(name);
		this.context[`total ${name}`] = before === null ? null : before + more;
	}
}

/** All retries of one execution start from the same content, so where that does not name the execution it stands for it. */
function originOf(node: IExecuteFunctions, context: object): string {
	const isRetry = node.getMode() === 'retry' && Object.keys(context).length > 0;
	return isRetry ? fingerprint(JSON.stringify(context)) : node.getExecutionId();
}

/** A short text that stands for a long one. */
export function fingerprint(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
