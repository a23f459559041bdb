import type { IPollFunctions } from 'n8n-workflow';

import { emptyNotes, type PollNotes } from './pollNotes';
import type { SavingMemory } from './silentSaving';
import type { StoredState } from './stateShape';

/** What is remembered of the states of one trigger node, by state key. */
export interface StateMemory {
	/** What polls without items have learnt: see `recall`. */
	unsaved: Map<string, { after: number | undefined; state: StoredState }>;
	/** The newest state that went out with items, and when: see `isUnsettled`. */
	emitted: Map<string, { since: number; at: number }>;
}

/** What this process remembers of one trigger node beside what n8n stores. All of it may be lost at any time. */
export interface TriggerMemory extends StateMemory {
	notes: PollNotes;
	saving: SavingMemory;
	/** The poll under way. */
	running?: Promise<unknown>;
}

/**
 * The memories of all trigger nodes in this process, by workflow and node: n8n's schedulers hand each poll a `this` of
 * its own.
 */
export class PollMemory {
	/** Whether polls by the clock were seen to share their `this`, as in n8n's usual engine: one process has one engine. */
	sharesThis = false;
	private readonly triggers = new Map<string, TriggerMemory>();
	private readonly seen = new WeakSet<IPollFunctions>();

	/** What is remembered of the node that this poll belongs to. */
	of(poll: IPollFunctions): TriggerMemory {
		const key = `${poll.getWorkflow().id} ${poll.getNode().id}`;
		const known = this.triggers.get(key);
		if (known) return known;
		const fresh: TriggerMemory = {
			unsaved: new Map(),
			emitted: new Map(),
			notes: emptyNotes,
			saving: {},
		};
		this.triggers.set(key, fresh);
		return fresh;
	}

	/** Whether this is the first question about this `this`: in n8n's usual engine the poll of the activation. */
	isFirst(poll: IPollFunctions): boolean {
		const isFirst = !this.seen.has(poll);
		this.seen.add(poll);
		if (!isFirst) this.sharesThis = true;
		return isFirst;
	}
}

/**
 * Runs a poll when no other of the same node runs: n8n starts them by the clock, however long they take.
 * @param waits whether to wait for the one before, as an activation does; else the poll does nothing
 */
export async function exclusively<Result>(
	trigger: TriggerMemory,
	waits: boolean,
	run: () => Promise<Result | null>,
): Promise<Result | null> {
	if (trigger.running && !waits) return null;
	while (trigger.running) await trigger.running;
	const work = run();
	const settled = work.then(
		() => {},
		() => {},
	);
	trigger.running = settled;
	try {
		return await work;
	} finally {
		if (trigger.running === settled) trigger.running = undefined;
	}
}
