import type { SandboxOrder, SandboxService } from '../contract.mts';
import type { PanelLife } from '../life.mts';
import { Refusal } from '../refusal.mts';
import { idAsNumber, ok, readIds, say } from './dialect.mts';
import type { DialectRules } from './dialect.mts';
import { COMMON_SENTENCES } from './sentences.mts';

const REFUSED = 422;
const NO_ENTRY = 401;

/**
 * A Laravel panel: HTTP 201 and 422, lists of statuses without IDs and in the order of the database, one wrong order
 * as a list of one error, refills one by one only, no answer at all to a cancellation.
 */
export const laravel: DialectRules = {
	orderWords: {
		pending: 'Pending',
		processing: 'Processing',
		inProgress: 'In progress',
		completed: 'Completed',
		partial: 'Partial',
		cancelled: 'Canceled',
		active: 'In progress',
	},
	refillWords: {
		pending: 'Pending',
		inProgress: 'In progress',
		completed: 'Completed',
		rejected: 'Rejected',
	},
	dripFeed: { needsBoth: false, limitsOnTotal: false },
	refuse(refusal) {
		const status = refusal.reason === 'invalidKey' ? NO_ENTRY : REFUSED;
		return { status, value: { error: say(COMMON_SENTENCES, refusal) } };
	},
	actions: {
		add: (form, life) => ({
			status: 201,
			value: { order: idAsNumber(life.placeOrder(form).order) },
		}),

		status(form, life) {
			const ids = form.order ? [form.order.trim()] : readIds(form.orders);
			const found = [...life.orders.values()].filter(({ order }) => ids.includes(order));
			const wrong = ids
				.filter((id) => !life.orders.has(id))
				.map(() => ({ error: say(COMMON_SENTENCES, new Refusal('unknownOrder')) }));
			const states = found.map((order) => statusOf(order, life));
			return ok(form.order && wrong.length === 0 ? states[0] : [...states, ...wrong]);
		},

		refill: (form, life) => ({
			status: 201,
			value: { refill: idAsNumber(life.requestRefill(form.order?.trim() ?? '').refill) },
		}),

		refill_status: (form, life) =>
			ok({ status: life.findRefill(form.refill?.trim() ?? '').status }),

		/** The action is not there, and nobody says so. */
		cancel: () => ok(undefined),

		services: (_form, life) => ok(life.services.map(serviceRow)),

		balance: (_form, life) => ok({ balance: life.balance, currency: life.settings.currency }),
	},
};

function statusOf(order: SandboxOrder, life: PanelLife): unknown {
	return {
		charge: order.charge,
		start_count: order.startCount,
		status: order.status,
		remains: order.remains,
		currency: life.settings.currency,
	};
}

function serviceRow(service: SandboxService): unknown {
	return {
		service: service.service,
		name: service.name,
		type: service.type === 'customComments' ? 'Custom Comments' : 'Default',
		rate: service.rate,
		min: service.min,
		max: service.max,
		dripfeed: false,
		refill: service.refill,
		cancel: false,
		category: service.category,
	};
}
