import type { IExecuteFunctions } from 'n8n-workflow';

import { servicesById, valueOrder } from '../../orders/valuation';
import type { Service } from '../../panelApi/answers/services';
import { once } from '../run/forEachItem';
import type { Account } from '../run/accounts';
import type { ItemProblem } from '../run/itemProblems';
import { hasGuard, type OrderRow, readOrderRow } from './orderRow';

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
	{ client }: Account,
	rows: readonly OrderRow[],
): Promise<Prices> {
	const catalogue = once(async () => await servicesById(client));
	const costLater = async (row: OrderRow) => {
		const services = await catalogue().catch(() => undefined);
		return services ? valuationOf(row, services.get(row.draft.service)).cost : null;
	};
	const unpriced = rows.map((row) => ({ row, cost: null, problems: [] }));
	if (!rows.some(({ limits }) => hasGuard(limits))) {
		const hasKey = rows.some(({ idempotencyKey }) => idempotencyKey !== '');
		const balance = hasKey
			? await client.balance({ isAskedOnce: true }).catch(() => undefined)
			: undefined;
		return { rows: unpriced, balance: balance?.value.balance ?? null, costLater };
	}
	const { balance, currency } = (await client.balance()).value;
	const services = await catalogue();
	const priced = rows.map((row) => priceRow(node, row, services, currency));
	return { rows: priced, balance, costLater };
}

function priceRow(
	node: IExecuteFunctions,
	row: OrderRow,
	services: ReadonlyMap<string, Service>,
	currency: string,
): PricedRow {
	const service = services.get(row.draft.service);
	const needed = service?.orderType;
	const isOther = row.isTypeOpen && needed && needed !== row.draft.orderType;
	const typed = isOther ? readOrderRow(node, row.itemIndex, needed) : row;
	const { cost, problems } = valuationOf(typed, service);
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

function valuationOf({ draft, checked, limits }: OrderRow, service: Service | undefined) {
	const { sent, totalQuantity } = checked;
	return valueOrder(
		{
			service: draft.service,
			orderType: draft.orderType,
			totalQuantity,
			quantity: typeof sent.quantity === 'number' ? sent.quantity : null,
			hasRuns: sent.runs !== undefined,
			...limits,
		},
		service,
	);
}
