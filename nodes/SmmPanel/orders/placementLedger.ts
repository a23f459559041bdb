import { createHash } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import type { Ledger } from '../run/ledger';
import { unknownOutcome } from '../run/unknownOutcome';
import type { OrderRow } from './orderRow';

const placed = z.object({ outcome: z.literal('placed'), order: z.string(), answer: z.string() });
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
export type PlacedOrder = z.output<typeof placed>;

/**
 * Remembers what became of each item's order, so that a repeated try of the execution sends no order twice.
 *
 * An order goes by two names. By what is sent, so that a row whose order was changed is another order, and by the input
 * item and the parameters as they are written, so that an expression that gives something else each time (a time, a
 * random number, the ID of the execution) makes no other order of it. The account is not part of the names of an item:
 * an order that was placed is not placed again because the node was given another credential.
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
	namesOf(row: OrderRow, accountId: string): string[] {
		const { itemIndex, checked, idempotencyKey } = row;
		const sent = JSON.stringify(checked.form);
		// The calls of an AI agent differ in what its expressions give, and in nothing else.
		if (this.ledger.isTool)
			return [`add ${accountId} ${fingerprint(JSON.stringify([sent, idempotencyKey]))}`];
		const written = this.parameters + JSON.stringify(this.items[itemIndex]?.json);
		return [
			`add ${itemIndex} sent ${fingerprint(sent)}`,
			`add ${itemIndex} row ${fingerprint(written)}`,
		];
	}

	/** What an earlier try of this run found out about the same order; undefined if it was not sent. */
	recall(names: readonly string[]): Placement | undefined {
		const known = names.map((name) => this.ledger.recall(placement, name));
		const ofOutcome = (outcome: Placement['outcome']) =>
			known.find((one) => one?.outcome === outcome);
		return ofOutcome('placed') ?? ofOutcome('unknown') ?? ofOutcome('refused');
	}

	remember(names: readonly string[], what: Placement): void {
		for (const name of names) this.ledger.remember(name, what);
	}

	/** What the orders of this execution have cost so far, with those that may have been placed. */
	spent(accountId: string): number {
		return this.ledger.total(`spent ${accountId}`);
	}

	/** An order is about to be sent (its cost), or was surely not placed (its cost, negative). */
	spend(accountId: string, cost: number): void {
		this.ledger.addToTotal(`spent ${accountId}`, cost);
	}
}

function fingerprint(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
