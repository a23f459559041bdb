import type { SandboxOrder, SandboxService } from '../contract.mts';
import type { PanelLife } from '../life.mts';
import { decimalText } from '../money.mts';
import { Refusal } from '../refusal.mts';
import type { RefusalReason } from '../refusal.mts';
import { askEach, idAsNumber, ok, readIds, say } from './dialect.mts';
import type { DialectRules, Sentences } from './dialect.mts';
import { COMMON_SENTENCES } from './sentences.mts';

const SENTENCES: Sentences = {
	...COMMON_SENTENCES,
	incorrectAction: 'Unknown action',
	unknownService: 'Service not found',
	notEnoughFunds: 'Insufficient balance',
	unknownOrder: 'Order not found',
	cancelDisabled: 'Cannot cancel',
	orderNotOpen: 'Cannot cancel',
};

const CODES: Partial<Record<RefusalReason, number>> = {
	invalidKey: 401,
	notEnoughFunds: 402,
	unknownService: 404,
	unknownOrder: 404,
	unknownRefill: 404,
	incorrectRequest: 400,
	incorrectAction: 400,
	tooManyRequests: 429,
};
const VALIDATION_CODE = 422;

/**
 * Panels that mean their HTTP codes: 401 key, 402 funds, 404 not found, 422 anything else refused,
 * 201 for an order. Status words in lower snake case, numbers for counts and limits, no `type`,
 * flags "1" and "0", flat errors in lists, unknown refills left out, and a list of one id answered
 * like a single id. Parts of several open panel scripts in one.
 */
export const httpStatus: DialectRules = {
	orderWords: {
		pending: 'pending',
		processing: 'processing',
		inProgress: 'in_progress',
		completed: 'completed',
		partial: 'partial',
		cancelled: 'canceled',
		active: 'active',
	},
	refillWords: {
		pending: 'pending',
		inProgress: 'in_progress',
		completed: 'completed',
		rejected: 'rejected',
	},
	dripFeed: { needsBoth: false, limitsOnTotal: false },
	refuse: (refusal) => ({
		status: CODES[refusal.reason] ?? VALIDATION_CODE,
		value: errorOf(refusal),
	}),
	actions: {
		add: (form, life) => ({
			status: 201,
			value: { order: idAsNumber(life.placeOrder(form).order) },
		}),

		status(form, life) {
			const [first, ...others] = askedIds(form.order, form.orders, 'unknownOrder');
			if (others.length === 0) return ok(statusOf(life.findOrder(first), life));
			const rows = askEach(
				[first, ...others],
				'unknownOrder',
				(id) => life.findOrder(id),
				(id, order) => [id, statusOf(order, life)],
				(id, refusal) => [id, errorOf(refusal)],
			);
			return ok(Object.fromEntries(rows));
		},

		refill(form, life) {
			const [first, ...others] = askedIds(form.order, form.orders, 'unknownOrder');
			const accepted = (id: string, refill: string) => ({
				order: idAsNumber(id),
				refill: idAsNumber(refill),
			});
			if (others.length === 0) return ok(accepted(first, life.requestRefill(first).refill));
			const rows = askEach<string, unknown>(
				[first, ...others],
				'unknownOrder',
				(id) => life.requestRefill(id).refill,
				accepted,
				(id, refusal) => ({ order: idAsNumber(id), ...errorOf(refusal) }),
			);
			return ok(rows);
		},

		refill_status(form, life) {
			const [first, ...others] = askedIds(form.refill, form.refills, 'unknownRefill');
			if (others.length === 0) return ok({ status: life.findRefill(first).status });
			const rows = askEach<string, unknown>(
				[first, ...others],
				'unknownRefill',
				(id) => life.findRefill(id).status,
				(id, status) => ({ refill: idAsNumber(id), status }),
				() => undefined,
			);
			return ok(rows.filter((row) => row !== undefined));
		},

		cancel(form, life) {
			const [first, ...others] = askedIds(form.order, form.orders, 'unknownOrder');
			const requested = { cancel: 'requested' };
			if (others.length === 0) {
				life.requestCancel(first);
				return ok(requested);
			}
			const rows = askEach<unknown, [string, unknown]>(
				[first, ...others],
				'unknownOrder',
				(id) => life.requestCancel(id),
				(id) => [id, requested],
				(id, refusal) => [id, errorOf(refusal)],
			);
			return ok(Object.fromEntries(rows));
		},

		services: (_form, life) => ok(life.services.map(serviceRow)),

		balance: (_form, life) =>
			ok({ balance: decimalText(life.balance, 2), currency: life.settings.currency }),
	},
};

function errorOf(refusal: Refusal): { error: string } {
	return { error: say(SENTENCES, refusal) };
}

/** The id or the ids that were asked for, at least one. */
function askedIds(
	single: string | undefined,
	list: string | undefined,
	unknown: RefusalReason,
): [string, ...string[]] {
	const [first, ...others] = readIds(single ?? list);
	if (first === undefined) throw new Refusal(unknown);
	return [first, ...others];
}

function statusOf(order: SandboxOrder, life: PanelLife): unknown {
	return {
		charge: decimalText(order.charge, 5),
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
		category: service.category,
		rate: decimalText(service.rate, 2),
		min: service.min,
		max: service.max,
		refill: service.refill ? '1' : '0',
		cancel: service.cancel ? '1' : '0',
	};
}
