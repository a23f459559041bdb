import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { z } from 'zod';

import { fingerprint, type Ledger, unreadable } from '../run/ledger';
import { unknownOutcome, unreadableOutcome } from '../run/unknownOutcome';
import type { OrderRow } from './orderRow';
import { outcomeUnknownText } from '../../panelApi/vocabulary/errorKinds';

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
	/** The names that version 1 gave to the orders of each item. */
	private readonly namesBefore = new Map<string, string[]>();

	constructor(
		node: IExecuteFunctions,
		private readonly ledger: Ledger,
	) {
		this.items = node.getInputData();
		this.parameters = writtenOnly(node.getNode().parameters);
		for (const name of [...ledger.namesFrom('order '), ...ledger.namesFrom('row ')]) {
			const [, itemIndex = ''] = name.split(/[ /]/);
			this.namesBefore.set(itemIndex, [...(this.namesBefore.get(itemIndex) ?? []), name]);
		}
	}

	/** The names of an order; they stay the same in all retries of the execution. */
	namesOf({ itemIndex, checked, idempotencyKey }: OrderRow, accountId: string): string[] {
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

	/** What an earlier try of this run found out about an order; undefined if it was not sent. */
	recall(names: readonly string[], row: OrderRow): Placement | undefined {
		return weightiest(this.placementsBy(names)) ?? this.placedBefore(row);
	}

	remember(names: readonly string[], what: Placement): void {
		for (const name of names) this.ledger.remember(name, what);
	}

	/** What the orders of this execution have cost so far, with those that may have been placed; null if nobody knows. */
	spent(accountId: string): number | null {
		return this.ledger.total(`spent ${accountId}`);
	}

	/** An order is about to be sent (its cost), or was surely not placed (its cost, negative). */
	spend(accountId: string, cost: number): void {
		this.ledger.addToTotal(`spent ${accountId}`, cost);
	}

	/**
	 * What version 1 of the ledger says about the order of an item: an execution that began on it may be retried here. It
	 * knew orders by what was sent, which has changed for some types, so an order of the same item that is not the same
	 * by its name may be the same all the same.
	 */
	private placedBefore({ itemIndex, checked }: OrderRow): Placement | undefined {
		const names = this.namesBefore.get(String(itemIndex));
		if (!names) return undefined;
		const bySent = `order ${itemIndex}/${fingerprint(JSON.stringify(checked.form))}`;
		const same = weightiest(this.placementsBy([bySent]));
		if (same) return same;
		const other = weightiest(this.placementsBy(names));
		if (other?.outcome !== 'placed') return other;
		const detail = `An earlier attempt, on the version of this node before this one, placed order ${other.order} for this item. Nothing was sent now.`;
		return {
			outcome: 'unknown',
			message: outcomeUnknownText('this order may have been placed before'),
			detail,
		};
	}

	private placementsBy(names: readonly string[]): Placement[] {
		return names.flatMap((name) => {
			const known = this.ledger.recall(placement, name);
			return known === unreadable ? unreadablePlacement : (known ?? []);
		});
	}
}

function weightiest(placements: readonly Placement[]): Placement | undefined {
	return outcomesByWeight
		.map((weight) => placements.find(({ outcome }) => outcome === weight))
		.find(Boolean);
}

/**
 * The parameters that somebody has written. n8n adds those that this version of the node has with their defaults, which
 * mostly are empty, so that they would be others in the next version.
 */
function writtenOnly(parameters: INodeParameters): string {
	const isEmpty = (value: unknown) =>
		!value || (typeof value === 'object' && Object.keys(value).length === 0);
	return JSON.stringify(parameters, (_name, value: unknown) =>
		isEmpty(value) ? undefined : value,
	);
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
