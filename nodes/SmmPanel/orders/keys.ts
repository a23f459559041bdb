import { randomBytes } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { KeyRows } from './keyRows';

/** What is known of a key: nobody used it; an execution recorded it and never confirmed it; its order was placed. */
export type KeyState = 'free' | 'recorded' | 'confirmed';

/** What stands in the row of a key: both while the order may be under way, the first alone once it was placed. */
const used = 'used';
const unconfirmed = 'unconfirmed';

/** Calls of the database at a time; n8n's own connections to it are few. */
const callsAtOnce = 5;
/** Neither a database that is busy for a moment nor others who claim a key and release it may stop an order. */
const attempts = 5;

/** Whether this n8n keeps a separate row for each key; found out once per process. */
let rowsAreApart: Promise<boolean> | undefined;

/**
 * The idempotency keys that this node has used, in all executions: in n8n's database, for each workflow and node.
 *
 * It holds between executions that overlap, in one process and over workers, without a lock: a key is claimed by
 * writing the row of that key where there is none, which the database lets one of many do. A process that is killed
 * leaves its keys recorded, blocks nobody, and nothing has to be cleaned up after it. In doubt (an answer of the
 * database that was lost) a key stays recorded, which can prevent an order and never makes a second one.
 */
export class IdempotencyKeys {
	private readonly rows: KeyRows;
	/** The keys that were claimed here and neither confirmed nor released. */
	private readonly claimed = new Set<string>();

	constructor(node: IExecuteFunctions) {
		this.rows = new KeyRows(node);
	}

	/** Whether this n8n has the store (1.64 and later). */
	get areKept(): boolean {
		return this.rows.areThere;
	}

	/** The state of each key; nothing is recorded. */
	async look(keys: readonly string[]): Promise<ReadonlyMap<string, KeyState>> {
		await this.proveRowsApart();
		const states = new Map<string, KeyState>();
		await forEachKey(keys, async (key) => states.set(key, await this.stateOf(key)));
		return states;
	}

	/**
	 * Records each free key. Returns the state each key had before: only those that were free are now the caller's.
	 * @throws if the database fails; then no key is the caller's
	 */
	async claim(keys: readonly string[]): Promise<ReadonlyMap<string, KeyState>> {
		await this.proveRowsApart();
		const states = new Map<string, KeyState>();
		const claims = forEachKey(keys, async (key) => states.set(key, await this.claimOne(key)));
		if (await failureOf(claims)) {
			const free = [...states].flatMap(([key, state]) => (state === 'free' ? [key] : []));
			await failureOf(this.release(free));
		}
		await claims;
		return states;
	}

	/**
	 * Records that the orders of these keys were placed.
	 * @throws if the database fails; then a key may stay recorded
	 */
	async confirm(keys: readonly string[]): Promise<void> {
		for (const key of keys) this.claimed.delete(key);
		await forEachKey(keys, async (key) => {
			let failure: unknown;
			for (let attempt = 1; attempt <= attempts; attempt++) {
				failure = await failureOf(this.mark(key));
				if (!failure) return;
			}
			throw failure;
		});
	}

	/**
	 * Releases keys whose orders were surely not placed. Only what was claimed here is released.
	 * @throws if the database fails; then a key may stay recorded
	 */
	async release(keys: readonly string[]): Promise<void> {
		const own = keys.filter((key) => this.claimed.delete(key));
		// One attempt: a second one could take the key from whoever claimed it after a first that did get through.
		await forEachKey(own, async (key) => await this.rows.delete(key));
	}

	private async stateOf(key: string): Promise<KeyState> {
		const entries = await this.rows.count(key);
		if (entries === 0) return 'free';
		return entries === 1 ? 'confirmed' : 'recorded';
	}

	private async claimOne(key: string): Promise<KeyState> {
		const writer = randomName();
		let state: KeyState = 'free';
		let failure: unknown;
		for (let attempt = 1; attempt <= attempts && state === 'free'; attempt++) {
			failure = await failureOf(this.rows.insert(key, [used, unconfirmed], writer));
			if (!failure) {
				this.claimed.add(key);
				return 'free';
			}
			// Another writer's row is there, or the answer was lost: writing once more shows whose row it is.
			if (attempt > 1) state = await this.stateOf(key);
		}
		if (state === 'free') throw failure;
		return state;
	}

	private async mark(key: string): Promise<void> {
		await this.rows.removeEntry(key, unconfirmed);
		if ((await this.stateOf(key)) === 'confirmed') return;
		await this.rows.insert(key, [used], randomName());
	}

	private async proveRowsApart(): Promise<void> {
		const proof = (rowsAreApart ??= this.rows.areApart(randomName()));
		const wasCutShort = (await failureOf(proof)) !== undefined;
		if (wasCutShort && rowsAreApart === proof) rowsAreApart = undefined;
		if (await proof) return;
		throw new Error(
			'This version of n8n stores idempotency keys in a way this node does not know. Update the node, or leave Idempotency Key empty.',
		);
	}
}

/** Short, as it is stored with every key, and no other has it. */
function randomName(): string {
	return randomBytes(12).toString('base64url');
}

/** @throws the first failure, when the work for all keys has ended */
async function forEachKey(
	keys: readonly string[],
	work: (key: string) => Promise<unknown>,
): Promise<void> {
	const waiting = [...new Set(keys)].values();
	const failures: unknown[] = [];
	const lane = async () => {
		for (const key of waiting) {
			const failure = await failureOf(work(key));
			if (failure) failures.push(failure);
		}
	};
	await Promise.all(Array.from({ length: callsAtOnce }, lane));
	if (failures.length > 0) throw failures[0];
}

/** What the work failed with; undefined if it did not. */
async function failureOf(work: Promise<unknown>): Promise<unknown> {
	return await work.then(
		() => undefined,
		(error: unknown) => error ?? new Error('unknown'),
	);
}
