import type { Service } from '../panelApi/answers/services';
import { orderFields } from '../panelApi/vocabulary/orderFields';
import { orderTypes, type OrderType } from '../panelApi/vocabulary/orderTypes';
import { serviceIsEmpty } from './orderForm';
import type { Problem } from '../parameters/problem';
import type { PresentCatalogue } from './presentCatalogue';
import { isOfSmartPanel, mostCommentsCharged } from './smartPanelText';

/** What an order would come to, held against the present catalogue of the panel. */
export interface Valuation {
	/** What the order would cost in the account's currency; null where that isn't known. */
	cost: number | null;
	problems: Problem[];
}

interface Order {
	service: string;
	orderType: OrderType;
	/** Runs times quantity, or lines, as asked for; null for packages and subscriptions. */
	totalQuantity: number | null;
	/** The quantity of one run. */
	quantity: number | null;
	hasRuns: boolean;
	/** The comments that are charged one by one, where they are known. */
	comments?: readonly string[];
	/** Highest price per 1,000, highest cost of this order and of all orders together; undefined: no limit. */
	maxRate?: number;
	maxCost?: number;
	maxTotalCost?: number;
}

/**
 * Holds an order against the service it is for: type, drip-feed, quantity, and the user's own limits.
 * The rate is per 1,000; panels differ on packages (SmartPanel charges the whole rate once, notpanel by the minimum),
 * so the whole rate is taken for their cost. Comments cost what the panel may make of them.
 * @param currency that of the account, in which limits and costs are; empty where it is not known
 */
export function valueOrder(order: Order, catalogue: PresentCatalogue, currency: string): Valuation {
	if (order.service === '') return { cost: null, problems: [serviceIsEmpty] };
	const found = catalogue.find(order.service);
	if (!found) return { cost: null, problems: [notFound(order.service, catalogue.leftOut)] };
	const { service } = found;
	const isOther = areOtherCurrencies(found.currency, currency);
	const cost = isOther ? null : costOf(order, service);
	return {
		cost,
		problems: [
			...typeProblems(order, service),
			...quantityProblems(order, service),
			...(isOther
				? currencyProblems(order, found.currency, currency)
				: limitProblems(order, service, cost)),
		],
	};
}

function notFound(id: string, leftOut: number): Problem {
	const unread = leftOut === 0 ? '' : `. Rows of the catalogue that could not be read: ${leftOut}`;
	return {
		field: 'Service',
		problem: `${id} is not in the catalogue of the panel: look it up again${unread}`,
	};
}

/** Signs and names cannot be held against codes: "$" may be any dollar. */
const currencyCode = /^[A-Z]{3,5}$/;

/** Whether two currencies are surely not the same. */
export function areOtherCurrencies(one: string, other: string): boolean {
	const [first, second] = [one.toUpperCase(), other.toUpperCase()];
	return first !== second && currencyCode.test(first) && currencyCode.test(second);
}

/** How many units the panel may charge; see `mostCommentsCharged`. */
function mostCharged({ totalQuantity, comments }: Order, service: Service): number | null {
	if (totalQuantity === null || !comments || !isOfSmartPanel(service)) return totalQuantity;
	return Math.max(totalQuantity, mostCommentsCharged(comments));
}

function costOf(order: Order, service: Service): number | null {
	const { rate } = service;
	if (rate === null) return null;
	if (orderTypes[order.orderType].isPackage) return rate;
	const charged = mostCharged(order, service);
	if (charged === null) return null;
	// Rates have few decimals; rounding removes what binary numbers add.
	return Number(((rate * charged) / 1000).toFixed(8));
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
	// Quote asks for their number instead of the lines.
	const countedBy = quantity === null ? orderTypes[orderType].countedBy : undefined;
	const field = countedBy ? orderFields[countedBy].label : 'Quantity';
	const says = (count: number) =>
		countedBy
			? `has ${count} ${count === 1 ? 'line' : 'lines'}, and each line is one`
			: `is ${count}`;
	if (min !== null && perRun < min) {
		const problem = `${says(perRun)}, but the minimum for service ${service} is ${min}`;
		problems.push({ field, problem });
	}
	if (max !== null && totalQuantity > max) {
		const inAll = perRun === totalQuantity ? '' : ' in all runs';
		const problem = `${says(totalQuantity)}${inAll}, but the maximum for service ${service} is ${max}`;
		problems.push({ field, problem });
	}
	return problems;
}

function costLimitsOf({ maxCost, maxTotalCost }: Order) {
	return [
		{ field: 'Maximum Cost', limit: maxCost },
		{ field: 'Maximum Total Cost', limit: maxTotalCost },
	];
}

function currencyProblems(order: Order, ofRow: string, ofAccount: string): Problem[] {
	const problem = `can't be checked: the panel shows the price of service ${order.service} in ${ofRow}, and the account is in ${ofAccount}`;
	return [{ field: 'Maximum Rate', limit: order.maxRate }, ...costLimitsOf(order)]
		.filter(({ limit }) => limit !== undefined)
		.map(({ field }) => ({ field, problem }));
}

function limitProblems(order: Order, service: Service, cost: number | null): Problem[] {
	const { maxRate, totalQuantity } = order;
	const { service: id, rate } = service;
	const problems: Problem[] = [];
	if (maxRate !== undefined && (!isPrice(rate) || rate > maxRate)) {
		const problem = isPrice(rate)
			? `is ${maxRate}, but service ${id} costs ${rate} per 1,000 now`
			: noPrice(id, rate);
		problems.push({ field: 'Maximum Rate', problem });
	}
	const charged = mostCharged(order, service);
	const why =
		charged === totalQuantity
			? ''
			: `: panels like this one split comments at commas and " | " too, so these ${totalQuantity} may be charged as ${charged}`;
	for (const { field, limit } of costLimitsOf(order)) {
		if (limit === undefined) continue;
		if (!isPrice(rate)) problems.push({ field, problem: noPrice(id, rate) });
		else if (cost === null)
			problems.push({
				field,
				problem: "can't be checked: the cost of this order isn't known before it is delivered",
			});
		else if (cost > limit)
			problems.push({
				field,
				problem: `is ${limit}, but this order ${why ? 'may cost' : 'costs'} ${cost} now${why}`,
			});
	}
	return problems;
}

/** Panels show a rate of 0 for a service that they have not priced, or whose price they do not disclose. */
function isPrice(rate: number | null): rate is number {
	return rate !== null && rate > 0;
}

function noPrice(service: string, rate: number | null): string {
	const shown = rate === null ? 'no rate' : `a rate of ${rate}`;
	return `can't be checked: the panel shows ${shown} for service ${service}`;
}
