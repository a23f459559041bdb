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
	maxRate?: number;
	maxCost?: number;
}

/**
 * The services of the present catalogue by their IDs.
 * @throws PanelError
 */
export async function servicesById(client: PanelClient): Promise<Map<string, Service>> {
	const services = (await client.services()).value;
	return new Map(services.map((service) => [service.service, service]));
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

function quantityProblems(
	{ orderType, totalQuantity, quantity }: Order,
	{ service, min, max }: Service,
) {
	const problems: Problem[] = [];
	if (totalQuantity === null || orderTypes[orderType].isPackage) return problems;
	const perRun = quantity ?? totalQuantity;
	if (min !== null && perRun < min) {
		problems.push({
			field: 'Quantity',
			problem: `is ${perRun}, but service ${service} starts at ${min}`,
		});
	}
	if (max !== null && totalQuantity > max) {
		const what = perRun === totalQuantity ? `${perRun}` : `${totalQuantity} in all runs`;
		problems.push({
			field: 'Quantity',
			problem: `is ${what}, but service ${service} ends at ${max}`,
		});
	}
	return problems;
}

function limitProblems(
	{ maxRate, maxCost }: Order,
	{ service, rate }: Service,
	cost: number | null,
) {
	const problems: Problem[] = [];
	if (maxRate !== undefined && (rate === null || rate > maxRate)) {
		const problem =
			rate === null
				? `cannot be checked: the panel tells no rate for service ${service}`
				: `is ${maxRate}, but service ${service} costs ${rate} per 1,000 now`;
		problems.push({ field: 'Maximum Rate', problem });
	}
	if (maxCost !== undefined && (cost === null || cost > maxCost)) {
		const problem =
			cost === null
				? `cannot be checked: the cost of this order cannot be told beforehand`
				: `is ${maxCost}, but this order costs ${cost} now`;
		problems.push({ field: 'Maximum Cost', problem });
	}
	return problems;
}
