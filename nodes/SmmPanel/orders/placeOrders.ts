import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Account } from '../run/accounts';
import { accountsOf } from '../run/accounts';
import { inPool } from '../run/inPool';
import type { ItemProblem } from '../run/itemProblems';
import { Ledger } from '../run/ledger';
import { AccountRun } from './accountRun';
import { allMarks, type Candidate, groupedByAccount, marksOf, targetOf } from './candidate';
import { IdempotencyKeys } from './keys';
import { hasGuard } from './limits';
import { type OrderRow, orderRowReader, type ReadOrderRow } from './orderRow';
import { PlacementLedger } from './placementLedger';
import { placeOne } from './placeOne';
import { reportPlacements } from './placementReport';
import { planRows } from './plan';
import { type PricedRow, priceRows, type Prices } from './pricedRows';
import { type RowResult, settledResult } from './rowResult';
import { recordedTwin } from './twins';

/**
 * Places an order for each input item, several at a time, each with one attempt. Panels have no way to take an order
 * back and no list of orders, so whatever ends this early names every order placed so far, by an earlier try too.
 *
 * Everything is looked at before the first order is sent: rows, what earlier tries came to, prices, money. One step at
 * the end makes the items, or throws.
 * @throws the error of what failed, unless the user chose to continue on error
 */
export async function placeOrders(node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const readRow = orderRowReader(node);
	const rows = node.getInputData().map((_, itemIndex) => readRow(itemIndex));
	const run = new PlacementRun(node, rows, readRow);
	await run.settle();
	if (!run.mustStop) await run.priceAndPlan();
	if (!run.mustStop) await run.place();
	return reportPlacements(node, run.reported());
}

class PlacementRun {
	private readonly ledger: PlacementLedger;
	private readonly keys: IdempotencyKeys;
	private readonly memory: Ledger;
	private readonly results = new Map<number, RowResult>();
	private readonly accounts = new Map<Account, AccountRun>();
	/** The rows that had to be read again, as orders of the type that the catalogue gives their service. */
	private readonly rereadRows = new Map<number, OrderRow>();
	private candidates: Candidate[] = [];

	constructor(
		private readonly node: IExecuteFunctions,
		private readonly rows: readonly OrderRow[],
		private readonly readRow: ReadOrderRow,
	) {
		this.memory = new Ledger(node);
		this.ledger = new PlacementLedger(node, this.memory);
		this.keys = new IdempotencyKeys(node);
	}

	/** Whether something went wrong that ends the run, because the user did not choose to continue on error. */
	get mustStop(): boolean {
		return (
			!this.node.continueOnFail() &&
			[...this.results.values()].some(
				({ outcome }) => outcome === 'failed' || outcome === 'invalid',
			)
		);
	}

	reported() {
		return this.rows.map((row) => ({
			row: this.rereadRows.get(row.itemIndex) ?? row,
			result: this.results.get(row.itemIndex),
		}));
	}

	/** What earlier tries came to counts more than anything that is wrong with a row now. */
	async settle(): Promise<void> {
		const accounts = await accountsOf(this.node);
		// Only a retry can have a twin: another retry of the same execution.
		const isRetry = this.node.getMode() === 'retry' && this.keys.areKept;
		const retryOf = isRetry ? `${this.memory.origin} ${this.memory.run}` : undefined;
		for (const row of this.rows) {
			const account = accounts[row.itemIndex] ?? noAccount;
			const names = this.ledger.namesOf(row, account instanceof Error ? '' : account.id);
			const earlier = this.ledger.recall(names, row);
			if (earlier && earlier.outcome !== 'refused') {
				this.results.set(row.itemIndex, settledResult(earlier, this.memory.isTool));
			} else if (account instanceof Error) {
				this.results.set(row.itemIndex, { outcome: 'failed', error: account });
			} else {
				const marks = marksOf(row, account, names, retryOf);
				this.candidates.push({ row, account, names, marks, cost: null });
			}
		}
		if (this.mustStop) return;
		await this.settleByMarks();
		for (const { row } of this.openCandidates()) {
			const problems = [...row.problems, ...this.problemsWithKeys(row)];
			if (problems.length > 0)
				this.results.set(row.itemIndex, { outcome: 'invalid', kind: 'input', problems });
		}
	}

	/** Prices are read for each account on its own; where they cannot be, none of its orders is placed. */
	async priceAndPlan(): Promise<void> {
		for (const [account, candidates] of groupedByAccount(this.openCandidates())) {
			const rows = candidates.map(({ row }) => row);
			try {
				const prices = await priceRows(this.node, this.readRow, account, rows);
				this.accounts.set(account, new AccountRun(account, prices));
				this.noteRows(prices.rows);
				this.plan(account, prices);
			} catch (error) {
				const placed = [...this.results.values()].some(({ outcome }) => outcome === 'placed');
				const note = `The prices could not be read, so nothing ${placed ? 'more ' : ''}was ordered.`;
				for (const { itemIndex } of rows) {
					this.results.set(itemIndex, { outcome: 'failed', error: error as Error, note });
				}
			}
		}
	}

	async place(): Promise<void> {
		const open = this.openCandidates();
		const { node, ledger, keys } = this;
		const tools = { node, ledger, keys, confirmations: [], placedHere: new Map<string, string>() };
		const accountRuns = [...this.accounts.values()];
		await inPool(open, {
			size: Math.min(...open.map(({ row }) => row.parallelOrders)),
			namesOf: (candidate) => [...allMarks(candidate), targetOf(candidate)],
			isHalted: () => this.mustStop || accountRuns.some(({ isInDoubt }) => isInDoubt),
			work: async (candidate) => {
				const account = this.accounts.get(candidate.account) as AccountRun;
				this.results.set(candidate.row.itemIndex, await placeOne(tools, account, candidate));
			},
		});
		await Promise.all(tools.confirmations);
	}

	/** An order that another execution placed may cost what it likes by now. */
	private async settleByMarks(): Promise<void> {
		const isPriced = this.candidates.some(({ row }) => hasGuard(row.limits));
		const marks = this.candidates.flatMap(allMarks);
		if (!isPriced || marks.length === 0 || !this.keys.areKept) return;
		const states = await this.keys.look(marks);
		for (const candidate of this.candidates) {
			const twin = recordedTwin(candidate, states);
			if (twin && twin.outcome !== 'failed') this.results.set(candidate.row.itemIndex, twin);
		}
	}

	private problemsWithKeys({ itemIndex, idempotencyKey }: OrderRow): ItemProblem[] {
		if (!idempotencyKey || this.keys.areKept) return [];
		const problem = 'needs n8n 1.64 or later, which remembers keys: update n8n, or leave it empty';
		return [{ itemIndex, field: 'Idempotency Key', problem }];
	}

	private noteRows(priced: readonly PricedRow[]): void {
		const byItem = new Map(priced.map((one) => [one.row.itemIndex, one]));
		for (const { row } of priced) this.rereadRows.set(row.itemIndex, row);
		this.candidates = this.candidates.map((candidate) => {
			const { row, cost } = byItem.get(candidate.row.itemIndex) ?? candidate;
			return { ...candidate, row, cost };
		});
	}

	private plan({ id }: Account, { rows, balance }: Prices): void {
		const isGuarded = rows.some(({ row }) => hasGuard(row.limits));
		const funds = { balance: isGuarded ? balance : null, spent: this.ledger.spent(id) };
		const planned = rows.map(({ row, cost, problems }) => ({
			cost,
			problems,
			maxTotalCost: row.limits.maxTotalCost,
			isWrong: row.problems.length > 0,
		}));
		planRows(planned, funds).forEach((refusal, index) => {
			const itemIndex = rows[index]?.row.itemIndex;
			if (!refusal || itemIndex === undefined) return;
			const problems = refusal.problems.map((problem) => ({ itemIndex, ...problem }));
			this.results.set(itemIndex, { outcome: 'invalid', kind: refusal.kind, problems });
		});
	}

	private openCandidates(): Candidate[] {
		return this.candidates.filter(({ row }) => !this.results.has(row.itemIndex));
	}
}

const noAccount = new Error('There is no credential for this item');
