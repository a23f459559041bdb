import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';

import type { PollNotes } from './polling/pollNotes';
import type { PollRun } from './polling/pollRun';

/** What one look at the panel came to. */
export interface Sight<Known> {
	/** What happened since the last look, as the content of the items that go out. */
	items: IDataObject[];
	/** What is known from now on. It may hold nothing that neither went out nor was meant to be silent. */
	known: Known;
	/**
	 * How soon what was learnt without an item has to outlive a restart of n8n, in milliseconds since it was saved last;
	 * absent where nothing would be missed.
	 */
	saveWithinMs?: number;
	/** What the next poll should know; absent where nothing changed. */
	notes?: PollNotes;
	/** Lines for n8n's log. */
	log?: string[];
}

/** Soon enough for what is learnt now and then, seldom enough not to be in the way: three minutes. */
export const soonMs = 180_000;
/** Soon enough for a first baseline, which n8n saves by itself when it is that of an activation. */
export const baselineMs = 2 * soonMs;

/** How what is known is kept between polls. */
export interface StoredForm<Known> {
	/** The top-level key in the node's static data. */
	key: string;
	write(known: Known): IDataObject;
	/** Undefined for what is not such a state: then the next look is a first one. */
	read(stored: IDataObject): Known | undefined;
}

/**
 * One thing the trigger can wait for: its row in the Event dropdown, its parameters, what it keeps, and the code.
 * It fires when the panel looks different from what is known, so that working from an older state, as n8n may hand
 * out after a restart, gives the same events again and never fewer.
 */
export interface TriggerEvent<Known = unknown> {
	name: string;
	/** How the nodes panel lists it. */
	action: string;
	/** The dropdown shows two lines of it, about 100 characters. */
	description: string;
	fields: INodeProperties[];
	/** The shape of every item. */
	output: z.ZodTypeAny;
	state: StoredForm<Known>;
	/** Whether what is known depends on the account, as prices do, and not on the panel alone, as order IDs do. */
	dependsOnAccount: boolean;
	/**
	 * Looks at the panel and compares. It changes nothing by itself: a look that takes too long is given up.
	 * @param known undefined at the first look: it sets the baseline
	 * @throws PanelError and n8n's node errors; then nothing is learnt and nothing goes out
	 */
	look(run: PollRun, known: Known | undefined): Promise<Sight<Known>>;
	/** A few real items of the present for "Fetch test event". */
	sample(run: PollRun): Promise<IDataObject[]>;
}
