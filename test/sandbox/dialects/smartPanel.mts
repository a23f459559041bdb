import type { Form, SandboxOrder, SandboxService } from '../contract.mts';
import type { PanelLife } from '../life.mts';
import { decimalText } from '../money.mts';
import { ORDER_TYPES } from '../orderTypes.mts';
import { Refusal } from '../refusal.mts';
import { askEach, idAsNumber, ok, readIds, say } from './dialect.mts';
import type { DialectRules, Sentences } from './dialect.mts';
import { COMMON_SENTENCES } from './sentences.mts';

const SENTENCES: Sentences = {
	...COMMON_SENTENCES,
	invalidKey: 'API is Disable for this user or User Not Found! Contact the Support',
	incorrectAction: 'This action is invalid',
	missingField: 'There are missing required parameters. Please check your API Manual',
	unknownService: 'Service ID does not exists',
	badLink: 'There are missing required parameters. Please check your API Manual',
	belowMinimum: 'Quantity must to be greater than or equal to minimum amount {limit}',
	aboveMaximum: 'Quantity must to be less than or equal to maximum amount {limit}',
	dripFeedUnsupported: 'This services does not support Dripfeed feature!',
};

/** Refusals of refill and refill_status are told as `{status: "error", message}`, all others as `{error}`. */
const TOLD_AS_MESSAGE = ['refillDisabled', 'orderNotCompleted', 'refillRequested', 'unknownRefill'];

/**
 * The SmartPanel script and its clones: `status: "success"` beside the answer, snake_case types,
 * `desc`, no refill and cancel flags, bare strings for wrong ids in a list, refills one by one,
 * no cancel at all; limits hold for a drip-feed's total. It decodes a form a second time, splits comments at commas, and
 * wants a quantity of every type but Custom Comments and Subscriptions.
 */
export const smartPanel: DialectRules = {
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
		inProgress: 'In Process',
		completed: 'Completed',
		rejected: 'Rejected',
	},
	dripFeed: { needsBoth: true, limitsOnTotal: true },
	refuse(refusal) {
		const sentence = say(SENTENCES, refusal);
		return TOLD_AS_MESSAGE.includes(refusal.reason)
			? ok({ status: 'error', message: sentence })
			: ok({ error: sentence });
	},
	actions: {
		add(form, life) {
			const read = readAgain(form);
			const type = life.serviceOf(read.service)?.type;
			if (type === 'customComments') read.comments = read.comments?.replaceAll(',', '\n') ?? '';
			else if (type && type !== 'subscriptions' && !read.quantity)
				return ok({ error: NO_QUANTITY });
			return ok({ status: 'success', order: idAsNumber(life.placeOrder(read).order) });
		},

		status(form, life) {
			if (form.order) return ok(statusOf(life.findOrder(form.order.trim()), life));
			const rows = askEach(
				readIds(form.orders),
				'unknownOrder',
				(id) => life.findOrder(id),
				(id, order) => [id, statusOf(order, life)],
				(id, refusal) => [id, say(SENTENCES, refusal)],
			);
			if (rows.length === 0) throw new Refusal('missingField', { field: 'order' });
			return ok(Object.fromEntries(rows));
		},

		refill(form, life) {
			if (!form.order) throw new Refusal('missingField', { field: 'order' });
			const { refill } = life.requestRefill(form.order.trim());
			return ok({ status: 'success', refill: idAsNumber(refill) });
		},

		refill_status(form, life) {
			if (!form.refill) throw new Refusal('missingField', { field: 'refill' });
			return ok({ status: life.findRefill(form.refill.trim()).status });
		},

		services: (_form, life) =>
			ok(
				life.services.length > 0
					? life.services.map(serviceRow)
					: { status: 'success', data: 'Empty Data' },
			),

		balance: (_form, life) =>
			ok({
				status: 'success',
				balance: decimalText(life.balance, 5),
				currency: life.settings.currency,
			}),
	},
};

const NO_QUANTITY = 'Quantity is required';

/** `strip_tags(urldecode($value))` of what PHP has decoded already. */
function readAgain(form: Form): Form {
	const decoded = Object.entries(form).map(([name, value]) => [name, decodedAgain(value)]);
	return Object.fromEntries(decoded) as Form;
}

function decodedAgain(value: string): string {
	const text = new URLSearchParams(`value=${value.replaceAll('&', '%26')}`).get('value') ?? '';
	return text.replace(/<[^>]*>/g, '');
}

/** Subscriptions and drip-feeds are parents: they name their child orders and have no counts. */
function statusOf(order: SandboxOrder, life: PanelLife): unknown {
	const { status } = order;
	if (order.form.posts !== undefined || order.form.delay !== undefined) {
		return { status, expiry: false, posts: Number(order.form.posts ?? 0), orders: [] };
	}
	if (order.form.runs) return { status, runs: Number(order.form.runs), orders: [] };
	return {
		order: idAsNumber(order.order),
		status,
		charge: decimalText(order.charge, 5),
		start_count: String(order.startCount),
		remains: String(order.remains),
		currency: life.settings.currency,
	};
}

function serviceRow(service: SandboxService): unknown {
	return {
		service: String(service.service),
		name: service.name,
		category: service.category,
		type: ORDER_TYPES[service.type].title.toLowerCase().replaceAll(' ', '_'),
		rate: decimalText(service.rate, 2),
		min: String(service.min),
		max: String(service.max),
		dripfeed: service.dripfeed ? 1 : 0,
		desc: service.description,
	};
}
