import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

/** What a row of n8n's table holds; written as JSON. */
interface Row {
	mode: string;
	data: string[];
}

/** What is about to happen: the database reads a row, writes one, or its answer arrives. */
export type StoreStep = 'read' | 'write' | 'answer';

/**
 * n8n's de-duplication store (`deduplication-helper.js`, the same from 1.64 to 2.41) over a table in memory. It loses
 * what n8n's loses: one row for each workflow and node, read, changed and written back in steps that other calls come
 * between. Only writing a row where there is none is one step, and fails if another call was first. The modes that
 * keep a latest value, which nothing here uses, are left out.
 */
export class DeduplicationStore implements IDataDeduplicator {
	/** Called whenever a node wants something recorded, with that. */
	onCheck: (items: DeduplicationItemTypes[]) => void = () => {};

	/** Waited for before each step. Replace it to decide what comes between which steps, or to have one fail. */
	beforeStep: (step: StoreStep) => Promise<void> = async () => await nextTurn();

	private readonly table = new Map<string, string>();

	/** Makes this the store that nodes get. n8n-core takes one in the life of a process. */
	async install(): Promise<void> {
		await DataDeduplicationService.init(this);
	}

	/** The number of rows. */
	get size(): number {
		return this.table.size;
	}

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		{ mode, maxEntries }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		this.onCheck(items);
		const name = nameOfRow(scope, contextData);
		const row = await this.read(name);
		if (row && row.mode !== mode) throw new Error(incompatible);
		const hashes = items.map(hashOf);
		if (!row) {
			await this.insert(name, { mode, data: newest(hashes, maxEntries) });
			return { new: items, processed: [] };
		}
		const known = new Set(row.data);
		const isKnown = hashes.map((hash) => known.has(hash));
		const data = newest([...row.data, ...hashes.filter((_, at) => !isKnown[at])], maxEntries);
		await this.update(name, { ...row, data });
		return {
			new: items.filter((_, at) => !isKnown[at]),
			processed: items.filter((_, at) => isKnown[at]),
		};
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<void> {
		const name = nameOfRow(scope, contextData);
		const row = await this.read(name);
		if (!row) return;
		for (const hash of items.map(hashOf)) {
			const at = row.data.indexOf(hash);
			if (at >= 0) row.data.splice(at, 1);
		}
		await this.update(name, row);
	}

	/** Deletes the row; without arguments, which n8n never leaves out, all rows. */
	async clearAllProcessedItems(
		scope?: DeduplicationScope,
		contextData?: ICheckProcessedContextData,
	): Promise<void> {
		if (!scope || !contextData) return this.table.clear();
		const name = nameOfRow(scope, contextData);
		await this.beforeStep('write');
		this.table.delete(name);
		await this.beforeStep('answer');
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		{ mode }: ICheckProcessedOptions,
	): Promise<number> {
		const row = await this.read(nameOfRow(scope, contextData));
		return mode === 'entries' && row ? row.data.length : 0;
	}

	private async read(name: string): Promise<Row | undefined> {
		await this.beforeStep('read');
		const text = this.table.get(name);
		await this.beforeStep('answer');
		return text === undefined ? undefined : (JSON.parse(text) as Row);
	}

	private async insert(name: string, row: Row): Promise<void> {
		await this.beforeStep('write');
		const isTaken = this.table.has(name);
		if (!isTaken) this.table.set(name, JSON.stringify(row));
		await this.beforeStep('answer');
		if (isTaken) throw new Error('duplicate key value violates unique constraint');
	}

	/** Changes nothing where there is no row any more, as in a database. */
	private async update(name: string, row: Row): Promise<void> {
		await this.beforeStep('write');
		if (this.table.has(name)) this.table.set(name, JSON.stringify(row));
		await this.beforeStep('answer');
	}
}

const incompatible =
	'Deduplication Failed: Deduplication data was originally saved with an incompatible setting of the ‘Keep Items Where’ parameter. Try ’Clean Database’ operation to reset.';

function nameOfRow(
	scope: DeduplicationScope,
	{ node, workflow }: ICheckProcessedContextData,
): string {
	if (!workflow.id) throw new Error('The workflow has no ID');
	return `${workflow.id} ${scope === 'node' ? `n:${node?.id}` : ''}`;
}

function hashOf(item: DeduplicationItemTypes): string {
	return createHash('md5').update(item.toString()).digest('base64');
}

function newest(hashes: string[], maxEntries = hashes.length): string[] {
	return maxEntries ? hashes.slice(Math.max(0, hashes.length - maxEntries)) : hashes;
}
