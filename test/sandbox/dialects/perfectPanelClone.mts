import type { SandboxOrder, SandboxService } from '../contract.mts';
import type { PanelLife } from '../life.mts';
import { decimalText } from '../money.mts';
import { ORDER_TYPES } from '../orderTypes.mts';
import { Refusal } from '../refusal.mts';
import type { RefusalReason } from '../refusal.mts';
import { ok, say } from './dialect.mts';
import type { DialectRules, Sentences } from './dialect.mts';
import { COMMON_SENTENCES } from './sentences.mts';

const SENTENCES: Sentences = {
	...COMMON_SENTENCES,
	invalidKey: 'API key invalid',
	missingField: 'You must fill in the required fields.',
	badLink: 'You must fill in the required fields.',
	dripFeedIncomplete: 'You must fill in the required fields.',
	unknownService: 'Service not found or inactive',
	belowMinimum: 'Enter a value above the minimum number.',
	aboveMaximum: 'Maximum number exceed.',
	notEnoughFunds: 'Your balance is insufficient.',
	activeOrderForLink:
		'You cannot start a new order with the same link that is active processing order.',
	unknownOrder: 'Order not found.',
	refillDisabled: 'Refill not allowed',
	orderNotCompleted: 'Refill not allowed',
	refillRequested: 'Refill not allowed',
};

/** The numbers that stand beside its sentences, some of them as text. */
const NUMBERS: Partial<Record<RefusalReason, number | string>> = {
	invalidKey: '102',
	unknownOrder: '104',
	unknownService: '105',
	missingField: 107,
	badLink: 107,
	dripFeedIncomplete: 107,
	belowMinimum: 108,
	aboveMaximum: 109,
	notEnoughFunds: 113,
	activeOrderForLink: 113,
};

/** What it answers when its log fails after the order was paid, and when it could not write the order at all. */
export const orderFailed = { error: 'There was an error while creating your order.', status: 114 };

/**
 * A relative of Perfect Panel in PHP with its faults: an order without `quantity` fails in the words that also stand
 * for an order that was placed and paid; it knows no lists of statuses; a list of refills is answered `{"refill":"0"}`
 * and a cancellation `null`, and nothing is done. With `{kind: 'answer', body: JSON.stringify(orderFailed), acts: true}`
 * its log fails.
 */
export const perfectPanelClone: DialectRules = {
	orderWords: {
		pending: 'Pending',
		processing: 'Processing',
		inProgress: 'Inprogress',
		completed: 'Completed',
		partial: 'Partial',
		cancelled: 'Canceled',
		active: 'Active',
	},
	refillWords: {
		pending: 'Pending',
		inProgress: 'Refilling',
		completed: 'Completed',
		rejected: 'Rejected',
	},
	dripFeed: { needsBoth: true, limitsOnTotal: true },
	refuse(refusal) {
		const number = NUMBERS[refusal.reason];
		const error = say(SENTENCES, refusal);
		return ok(number === undefined ? { error } : { error, status: number });
	},
	actions: {
		add(form, life) {
			const service = life.serviceOf(form.service);
			const isPackage = service !== undefined && ORDER_TYPES[service.type].wholeRate === true;
			if (isPackage && !form.quantity) return ok(orderFailed);
			// It holds the quantity of the form against the limits, also where it counts the lines afterwards.
			if (service && form.comments && Number(form.quantity ?? 0) < service.min)
				throw new Refusal('belowMinimum', { limit: service.min });
			return ok({ status: 100, order: life.placeOrder(form).order });
		},

		status: (form, life) => ok(statusOf(life.findOrder(form.order?.trim() ?? ''), life)),

		refill(form, life) {
			if (!form.order) return ok({ refill: '0' });
			if (!life.orders.has(form.order.trim())) return ok({ error: 'Incorrect order ID' });
			return ok({ refill: life.requestRefill(form.order.trim()).refill });
		},

		refill_status: (form, life) =>
			ok({ status: life.findRefill(form.refill?.trim() ?? '').status }),

		/** The action is not there; it prints an answer that it never made. */
		cancel: () => ok(null),

		services: (_form, life) => ok(life.services.map(serviceRow)),

		balance: (_form, life) =>
			ok({ balance: decimalText(life.balance, 4), currency: life.settings.currency }),
	},
};

/** Subscriptions and drip-feeds have no counts. */
function statusOf(order: SandboxOrder, life: PanelLife): unknown {
	const { status, form } = order;
	if (form.posts !== undefined || form.delay !== undefined) {
		return { status, posts: form.posts ?? '0' };
	}
	if (form.runs) return { status, runs: form.runs };
	return {
		charge: decimalText(order.charge, 4),
		start_count: String(order.startCount),
		status,
		remains: String(order.remains),
		currency: life.settings.currency,
	};
}

function serviceRow(service: SandboxService): unknown {
	return {
		rate: String(service.rate),
		service: String(service.service),
		category: service.category,
		name: service.name,
		type: ORDER_TYPES[service.type].title,
		min: String(service.min),
		max: String(service.max),
		desc: service.description,
		refill: String(service.refill),
	};
}
