import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { ExecutionMemory } from '../run/executionMemory';
import type { OrderRow } from './orderRow';

/**
 * What is known of one item's order in this execution.
 * - `placed`: the panel gave an id. - `refused`: the panel surely did not take it.
 * - `unknown`: it may have been placed; also while the request is under way.
 */
export type Placement =
	| { outcome: 'placed'; order: string; answer: string }
	| { outcome: 'refused' }
	| { outcome: 'unknown'; message: string; detail: string };

/** Remembers what became of each item's order, so that a repeated try of the execution sends no order twice. */
export class PlacementMemory {
	private readonly memory: ExecutionMemory;

	constructor(node: IExecuteFunctions) {
		this.memory = new ExecutionMemory(node);
	}

	/** What an earlier try of this run found out about the same order; undefined if it was not sent. */
	recall(row: OrderRow): Placement | undefined {
		return this.memory.recall(nameOf(row)) as Placement | undefined;
	}

	remember(row: OrderRow, placement: Placement): void {
		this.memory.remember(nameOf(row), placement);
	}
}

function nameOf({ itemIndex, checked }: OrderRow): string {
	const fingerprint = createHash('sha256').update(JSON.stringify(checked.form)).digest('base64url');
	return `order ${itemIndex}/${fingerprint.slice(0, 16)}`;
}
