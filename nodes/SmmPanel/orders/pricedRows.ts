import type { IExecuteFunctions } from 'n8n-workflow';

import { type PresentCatalogue, readPresentCatalogue } from '../../orders/presentCatalogue';
import { valueOrder } from '../../orders/valuation';
import type { Account } from '../run/accounts';
import { showHint } from '../run/executionHint';
import { once } from '../run/forEachItem';
import type { ItemProblem } from '../run/itemProblems';
import { hasGuard } from './limits';
import type { OrderRow, ReadOrderRow } from './orderRow';
import { chargedComments, hintsAtTexts } from './textHints';

/** A row with what it costs now, and what is wrong with it at the present prices. */
export interface PricedRow {
	/** The row as it was, or read again as an order of the type that the catalogue gives its service. */
	row: OrderRow;
	/** In the account's currency; null where it is not known. */
	cost: number | null;
	problems: ItemProblem[];
}

/** What the rows of one account cost, and what the account holds. */
export interface Prices {
	rows: PricedRow[];
	/** Null where nobody asked, or the panel does not say. */
	balance: number | null;
	/** The cost of a row whose price nobody needed before it was sent; null where it cannot be found out. */
	costLater(row: OrderRow): Promise<number | null>;
}

/**
 * Reads prices and balance right now if one of the rows has a guard, the balance alone if one has an idempotency key
 * (it can decide what became of an order), and nothing else.
 * @param rows those without problems: others are not sent whatever they cost
 * @throws PanelError when a guard cannot be checked: then nothing may be ordered
 */
export async function priceRows(
	node: IExecuteFunctions,
	readRow: ReadOrderRow,
	{ client }: Account,
	rows: readonly OrderRow[],
): Promise<Prices> {
	const catalogue = once(async () => await readPresentCatalogue(client));
	const isGuarded = rows.some(({ limits }) => hasGuard(limits));
	const { balance, currency } = isGuarded
		? (await client.balance()).value
		: await balanceForKeys(client, rows);
	const costLater = async (row: OrderRow) => {
		const services = await catalogue().catch(() => undefined);
		return services ? valuationOf(row, services, currency).cost : null;
	};
	if (!isGuarded) {
		showHints(node, rows);
		const unpriced = rows.map((row) => ({ row, cost: null, problems: [] }));
		return { rows: unpriced, balance, costLater };
	}
	const services = await catalogue();
	const priced = rows.map((row) => priceRow(readRow, row, services, currency));
	showHints(
		node,
		priced.map(({ row }) => row),
		services,
	);
	return { rows: priced, balance, costLater };
}

async function balanceForKeys(
	client: Account['client'],
	rows: readonly OrderRow[],
): Promise<Pick<Prices, 'balance'> & { currency: string }> {
	const hasKey = rows.some(({ idempotencyKey }) => idempotencyKey !== '');
	const answer = hasKey
		? await client.balance({ isAskedOnce: true }).catch(() => undefined)
		: undefined;
	return answer?.value ?? { balance: null, currency: '' };
}

function showHints(
	node: IExecuteFunctions,
	rows: readonly OrderRow[],
	catalogue?: PresentCatalogue,
): void {
	const orders = rows.map((row) => ({
		row,
		service: catalogue?.find(row.draft.service)?.service,
	}));
	for (const hint of hintsAtTexts(orders)) showHint(node, hint);
}

function priceRow(
	readRow: ReadOrderRow,
	row: OrderRow,
	catalogue: PresentCatalogue,
	currency: string,
): PricedRow {
	const needed = catalogue.find(row.draft.service)?.service.orderType;
	const isOther = row.isTypeOpen && needed && needed !== row.draft.orderType;
	const typed = isOther ? readRow(row.itemIndex, needed) : row;
	const { cost, problems } = valuationOf(typed, catalogue, currency);
	const { itemIndex, limits } = typed;
	if (!hasGuard(limits) || typed.problems.length > 0)
		return { row: typed, cost, problems: [...typed.problems] };
	const found = problems.map((problem) => ({ itemIndex, ...problem }));
	if (currency === '') {
		const field = limits.maxRate !== undefined ? 'Maximum Rate' : 'Maximum Cost';
		const problem = "can't be checked: the panel doesn't say the currency of the account";
		found.push({ itemIndex, field, problem });
	}
	return { row: typed, cost, problems: [...typed.problems, ...found] };
}

function valuationOf(row: OrderRow, catalogue: PresentCatalogue, currency: string) {
	const { draft, checked, limits } = row;
	const { sent, totalQuantity } = checked;
	return valueOrder(
		{
			service: draft.service,
			orderType: draft.orderType,
			totalQuantity,
			quantity: typeof sent.quantity === 'number' ? sent.quantity : null,
			hasRuns: sent.runs !== undefined,
			comments: chargedComments(row),
			...limits,
		},
		catalogue,
		currency,
	);
}
