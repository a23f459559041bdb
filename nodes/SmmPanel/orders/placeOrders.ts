import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { PanelClient } from '../../panelApi/client';
import { PanelError } from '../../panelApi/panelError';
import { unknownOutcome } from '../run/executionMemory';
import { outputItem, rawJson } from '../run/items';
import { openClient } from '../run/accounts';
import { guardRows } from './guardRows';
import { orderEcho, orderInWords, type OrderRow } from './orderRow';
import { type Placement, PlacementMemory } from './placementMemory';
import { failedRow, PlacingErrors, problemItem } from './placingErrors';
import { IdempotencyKeys } from './keys';

type PlacedOrder = Extract<Placement, { outcome: 'placed' }>;
type SettledPlacement = Exclude<Placement, { outcome: 'refused' }>;

/**
 * Places the orders of all rows, one after the other, each with one attempt. Panels have no way to take an order
 * back and no list of orders, so whatever ends this early names every order placed so far, by an earlier try too.
 * @throws the error of the first row that fails, unless the user chose to continue on error
 */
export async function placeOrders(
	node: IExecuteFunctions,
	rows: readonly OrderRow[],
): Promise<INodeExecutionData[]> {
	const run = new Placing(node, rows);
	await run.lookBeforePaying();
	const output: INodeExecutionData[] = [];
	for (const row of rows) output.push(await run.place(row));
	run.hintAtRecalled(rows.length);
	return output;
}

class Placing {
	private readonly memory: PlacementMemory;
	private readonly keys: IdempotencyKeys;
	/** What an earlier try of this execution came to. Nothing that is wrong with such a row now counts any more. */
	private readonly settled = new Map<OrderRow, SettledPlacement>();
	/** The rows that may be sent. */
	private readonly open: OrderRow[];
	private readonly errors: PlacingErrors;
	private client!: PanelClient;
	/** Why no order can be placed now, whatever its row says. */
	private obstacle?: { error: unknown; more: string };
	private recalled = 0;

	constructor(
		private readonly node: IExecuteFunctions,
		rows: readonly OrderRow[],
	) {
		this.memory = new PlacementMemory(node);
		this.keys = new IdempotencyKeys(node);
		this.errors = new PlacingErrors(node);
		for (const row of rows) {
			const earlier = this.memory.recall(row);
			if (!earlier || earlier.outcome === 'refused') continue;
			this.settled.set(row, earlier);
			if (earlier.outcome === 'placed') this.errors.notePlaced(row, earlier.order);
		}
		this.open = rows.filter((row) => !this.settled.has(row));
	}

	/**
	 * Checks all that is to be sent before the first of it is.
	 * @throws the error for what is wrong, unless the user chose to continue on error
	 */
	async lookBeforePaying(): Promise<void> {
		this.stopAtUnknown();
		if (this.open.length === 0) return;
		await this.attempt('', async () => {
			this.client = await openClient(this.node);
		});
		this.stopAtProblems();
		const more = `The prices could not be read, so ${this.errors.nothingOrdered}.`;
		await this.attempt(more, async () => await this.checkPrices());
		this.stopAtProblems();
	}

	async place(row: OrderRow): Promise<INodeExecutionData> {
		const earlier = this.settled.get(row);
		if (!earlier && row.problems.length > 0) return problemItem(row);
		if (!earlier && this.obstacle) return failedRow(row, this.obstacle.error, this.obstacle.more);
		try {
			return earlier ? this.recall(row, earlier) : await this.placeOpen(row);
		} catch (error) {
			if (this.node.continueOnFail()) return failedRow(row, error);
			throw this.errors.ofRow(row, error);
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

	private stopAtUnknown(): void {
		if (this.node.continueOnFail()) return;
		for (const [row, earlier] of this.settled) {
			if (earlier.outcome !== 'unknown') continue;
			throw this.errors.ofRow(row, unknownOutcome(earlier));
		}
	}

	private stopAtProblems(): void {
		const problems = this.open.flatMap((row) => row.problems);
		if (problems.length === 0 || this.node.continueOnFail()) return;
		throw this.errors.ofProblems(problems);
	}

	/** Does what all open rows need; where it fails, none of them can be placed. */
	private async attempt(more: string, work: () => Promise<void>): Promise<void> {
		const [first] = this.open;
		if (this.obstacle || !first) return;
		try {
			await work();
		} catch (error) {
			if (!this.node.continueOnFail()) throw this.errors.ofAll(first, error, more);
			this.obstacle = { error, more };
		}
	}

	private async checkPrices(): Promise<void> {
		const good = this.open.filter(({ problems }) => problems.length === 0);
		await guardRows(this.client, good);
		for (const { problems, idempotencyKey } of good) {
			// An order that was placed by an earlier execution may cost what it likes by now.
			if (problems.length === 0 || !idempotencyKey) continue;
			const states = await this.keys.look([idempotencyKey]);
			if (states.get(idempotencyKey) === 'confirmed') problems.length = 0;
		}
	}

	/** Gives back what an earlier try came to, and sends nothing. */
	private recall(row: OrderRow, earlier: SettledPlacement): INodeExecutionData {
		if (earlier.outcome === 'unknown') throw unknownOutcome(earlier);
		this.recalled++;
		return this.toItem(row, earlier);
	}

	private async placeOpen(row: OrderRow): Promise<INodeExecutionData> {
		const { idempotencyKey: key } = row;
		const state = key ? (await this.keys.claim([key])).get(key) : 'free';
		if (state === 'recorded') throw neverConfirmed(key);
		if (state === 'confirmed') {
			return outputItem({ duplicate: true, idempotencyKey: key, ...orderEcho(row) }, row.itemIndex);
		}
		const placement = await this.send(row);
		this.log(row, placement.order);
		return this.toItem(row, placement);
	}

	private async send(row: OrderRow): Promise<PlacedOrder> {
		this.memory.remember(row, underWay());
		try {
			const { value, raw } = await this.client.add(row.checked.form);
			const placement: PlacedOrder = {
				outcome: 'placed',
				order: value.order,
				answer: JSON.stringify(raw),
			};
			this.memory.remember(row, placement);
			this.errors.notePlaced(row, placement.order);
			if (row.idempotencyKey) await this.confirm(row.idempotencyKey);
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

	private async confirm(key: string): Promise<void> {
		try {
			await this.keys.confirm([key]);
		} catch (error) {
			// The ID of the order matters more; a key that stays recorded can only prevent an order.
			this.node.logger.warn(
				`The idempotency key ${key} was not confirmed: ${(error as Error).message}`,
			);
		}
	}

	private async giveBack(key: string): Promise<void> {
		try {
			await this.keys.release([key]);
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
}

/** Stands in the memory while a request is under way, in case nothing can be written there after it. */
function underWay(): Placement {
	return {
		outcome: 'unknown',
		message: 'Outcome unknown: the order was being sent when the node stopped',
		detail: `It was sent at ${new Date().toISOString()} and may have been placed.`,
	};
}

/** Another execution recorded the key: it is sending the order now, was killed, or never learned what became of it. */
function neverConfirmed(key: string): PanelError {
	return new PanelError(
		'outcomeUnknown',
		`Outcome unknown: an order with the idempotency key ${key} may have been placed`,
		{
			detail: 'Another execution recorded this key and has not confirmed it. Nothing was sent now.',
		},
	);
}

function asPanelError(error: unknown): PanelError {
	if (error instanceof PanelError) return error;
	return new PanelError('outcomeUnknown', `Outcome unknown: ${(error as Error).message}`);
}
