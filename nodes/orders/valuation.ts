import type { Service } from '../panelApi/answers/services';
import type { PanelClient } from '../panelApi/client';
import { type Problem, serviceIsEmpty } from './orderForm';
import { orderTypes, type OrderType } from '../panelApi/vocabulary/orderTypes';

/** What an order would come to, held against the present catalogue of the panel. */
export interface Valuation {
	/** What the order would cost in the account's currency; null where that cannot be told. */
	cost: number | null;
	problems: Problem[];
}

interface Order {
	service: string;
	orderType: OrderType;
	/** Runs times quantity, or lines; null for packages and subscriptions. */
	totalQuantity: number | null;
	/** The quantity of one run. */
	quantity: number | null;
	hasRuns: boolean;
	/** Highest price per 1,000, highest cost of this order and of all orders together; undefined: no limit. */
	maxRate?: number;
	maxCost?: number;
	maxTotalCost?: number;
}

/**
 * The services of the present catalogue by their IDs. Of two rows with one ID the dearest counts: a guard must not let
 * an order pass because of the other.
 * @throws PanelError
 */
export async function servicesById(client: PanelClient): Promise<Map<string, Service>> {
	const services = (await client.services()).value;
	const byId = new Map<string, Service>();
	for (const service of services) {
		const twin = byId.get(service.service);
		if (!twin || isDearer(service, twin)) byId.set(service.service, service);
	}
	return byId;
}

/** A price that is not told may be any. */
function isDearer({ rate }: Service, { rate: other }: Service): boolean {
	return other !== null && (rate === null || rate > other);
}

/**
 * Holds an order against the service it is for: type, drip-feed, quantity, and the user's own limits.
 * The rate is per 1,000; panels differ on packages (SmartPanel charges the whole rate once, notpanel by the minimum),
 * so the whole rate is taken for their cost.
 */
export function valueOrder(order: Order, service: Service | undefined): Valuation {
	if (order.service === '') return { cost: null, problems: [serviceIsEmpty] };
	if (!service) {
		const problem = `${order.service} is not in the catalogue of the panel: pick it again from the list`;
		return { cost: null, problems: [{ field: 'Service', problem }] };
	}
	const cost = costOf(order, service);
	return {
		cost,
		problems: [
			...typeProblems(order, service),
			...quantityProblems(order, service),
			...limitProblems(order, service, cost),
		],
	};
}

function costOf({ orderType, totalQuantity }: Order, { rate }: Service): number | null {
	if (rate === null) return null;
	if (orderTypes[orderType].isPackage) return rate;
	if (totalQuantity === null) return null;
	// Rates have at most some decimals; rounding takes off what binary numbers add.
	return Number(((rate * totalQuantity) / 1000).toFixed(8));
}

function typeProblems({ orderType, hasRuns }: Order, service: Service) {
	const problems: Problem[] = [];
	const { orderType: needed } = service;
	// A catalogue that says Default proves nothing: there are panels that say so of almost everything.
	if (needed !== null && needed !== 'default' && needed !== orderType) {
		const problem = `is ${orderTypes[orderType].label}, but service ${service.service} takes ${orderTypes[needed].label} orders`;
		problems.push({ field: 'Order Type', problem });
	}
	if (hasRuns && service.dripfeed === false) {
		const problem = `cannot be used: service ${service.service} has no drip-feed`;
		problems.push({ field: 'Drip-Feed Runs', problem });
	}
	return problems;
}

/** Whether a quantity is within the limits of a service: the smallest for each run, the largest for all of them. */
export function quantityProblems(
	{ orderType, totalQuantity, quantity }: Pick<Order, 'orderType' | 'totalQuantity' | 'quantity'>,
	{ service, min, max }: Pick<Service, 'service' | 'min' | 'max'>,
): Problem[] {
	const problems: Problem[] = [];
	if (totalQuantity === null || orderTypes[orderType].isPackage) return problems;
	const perRun = quantity ?? totalQuantity;
	if (min !== null && perRun < min) {
		problems.push({
			field: 'Quantity',
			problem: `is ${perRun}, but the minimum for service ${service} is ${min}`,
		});
	}
	if (max !== null && totalQuantity > max) {
		const what = perRun === totalQuantity ? `${perRun}` : `${totalQuantity} in all runs`;
		problems.push({
			field: 'Quantity',
			problem: `is ${what}, but the maximum for service ${service} is ${max}`,
		});
	}
	return problems;
}

function limitProblems(
	{ maxRate, maxCost, maxTotalCost }: Order,
	{ service, rate }: Service,
	cost: number | null,
) {
	const costLimits = [
		{ field: 'Maximum Cost', limit: maxCost },
		{ field: 'Maximum Total Cost', limit: maxTotalCost },
	];
	const problems: Problem[] = [];
	if (maxRate !== undefined && (!isPrice(rate) || rate > maxRate)) {
		const problem = isPrice(rate)
			? `is ${maxRate}, but service ${service} costs ${rate} per 1,000 now`
			: noPrice(service, rate);
		problems.push({ field: 'Maximum Rate', problem });
	}
	for (const { field, limit } of costLimits) {
		if (limit === undefined) continue;
		if (!isPrice(rate)) problems.push({ field, problem: noPrice(service, rate) });
		else if (cost === null)
			problems.push({
				field,
				problem: "can't be checked: the cost of this order isn't known before it is delivered",
			});
		else if (cost > limit)
			problems.push({ field, problem: `is ${limit}, but this order costs ${cost} now` });
	}
	return problems;
}

/** A rate of 0 is what panels show for a service that they have not priced, or whose price they do not give away. */
function isPrice(rate: number | null): rate is number {
	return rate !== null && rate > 0;
}

function noPrice(service: string, rate: number | null): string {
	const shown = rate === null ? 'no rate' : `a rate of ${rate}`;
	return `can't be checked: the panel shows ${shown} for service ${service}`;
}
