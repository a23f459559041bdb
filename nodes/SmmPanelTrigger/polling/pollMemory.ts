import type { IPollFunctions } from 'n8n-workflow';

import type { StoredState } from './storedState';

/** What this process remembers of one trigger node beside what n8n stores. All of it may be lost at any time. */
export interface TriggerMemory {
	/** What polls without items have learnt, by state key: see `recall`. */
	unsaved: Map<string, { after: number | undefined; state: StoredState }>;
	/** The ID to begin with, where the last poll could not ask about all. */
	nextId?: string;
	/** The IDs that the panel refused and the log was told about. */
	reportedIds: Set<string>;
	/** What the log was told about cells of the watch list that can be no IDs. */
	reportedFaults?: string;
}

/** The memories of all trigger nodes in this process. n8n may hand each poll a `this` of its own. */
export class PollMemory {
	private readonly triggers = new Map<string, TriggerMemory>();
	private readonly seen = new WeakSet<IPollFunctions>();
	private readonly busy = new WeakSet<IPollFunctions>();

	/** What is remembered of the node that this poll belongs to. */
	of(poll: IPollFunctions): TriggerMemory {
		const key = `${poll.getWorkflow().id} ${poll.getNode().id}`;
		const known = this.triggers.get(key);
		if (known) return known;
		const fresh: TriggerMemory = { unsaved: new Map(), reportedIds: new Set() };
		this.triggers.set(key, fresh);
		return fresh;
	}

	/** Whether this is the first question about this `this`: in n8n's usual engine the poll of the activation. */
	isFirst(poll: IPollFunctions): boolean {
		const isFirst = !this.seen.has(poll);
		this.seen.add(poll);
		return isFirst;
	}

	/** Runs a poll, or does nothing while the one before still runs: n8n starts them by the clock. */
	async exclusively<Result>(
		poll: IPollFunctions,
		run: () => Promise<Result | null>,
	): Promise<Result | null> {
		if (this.busy.has(poll)) return null;
		this.busy.add(poll);
		try {
			return await run();
		} finally {
			this.busy.delete(poll);
		}
	}
}
