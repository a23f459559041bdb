import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeOperationError,
} from 'n8n-workflow';

import type { PanelClient } from '../../panelApi/client';
import { PanelError } from '../../panelApi/panelError';
import { panelFailure } from '../../panelFailure';
import { failedItem, nothingSent, outputItem, panelFailedItem, rawJson } from '../run/items';
import { orderEcho, orderInWords, type OrderRow } from './orderRow';
import { type Placement, PlacementMemory } from './placementMemory';
import { UsedKeys } from './usedKeys';

type PlacedOrder = Extract<Placement, { outcome: 'placed' }>;

/**
 * Places the orders of all rows, one after the other, each with one attempt. Panels have no way to take an order
 * back and no list of orders, so whatever ends this early names every order placed so far.
 * @throws the error of the first row that fails, unless the user chose to continue on error
 */
export async function placeOrders(
	node: IExecuteFunctions,
	client: PanelClient,
	rows: readonly OrderRow[],
): Promise<INodeExecutionData[]> {
	const run = new Placing(node, client);
	const output: INodeExecutionData[] = [];
	for (const row of rows) output.push(await run.place(row));
	run.hintAtRecalled(rows.length);
	return output;
}

class Placing {
	private readonly memory: PlacementMemory;
	private readonly usedKeys: UsedKeys;
	private readonly placed: Array<{ itemIndex: number; order: string }> = [];
	private recalled = 0;

	constructor(
		private readonly node: IExecuteFunctions,
		private readonly client: PanelClient,
	) {
		this.memory = new PlacementMemory(node);
		this.usedKeys = new UsedKeys(node);
	}

	async place(row: OrderRow): Promise<INodeExecutionData> {
		const [problem] = row.problems;
		if (problem) {
			const all = row.problems.map(({ field, problem: what }) => `${field} ${what}`).join('; ');
			const details = { ...orderEcho(row), fields: row.problems.map(({ field }) => field) };
			return failedItem(row.itemIndex, all, nothingSent, details);
		}
		try {
			return await this.placeChecked(row);
		} catch (error) {
			if (!this.node.continueOnFail()) throw this.failure(row, error);
			if (error instanceof PanelError) {
				return panelFailedItem(row.itemIndex, error, orderDetails(row), whatToLookFor(row, error));
			}
			// All that fails without a word of the panel, such as n8n's database, comes before the order is sent.
			const { message } = error as Error;
			return failedItem(row.itemIndex, message, nothingSent, orderDetails(row));
		}
	}

	/** Tells the user what could not be seen otherwise: that some orders were placed by an earlier try. */
	hintAtRecalled(total: number): void {
		if (this.recalled === 0) return;
		// n8n before 1.79 shows no hints.
		const node: Partial<Pick<IExecuteFunctions, 'addExecutionHints'>> = this.node;
		node.addExecutionHints?.({
			message: `${this.recalled} of ${total} orders had been placed by an earlier try of this execution and were not placed again.`,
			location: 'outputPane',
		});
	}

	private async placeChecked(row: OrderRow): Promise<INodeExecutionData> {
		const earlier = this.memory.recall(row);
		if (earlier?.outcome === 'placed') {
			this.recalled++;
			this.placed.push({ itemIndex: row.itemIndex, order: earlier.order });
			return this.toItem(row, earlier);
		}
		if (earlier?.outcome === 'unknown') {
			throw new PanelError('outcomeUnknown', earlier.message, { detail: earlier.detail });
		}
		if (row.idempotencyKey && !(await this.usedKeys.claim(row.idempotencyKey))) {
			return outputItem(
				{ duplicate: true, idempotencyKey: row.idempotencyKey, ...orderEcho(row) },
				row.itemIndex,
			);
		}
		const placement = await this.send(row);
		this.log(row, placement.order);
		return this.toItem(row, placement);
	}

	private async send(row: OrderRow): Promise<PlacedOrder> {
		this.memory.remember(row, underWay);
		try {
			const { value, raw } = await this.client.add(row.checked.form);
			const placement: PlacedOrder = {
				outcome: 'placed',
				order: value.order,
				answer: JSON.stringify(raw),
			};
			this.memory.remember(row, placement);
			this.placed.push({ itemIndex: row.itemIndex, order: placement.order });
			return placement;
		} catch (error) {
			const failure = asPanelError(error);
			const { message, detail } = failure;
			this.memory.remember(
				row,
				failure.mayHaveActed ? { outcome: 'unknown', message, detail } : { outcome: 'refused' },
			);
			if (failure.mayHaveActed) this.logUnknown(row, message);
			else if (row.idempotencyKey) await this.giveBack(row.idempotencyKey);
			throw failure;
		}
	}

	/** If the process is killed before the node has ended, no other trace of the order's ID is left. */
	private log(row: OrderRow, order: string): void {
		const execution = this.node.getExecutionId();
		this.node.logger.info(
			`Execution ${execution} placed order ${order}: item ${row.itemIndex}, ${orderInWords(row)}`,
		);
	}

	/** Stopping an execution makes n8n forget what the node would have said. */
	private logUnknown(row: OrderRow, message: string): void {
		const execution = this.node.getExecutionId();
		this.node.logger.warn(
			`Execution ${execution} may have placed an order: item ${row.itemIndex}, ${orderInWords(row)}. ${message}`,
		);
	}

	private async giveBack(key: string): Promise<void> {
		try {
			await this.usedKeys.release(key);
		} catch (error) {
			// The words of the panel matter more; a key that stays recorded can only prevent an order.
			this.node.logger.warn(
				`The idempotency key ${key} stays recorded: ${(error as Error).message}`,
			);
		}
	}

	private toItem(row: OrderRow, placement: PlacedOrder): INodeExecutionData {
		const json = row.isSimple
			? { order: placement.order, ...orderEcho(row) }
			: rawJson(JSON.parse(placement.answer));
		return outputItem(json, row.itemIndex);
	}

	private failure(row: OrderRow, error: unknown): Error {
		const context = {
			placed: this.placed.map(({ itemIndex, order }) => ({ item: itemIndex, order })),
		};
		const placedBefore = this.placedInWords();
		if (error instanceof PanelError) {
			return panelFailure(this.node.getNode(), error, row.itemIndex, {
				more: [whatToLookFor(row, error), placedBefore].filter(Boolean).join('\n\n'),
				context: { ...context, ...orderDetails(row) },
			});
		}
		const cause = error instanceof Error ? error : new Error(String(error));
		const nodeError = new NodeOperationError(this.node.getNode(), cause, {
			message: cause.message,
			itemIndex: row.itemIndex,
			description: [(cause as { description?: string }).description, placedBefore]
				.filter(Boolean)
				.join('\n\n'),
		});
		Object.assign(nodeError.context, context);
		return nodeError;
	}

	private placedInWords(): string {
		if (this.placed.length === 0) return 'No order was placed before this one.';
		const list = this.placed
			.map(({ itemIndex, order }) => `${order} (item ${itemIndex})`)
			.join(', ');
		return `Placed before this error: ${list}. A retry of this execution does not place them again.`;
	}
}

/** Stands in the memory while a request is under way, in case nothing can be written there after it. */
const underWay: Placement = {
	outcome: 'unknown',
	message: 'Outcome unknown: the order was being sent when the node stopped',
	detail: '',
};

function orderDetails(row: OrderRow): IDataObject {
	const { idempotencyKey } = row;
	return { ...orderEcho(row), ...(idempotencyKey && { idempotencyKey }) };
}

/** After an unknown outcome the user has to find the order on the panel: what to look for. */
function whatToLookFor(row: OrderRow, error: PanelError): string {
	return error.mayHaveActed ? `The order was: ${orderInWords(row)}.` : '';
}

function asPanelError(error: unknown): PanelError {
	if (error instanceof PanelError) return error;
	return new PanelError('outcomeUnknown', `Outcome unknown: ${(error as Error).message}`);
}
