import type { SandboxOrder, SandboxService } from '../contract.mts';
import type { PanelLife } from '../life.mts';
import { decimalText } from '../money.mts';
import { ORDER_TYPES } from '../orderTypes.mts';
import { Refusal } from '../refusal.mts';
import { askEach, idAsNumber, ok, readIds, say } from './dialect.mts';
import type { DialectRules, Sentences } from './dialect.mts';
import { COMMON_SENTENCES } from './sentences.mts';

const NOT_FOR_REFILL = 'Order not eligible for refill.';
const NOT_FOR_CANCELLATION = 'Order not eligible for cancellation.';

const SENTENCES: Sentences = {
	...COMMON_SENTENCES,
	refillDisabled: NOT_FOR_REFILL,
	orderNotCompleted: NOT_FOR_REFILL,
	unknownRefill: 'Refill Request Not found',
	cancelDisabled: NOT_FOR_CANCELLATION,
	orderNotOpen: NOT_FOR_CANCELLATION,
	cancelRequested: NOT_FOR_CANCELLATION,
};

/** The Deepak SMM document to the letter: its shapes, value types, sentences and spellings. */
export const seed: DialectRules = {
	orderWords: {
		pending: 'Pending',
		processing: 'Processing',
		inProgress: 'In progress',
		completed: 'Completed',
		partial: 'Partial',
		cancelled: 'Cancelled',
		active: 'Active',
	},
	refillWords: {
		pending: 'Pending',
		inProgress: 'In progress',
		completed: 'Completed',
		rejected: 'Cancelled',
	},
	dripFeed: { needsBoth: false, limitsOnTotal: false },
	refuse: (refusal) => ok(errorOf(refusal)),
	actions: {
		add: (form, life) => ok({ order: life.placeOrder(form).order }),

		status(form, life) {
			if (form.order !== undefined) {
				const order = life.findOrder(form.order.trim());
				return ok(statusOf(order, decimalText(order.charge, 5), life));
			}
			const rows = askEach(
				readIds(form.orders),
				'unknownOrder',
				(id) => life.findOrder(id),
				(id, order) => [id, statusOf(order, order.charge, life)],
				(id, refusal) => [id, errorOf(refusal)],
			);
			if (rows.length === 0) throw new Refusal('unknownOrder');
			return ok(Object.fromEntries(rows));
		},

		refill(form, life) {
			if (form.order !== undefined) {
				return ok({
					success: 'Your order will be refill asap. Thank you for patience',
					refill: idAsNumber(life.requestRefill(form.order.trim()).refill),
				});
			}
			const rows = askEach<unknown, unknown>(
				readIds(form.orders),
				'unknownOrder',
				(id) => idAsNumber(life.requestRefill(id).refill),
				(id, refill) => ({ order: idAsNumber(id), refill }),
				(id, refusal) => ({ order: idAsNumber(id), refill: refusedInList(refusal) }),
			);
			if (rows.length === 0) throw new Refusal('unknownOrder');
			return ok(rows);
		},

		refill_status(form, life) {
			if (form.refill !== undefined) {
				return ok({ status: life.findRefill(form.refill.trim()).status });
			}
			const rows = askEach<unknown, unknown>(
				readIds(form.refills),
				'unknownRefill',
				(id) => life.findRefill(id).status,
				(id, status) => ({ refill: idAsNumber(id), status }),
				(id, refusal) => ({ refill: idAsNumber(id), status: errorOf(refusal) }),
			);
			if (rows.length === 0) throw new Refusal('unknownRefill');
			return ok(rows);
		},

		cancel(form, life) {
			life.requestCancel(form.order?.trim() ?? '');
			return ok({
				success:
					'We will attempt to cancel this order. Cancellation is not guaranteed. Please check again in 5 minutes.',
			});
		},

		services: (_form, life) => ok(life.services.map(serviceRow)),

		balance: (_form, life) =>
			ok({ balance: decimalText(life.balance, 5), currency: life.settings.currency }),
	},
};

function errorOf(refusal: Refusal): { error: string } {
	return { error: say(SENTENCES, refusal) };
}

/** In a list of refills the document knows one sentence for every order that is not eligible. */
function refusedInList(refusal: Refusal): { error: string } {
	return refusal.reason === 'unknownOrder' ? errorOf(refusal) : { error: 'Invalid Request' };
}

/** The charge is text for one order and a number in a list. */
function statusOf(order: SandboxOrder, charge: string | number, life: PanelLife): unknown {
	return {
		charge,
		start_count: String(order.startCount),
		status: order.status,
		remains: String(order.remains),
		currency: life.settings.currency,
	};
}

function serviceRow(service: SandboxService): unknown {
	return {
		service: service.service,
		name: service.name,
		rate: decimalText(service.rate, 2),
		min: String(service.min),
		max: String(service.max),
		category: service.category,
		type: ORDER_TYPES[service.type].title.toLowerCase(),
		description: service.description,
		dripfeed: service.dripfeed,
		refill: service.refill,
		cancel: service.cancel,
	};
}
