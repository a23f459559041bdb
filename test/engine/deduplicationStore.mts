import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

/** What n8n keeps in its database for de-duplication, kept in memory: entries by workflow and node. */
export class DeduplicationStore implements IDataDeduplicator {
	/** Called whenever a node looks something up. */
	onCheck: () => void = () => {};

	private readonly entries = new Map<string, DeduplicationItemTypes[]>();

	/** Makes this the store that nodes get. n8n-core takes one in the life of a process. */
	async install(): Promise<void> {
		await DataDeduplicationService.init(this);
	}

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		this.onCheck();
		const known = this.entriesFor(scope, contextData);
		const output: IDeduplicationOutput = { new: [], processed: [] };
		for (const item of items) {
			if (known.includes(item)) output.processed.push(item);
			else output.new.push(item);
		}
		known.push(...output.new);
		if (options.maxEntries) known.splice(0, known.length - options.maxEntries);
		return output;
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<void> {
		const known = this.entriesFor(scope, contextData);
		for (const item of items) {
			const index = known.indexOf(item);
			if (index >= 0) known.splice(index, 1);
		}
	}

	async clearAllProcessedItems(): Promise<void> {
		this.entries.clear();
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<number> {
		return this.entriesFor(scope, contextData).length;
	}

	private entriesFor(
		scope: DeduplicationScope,
		{ node, workflow }: ICheckProcessedContextData,
	): DeduplicationItemTypes[] {
		const key = `${workflow.id} ${scope === 'node' ? node?.id : ''}`;
		const entries = this.entries.get(key) ?? [];
		this.entries.set(key, entries);
		return entries;
	}
}
