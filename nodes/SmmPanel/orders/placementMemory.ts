import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

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

/**
 * Remembers, for the length of one execution, what became of each item. n8n runs the whole node again on Retry On
 * Fail, on the Retry button and after a restart; what it keeps of the node in between is its context.
 */
export class PlacementMemory {
	private readonly context: Record<string, unknown>;
	private readonly isTool: boolean;
	private readonly runIndex: number;

	constructor(node: IExecuteFunctions) {
		this.context = node.getContext('node');
		this.isTool = node.getNode().type.endsWith('Tool');
		this.runIndex = Number(node.evaluateExpression('{{ $runIndex }}', 0)) || 0;
	}

	/** What an earlier try of this run found out about the same order; undefined if it was not sent. */
	recall(row: OrderRow): Placement | undefined {
		return this.context[this.keyOf(row)] as Placement | undefined;
	}

	remember(row: OrderRow, placement: Placement): void {
		this.context[this.keyOf(row)] = placement;
	}

	private keyOf({ itemIndex, checked }: OrderRow): string {
		const fingerprint = createHash('sha256')
			.update(JSON.stringify(checked.form))
			.digest('base64url');
		// An AI agent repeats a tool call as a run of its own; the same order in one execution is the same wish.
		const place = this.isTool ? 'tool' : `${this.runIndex}/${itemIndex}`;
		return `order ${place}/${fingerprint.slice(0, 16)}`;
	}
}
