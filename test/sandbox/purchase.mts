import type { Form, SandboxService } from './contract.mts';
import { roundMoney } from './money.mts';
import { ORDER_TYPES } from './orderTypes.mts';
import type { OrderTypeRule } from './orderTypes.mts';
import { Refusal } from './refusal.mts';

/** Where dialects disagree about drip-feed orders. */
export interface DripFeedRule {
	/** One of runs and interval alone is refused; else it counts for nothing. */
	needsBoth: boolean;
	/** min and max hold for runs x quantity; else for the quantity of one run. */
	limitsOnTotal: boolean;
}

export interface Purchase {
	link: string;
	/** Everything to be delivered, all runs together. */
	quantity: number;
	/** In the panel's currency. */
	charge: number;
}

/** Reads what an `add` wants of a service, or refuses it. */
export function readPurchase(
	service: SandboxService,
	form: Form,
	dripFeed: DripFeedRule,
): Purchase {
	const type = ORDER_TYPES[service.type];
	requireFields(type, form);
	const runs = readRuns(service, form, dripFeed);
	const quantity = type.counts === 'posts' ? readPosts(service, form) : readQuantity(type, form);
	const total = quantity * runs;
	if (type.counts !== 'posts' && type.counts !== 'package') {
		checkLimits(dripFeed.limitsOnTotal ? total : quantity, service);
	}
	return {
		link: form.link ?? '',
		quantity: total,
		charge: roundMoney(type.wholeRate ? service.rate : (service.rate * total) / 1000),
	};
}

function requireFields(type: OrderTypeRule, form: Form): void {
	const conditional = (type.needsWhen ?? [])
		.filter(({ field, is }) => form[field] === is)
		.map(({ needs }) => needs);
	const missing = [...type.needs, ...conditional].find((field) => !form[field]?.trim());
	if (missing === 'link') throw new Refusal('badLink');
	if (missing) throw new Refusal('missingField', { field: missing });
}

function readQuantity(type: OrderTypeRule, form: Form): number {
	if (type.counts === 'package') return 1;
	if (type.counts === 'quantity') return wholeNumber(form, 'quantity');
	return (form[type.counts] ?? '').split(/\r?\n/).filter((line) => line.trim() !== '').length;
}

/** A subscription is charged at once for its announced posts, one if it announces none. */
function readPosts(service: SandboxService, form: Form): number {
	const [min, max] = [wholeNumber(form, 'min'), wholeNumber(form, 'max')];
	checkLimits(min, service);
	checkLimits(max, service);
	if (min > max) throw new Refusal('invalidField', { field: 'max' });
	return max * (form.posts ? Math.max(1, wholeNumber(form, 'posts')) : 1);
}

function readRuns(service: SandboxService, form: Form, dripFeed: DripFeedRule): number {
	if (!form.runs && !form.interval) return 1;
	if (!service.dripfeed) throw new Refusal('dripFeedUnsupported');
	if (!form.runs || !form.interval) {
		if (!dripFeed.needsBoth) return 1;
		throw new Refusal('dripFeedIncomplete', { field: form.runs ? 'Interval time' : 'Runs' });
	}
	const runs = wholeNumber(form, 'runs');
	if (runs < 1) throw new Refusal('invalidField', { field: 'runs' });
	if (wholeNumber(form, 'interval') < 0) throw new Refusal('invalidField', { field: 'interval' });
	return runs;
}

function wholeNumber(form: Form, field: string): number {
	const number = Number(form[field]);
	if (!Number.isInteger(number)) throw new Refusal('invalidField', { field });
	return number;
}

function checkLimits(quantity: number, { min, max }: SandboxService): void {
	if (quantity < min) throw new Refusal('belowMinimum', { limit: min });
	if (quantity > max) throw new Refusal('aboveMaximum', { limit: max });
}
