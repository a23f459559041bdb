import type { PanelClient } from '../../panelApi/client';
import { servicesById, valueOrder } from '../../orders/valuation';
import type { OrderRow } from './orderRow';

/**
 * Holds the rows that have a guard against prices read right now; rows without a guard cost no request. What is
 * wrong is added to the problems of the row.
 * @param rows those without problems: others are not sent whatever they cost
 * @throws PanelError when the catalogue or the currency cannot be read: then nothing may be ordered
 */
export async function guardRows(client: PanelClient, rows: readonly OrderRow[]): Promise<void> {
	const guarded = rows.filter(
		({ maxRate, maxCost }) => maxRate !== undefined || maxCost !== undefined,
	);
	if (guarded.length === 0) return;

	const { currency } = (await client.balance()).value;
	const services = await servicesById(client);
	for (const { itemIndex, draft, checked, maxRate, maxCost, problems } of guarded) {
		if (currency === '') {
			const problem = 'cannot be checked: the panel does not tell the currency of the account';
			problems.push({
				itemIndex,
				field: maxRate === undefined ? 'Maximum Cost' : 'Maximum Rate',
				problem,
			});
			continue;
		}
		const { sent, totalQuantity } = checked;
		const valuation = valueOrder(
			{
				service: draft.service,
				orderType: draft.orderType,
				totalQuantity,
				quantity: typeof sent.quantity === 'number' ? sent.quantity : null,
				hasRuns: sent.runs !== undefined,
				maxRate,
				maxCost,
			},
			services.get(draft.service),
		);
		problems.push(...valuation.problems.map((problem) => ({ itemIndex, ...problem })));
	}
}
