import type { IExecuteFunctions } from 'n8n-workflow';

const scope = 'node';
/** n8n keeps this many keys of a node; beyond it the oldest are forgotten. */
export const keptKeys = 100_000;
const options = { mode: 'entries', maxEntries: keptKeys } as const;

/**
 * The idempotency keys this node has used, in all executions: n8n's own de-duplication store, in its database.
 * It survives restarts and is shared by workers, but two executions at the very same instant can both get a key.
 */
export class UsedKeys {
	constructor(private readonly node: IExecuteFunctions) {}

	/** Whether this n8n has the store. */
	get areKept(): boolean {
		return typeof this.node.helpers.checkProcessedAndRecord === 'function';
	}

	/** Records the key. False if it was used before: then nothing may be sent for it. */
	async claim(key: string): Promise<boolean> {
		const { processed } = await this.node.helpers.checkProcessedAndRecord([key], scope, options);
		return processed.length === 0;
	}

	/** Whether the key was used before; it stays as it is. */
	async has(key: string): Promise<boolean> {
		if (!(await this.claim(key))) return true;
		await this.release(key);
		return false;
	}

	/** Gives a key back whose order was surely not placed. */
	async release(key: string): Promise<void> {
		await this.node.helpers.removeProcessed([key], scope, options);
	}
}
