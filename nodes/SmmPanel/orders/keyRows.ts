import { createHash } from 'crypto';
import type { DeduplicationMode, IExecuteFunctions, INode } from 'n8n-workflow';

const scope = 'node';
const entriesMode = { mode: 'entries' } as const;

/**
 * Rows of n8n's de-duplication store, one for each key.
 *
 * n8n keeps all entries of a node in one row of its database, which every call reads, changes and writes back: calls of
 * executions that overlap lose each other's entries, and every call costs as much as there are entries. Two things are
 * different: writing a row where there is none (the database lets one of many through) and deleting one. With a row for
 * each key nothing else is needed.
 *
 * n8n names a row by the workflow and the ID of the node, which it reads from the node it runs, before it waits for
 * anything. So the node bears another ID for the moment of the call, and for nobody else: no other code runs in
 * between. Seen in n8n 1.66, 1.123 and 2.41; `areApart` proves it, so that an n8n where it is not so orders nothing.
 */
export class KeyRows {
	/** The node as n8n has it, not a copy. Undefined if this n8n does not hand it out, or has no store. */
	private readonly liveNode?: INode;

	constructor(private readonly node: IExecuteFunctions) {
		if (typeof node.helpers.checkProcessedAndRecord !== 'function') return;
		this.liveNode = liveNodeOf(node);
	}

	get areThere(): boolean {
		return this.liveNode !== undefined;
	}

	/** The number of entries in the row of this key; 0 if there is none. Reads only. */
	async count(key: string): Promise<number> {
		return await this.at(
			key,
			async ({ getProcessedDataCount }) => await getProcessedDataCount(scope, entriesMode),
		);
	}

	/**
	 * Writes a row for this key with these entries. Repeated with the same `writer`, it changes nothing and resolves.
	 * @throws if another writer's row is there (it stays as it is), or the database fails
	 */
	async insert(key: string, entries: string[], writer: string): Promise<void> {
		// n8n refuses to touch a row that was written in another mode, and takes any text for a mode.
		const options = { mode: writer as DeduplicationMode };
		await this.at(
			key,
			async ({ checkProcessedAndRecord }) => await checkProcessedAndRecord(entries, scope, options),
		);
	}

	/** Takes an entry out of the row of this key, whoever wrote it. */
	async removeEntry(key: string, entry: string): Promise<void> {
		await this.at(
			key,
			async ({ removeProcessed }) => await removeProcessed([entry], scope, entriesMode),
		);
	}

	async delete(key: string): Promise<void> {
		await this.at(
			key,
			async ({ clearAllProcessedItems }) => await clearAllProcessedItems(scope, entriesMode),
		);
	}

	/** Whether two keys have two rows: writes a row of a key that nobody has, looks at it and at another, deletes it. */
	async areApart(probe: string): Promise<boolean> {
		await this.insert(probe, ['probe'], probe);
		try {
			return (await this.count(probe)) === 1 && (await this.count(`${probe} other`)) === 0;
		} finally {
			await this.delete(probe);
		}
	}

	private async at<Result>(
		key: string,
		call: (helpers: IExecuteFunctions['helpers']) => Promise<Result>,
	): Promise<Result> {
		if (!this.liveNode) throw new Error('This n8n has no de-duplication store');
		const { id } = this.liveNode;
		let result: Promise<Result>;
		this.liveNode.id = `${id}/${digestOf(key)}`;
		try {
			result = call(this.node.helpers);
		} finally {
			this.liveNode.id = id;
		}
		return await result;
	}
}

/** n8n's contexts hand out copies of their node; the node itself is a property of newer ones, and what they execute. */
function liveNodeOf(context: IExecuteFunctions): INode | undefined {
	const candidates = [
		(context as { node?: INode }).node,
		(context as Partial<Pick<IExecuteFunctions, 'getExecuteData'>>).getExecuteData?.().node,
	];
	return candidates.find((candidate) => candidate && isLive(candidate, context));
}

function isLive(candidate: INode, context: IExecuteFunctions): boolean {
	const { id } = candidate;
	const marked = `${id}/`;
	if (!Reflect.set(candidate, 'id', marked)) return false;
	try {
		return context.getNode().id === marked;
	} finally {
		candidate.id = id;
	}
}

function digestOf(key: string): string {
	return createHash('sha256').update(key).digest('hex').slice(0, 40);
}
