import { createHash } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ExecutionMemory, type UnknownOutcome } from '../run/executionMemory';
import type { OrderRow } from './orderRow';

/**
 * What is known of one item's order in this execution.
 * - `placed`: the panel gave an id. - `refused`: the panel surely did not take it.
 * - `unknown`: it may have been placed; also while the request is under way.
 */
export type Placement =
	| { outcome: 'placed'; order: string; answer: string }
	| { outcome: 'refused' }
	| ({ outcome: 'unknown' } & UnknownOutcome);

/**
 * Remembers what became of each item's order, so that a repeated try of the execution sends no order twice.
 *
 * An order goes by two names. By what is sent, so that a row whose order was changed is another order, and by the input
 * item and the parameters as they are written, so that an expression that gives something else each time (a time, a
 * random number, the ID of the execution) makes no other order of it.
 */
export class PlacementMemory {
	private readonly memory: ExecutionMemory;
	private readonly items: INodeExecutionData[];
	private readonly parameters: string;

	constructor(node: IExecuteFunctions) {
		this.memory = new ExecutionMemory(node);
		this.items = node.getInputData();
		this.parameters = JSON.stringify(node.getNode().parameters);
	}

	/** What an earlier try of this run found out about the same order; undefined if it was not sent. */
	recall(row: OrderRow): Placement | undefined {
		const known = this.namesOf(row).map(
			(name) => this.memory.recall(name) as Placement | undefined,
		);
		const ofOutcome = (outcome: Placement['outcome']) =>
			known.find((placement) => placement?.outcome === outcome);
		return ofOutcome('placed') ?? ofOutcome('unknown') ?? ofOutcome('refused');
	}

	remember(row: OrderRow, placement: Placement): void {
		for (const name of this.namesOf(row)) this.memory.remember(name, placement);
	}

	private namesOf({ itemIndex, checked }: OrderRow): string[] {
		const bySent = `order ${itemIndex}/${fingerprint(JSON.stringify(checked.form))}`;
		// The calls of an AI agent differ in what its expressions give, and in nothing else.
		if (this.memory.isTool) return [bySent];
		const written = this.parameters + JSON.stringify(this.items[itemIndex]?.json);
		return [bySent, `row ${itemIndex}/${fingerprint(written)}`];
	}
}

function fingerprint(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
