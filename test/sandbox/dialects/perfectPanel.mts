import type { SandboxOrder, SandboxService } from '../contract.mts';
import type { PanelLife } from '../life.mts';
import { decimalText } from '../money.mts';
import { ORDER_TYPES } from '../orderTypes.mts';
import { Refusal } from '../refusal.mts';
import { askEach, idAsNumber, ok, readIds, say } from './dialect.mts';
import type { DialectRules } from './dialect.mts';
import { COMMON_SENTENCES } from './sentences.mts';

/**
 * Perfect Panel as its white labels print it: numbers for ids (but text for the refill of a single
 * order), Title Case types, no description and no dripfeed flag, cancellation by list only.
 */
export const perfectPanel: DialectRules = {
	orderWords: {
		pending: 'Pending',
		processing: 'Processing',
		inProgress: 'In progress',
		completed: 'Completed',
		partial: 'Partial',
		cancelled: 'Canceled',
		active: 'Active',
	},
	refillWords: {
		pending: 'Pending',
		inProgress: 'In progress',
		completed: 'Completed',
		rejected: 'Rejected',
	},
	dripFeed: { needsBoth: false, limitsOnTotal: false },
	refuse: (refusal) => ok(errorOf(refusal)),
	actions: {
		add: (form, life) => ok({ order: idAsNumber(life.placeOrder(form).order) }),

		status(form, life) {
			if (form.order !== undefined) return ok(statusOf(life.findOrder(form.order.trim()), life));
			const rows = askEach(
				readIds(form.orders),
				'unknownOrder',
				(id) => life.findOrder(id),
				(id, order) => [id, statusOf(order, life)],
				(id, refusal) => [id, errorOf(refusal)],
			);
			return ok(Object.fromEntries(someRows(rows)));
		},

		refill(form, life) {
			if (form.order !== undefined) {
				return ok({ refill: life.requestRefill(form.order.trim()).refill });
			}
			const rows = askEach<unknown, unknown>(
				readIds(form.orders),
				'unknownOrder',
				(id) => idAsNumber(life.requestRefill(id).refill),
				(id, refill) => ({ order: idAsNumber(id), refill }),
				(id, refusal) => ({ order: idAsNumber(id), refill: errorOf(refusal) }),
			);
			return ok(someRows(rows));
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
			return ok(someRows(rows));
		},

		cancel(form, life) {
			const rows = askEach<unknown, unknown>(
				readIds(form.orders),
				'unknownOrder',
				(id) => life.requestCancel(id),
				(id) => ({ order: idAsNumber(id), cancel: 1 }),
				(id, refusal) => ({ order: idAsNumber(id), cancel: errorOf(refusal) }),
			);
			return ok(someRows(rows));
		},

		services: (_form, life) => ok(life.services.map(serviceRow)),

		balance: (_form, life) =>
			ok({ balance: decimalText(life.balance, 5), currency: life.settings.currency }),
	},
};

function errorOf(refusal: Refusal): { error: string } {
	return { error: say(COMMON_SENTENCES, refusal) };
}

/** Neither an id nor a list of ids is no request. */
function someRows<Row>(rows: Row[]): Row[] {
	if (rows.length === 0) throw new Refusal('incorrectRequest');
	return rows;
}

function statusOf(order: SandboxOrder, life: PanelLife): unknown {
	return {
		charge: decimalText(order.charge, 5),
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
		type: ORDER_TYPES[service.type].title,
		category: service.category,
		rate: decimalText(service.rate, 2),
		min: String(service.min),
		max: String(service.max),
		refill: service.refill,
		cancel: service.cancel,
	};
}
