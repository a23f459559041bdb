import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import { fingerprint, type Ledger, unreadable } from '../run/ledger';
import { unknownOutcome, unreadableOutcome } from '../run/unknownOutcome';
import type { OrderRow } from './orderRow';

const placed = z.object({
	outcome: z.literal('placed'),
	order: z.string(),
	answer: z.string().refine(isJson),
});
const placement = z.discriminatedUnion('outcome', [
	placed,
	z.object({ outcome: z.literal('refused') }),
	unknownOutcome.extend({ outcome: z.literal('unknown') }),
]);

/**
 * What is known of one item's order in this execution.
 * - `placed`: the panel gave an ID. - `refused`: the panel surely did not take it.
 * - `unknown`: it may have been placed; also while the request is under way.
 */
export type Placement = z.output<typeof placement>;

/** What an order is remembered by. */
export interface OrderNames {
	now: readonly string[];
	/** In version 1 of the ledger: an execution that began on it may be retried on this one. */
	before: readonly string[];
}

/** What counts most where the names of one order say different things, first. */
const outcomesByWeight = ['placed', 'unknown', 'refused'] as const;

/**
 * Remembers what became of each item's order, so that a repeated try of the execution sends no order twice.
 *
 * An order has two names. One is made of what is sent, so that a row whose order was changed is another order; the other
 * of the input item and the parameters as they are written, so that an expression that gives something else each time (a
 * time, a random number, the ID of the execution) makes no other order of it. The account is not part of the names of an
 * item: an order that was placed is not placed again because the node was given another credential.
 */
export class PlacementLedger {
	private readonly items: INodeExecutionData[];
	private readonly parameters: string;

	constructor(
		node: IExecuteFunctions,
		private readonly ledger: Ledger,
	) {
		this.items = node.getInputData();
		this.parameters = JSON.stringify(node.getNode().parameters);
	}

	/** The names of an order; they stay the same in all retries of the execution. */
	namesOf({ itemIndex, checked, idempotencyKey }: OrderRow, accountId: string): OrderNames {
		const sent = JSON.stringify(checked.form);
		const bySent = fingerprint(sent);
		// The calls of an AI agent differ in what its expressions give, and in nothing else.
		if (this.ledger.isTool) {
			const withKey = fingerprint(JSON.stringify([sent, idempotencyKey]));
			return { now: [`add ${accountId} ${withKey}`], before: [`order ${itemIndex}/${bySent}`] };
		}
		const byRow = fingerprint(this.parameters + JSON.stringify(this.items[itemIndex]?.json));
		return {
			now: [`add ${itemIndex} sent ${bySent}`, `add ${itemIndex} row ${byRow}`],
			before: [`order ${itemIndex}/${bySent}`, `row ${itemIndex}/${byRow}`],
		};
	}

	/** What an earlier try of this run found out about an order; undefined if it was not sent. */
	recall({ now, before }: OrderNames): Placement | undefined {
		const known = [...now, ...before].map((name) => this.ledger.recall(placement, name));
		const read = known.map((one) => (one === unreadable ? unreadablePlacement : one));
		return outcomesByWeight
			.map((outcome) => read.find((one) => one?.outcome === outcome))
			.find(Boolean);
	}

	remember({ now }: OrderNames, what: Placement): void {
		for (const name of now) this.ledger.remember(name, what);
	}

	/** What the orders of this execution have cost so far, with those that may have been placed; null if nobody knows. */
	spent(accountId: string): number | null {
		return this.ledger.total(`spent ${accountId}`);
	}

	/** An order is about to be sent (its cost), or was surely not placed (its cost, negative). */
	spend(accountId: string, cost: number): void {
		this.ledger.addToTotal(`spent ${accountId}`, cost);
	}
}

const unreadablePlacement: Placement = { outcome: 'unknown', ...unreadableOutcome };

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
