import { stateOf } from '../clock.mts';
import type { FaultQueue } from '../faultQueue.mts';
import type { PanelLife } from '../life.mts';

/** How many of the newest are shown. */
const SHOWN = 100;

/** What the page shows, newest first. */
export function pageState(
	life: PanelLife,
	faults: FaultQueue,
	about: { dialect: string; apiKey: string },
): unknown {
	life.catchUp();
	return {
		...about,
		balance: life.balance,
		currency: life.settings.currency,
		services: life.services.length,
		prices: life.services
			.slice(0, SHOWN)
			.map(({ service, name, rate }) => ({ service: String(service), name, rate })),
		orderStates: Object.values(life.settings.orderWords).map((word) => ({
			state: stateOf(word),
			word,
		})),
		faultsWaiting: faults.waiting,
		orderCount: life.orders.size,
		refillCount: life.refills.size,
		orders: newest(life.orders).map((order) => ({
			order: order.order,
			service: `${order.service} ${life.serviceOf(order.service)?.name ?? ''}`.trim(),
			link: order.link || (order.form.username ?? ''),
			quantity: order.quantity,
			remains: order.remains,
			charge: order.charge,
			status: order.status,
			state: stateOf(order.status) ?? 'unknown',
			isHeld: order.held,
			isCancelRequested: order.cancelRequestedAt !== undefined,
			createdAt: order.createdAt,
		})),
		refills: newest(life.refills).map((refill) => ({
			...refill,
			state: stateOf(refill.status) ?? 'unknown',
		})),
	};
}

function newest<Entry>(entries: Map<string, Entry>): Entry[] {
	return [...entries.values()].slice(-SHOWN).reverse();
}
