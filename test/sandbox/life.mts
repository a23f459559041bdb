import { orderAt, refillAt, stateOf } from './clock.mts';
import type { OrderState, RefillState } from './clock.mts';
import type { Form, MovingLife, SandboxOrder, SandboxRefill, SandboxService } from './contract.mts';
import { roundMoney } from './money.mts';
import { readPurchase } from './purchase.mts';
import type { DripFeedRule } from './purchase.mts';
import { Refusal } from './refusal.mts';

const FIRST_ORDER_ID = 23501;
const FIRST_REFILL_ID = 12345;
const OPEN_STATES: Array<OrderState | undefined> = ['pending', 'processing', 'inProgress'];

export interface LifeSettings {
	balance: number;
	currency: string;
	makeCatalogue: () => SandboxService[];
	orderLife: MovingLife | 'still';
	oneOrderPerLink: boolean;
	requestIds: boolean;
	dripFeed: DripFeedRule;
	orderWords: Record<OrderState, string>;
	refillWords: Record<RefillState, string>;
}

/** What goes on inside the panel, whatever its wire format: orders, refills, money and time. */
export class PanelLife {
	readonly settings: LifeSettings;
	readonly services: SandboxService[] = [];
	readonly orders = new Map<string, SandboxOrder>();
	readonly refills = new Map<string, SandboxRefill>();
	balance = 0;
	#nextOrderId = FIRST_ORDER_ID;
	#nextRefillId = FIRST_REFILL_ID;
	readonly #orderOfRequestId = new Map<string, { order: SandboxOrder; body: string }>();

	constructor(settings: LifeSettings) {
		this.settings = settings;
		this.reset();
	}

	/** Back to the first day. */
	reset(): void {
		this.services.splice(0, Infinity, ...this.settings.makeCatalogue());
		this.orders.clear();
		this.refills.clear();
		this.#orderOfRequestId.clear();
		this.balance = this.settings.balance;
		this.#nextOrderId = FIRST_ORDER_ID;
		this.#nextRefillId = FIRST_REFILL_ID;
	}

	/** Moves everything to where it stands now. */
	catchUp(now = Date.now()): void {
		const { orderLife, orderWords, refillWords } = this.settings;
		if (orderLife === 'still') return;
		for (const order of this.orders.values()) {
			if (!order.held) this.#moveOrder(order, orderLife, orderWords, now);
		}
		for (const refill of this.refills.values()) {
			if (!refill.held) refill.status = refillWords[refillAt(refill.createdAt, orderLife, now)];
		}
	}

	/** The action `add`: checks, charges, remembers. */
	placeOrder(form: Form): SandboxOrder {
		const body = JSON.stringify(Object.entries(form).sort());
		const requestId = this.settings.requestIds ? form.request_id : undefined;
		const earlier = requestId ? this.#orderOfRequestId.get(requestId) : undefined;
		if (earlier?.body === body) return earlier.order;
		if (earlier) throw new Refusal('requestIdReused');

		const service = this.serviceOf(form.service);
		if (!service) throw new Refusal('unknownService');
		const { link, quantity, charge } = readPurchase(service, form, this.settings.dripFeed);
		if (this.settings.oneOrderPerLink && this.#hasOpenOrderFor(link)) {
			throw new Refusal('activeOrderForLink');
		}
		if (charge > this.balance) throw new Refusal('notEnoughFunds');

		this.balance = roundMoney(this.balance - charge);
		const { key: _key, action: _action, ...fields } = form;
		const order = this.addOrder({
			service: String(service.service),
			link,
			quantity,
			charge,
			paid: charge,
			form: fields,
		});
		if (requestId) this.#orderOfRequestId.set(requestId, { order, body });
		return order;
	}

	/** Puts an order into existence, as it is and unpaid unless the draft says more. */
	addOrder(draft: Partial<SandboxOrder>): SandboxOrder {
		const id = draft.order ?? this.#freeOrderId();
		const service = draft.service ?? '101';
		const { type, rate = 0, ending = 'completed' } = this.serviceOf(service) ?? {};
		const quantity = draft.quantity ?? 1000;
		const order: SandboxOrder = {
			order: id,
			service,
			link: `https://www.instagram.com/customer_${id}`,
			quantity,
			form: {},
			charge: roundMoney((rate * quantity) / 1000),
			paid: 0,
			startCount: 0,
			remains: quantity,
			status: this.settings.orderWords[type === 'subscriptions' ? 'active' : 'pending'],
			createdAt: Date.now(),
			ending,
			held: draft.status !== undefined,
			...draft,
		};
		this.orders.set(order.order, order);
		return order;
	}

	/** Changes an order as its operator would; see `SandboxPanel.setOrder`. */
	setOrder(id: string, change: Partial<SandboxOrder>): void {
		const order = this.orders.get(id);
		if (!order) throw new Error(`The sandbox has no order ${id}`);
		const before = stateOf(order.status);
		Object.assign(order, change);
		if (change.status === undefined) return;
		order.held = change.held ?? true;
		const state = stateOf(change.status);
		if (state === before) return;
		if (state === 'completed' && change.remains === undefined) order.remains = 0;
		if (state === 'cancelled' || state === 'partial') {
			this.#refundRemains(order);
			if (change.charge !== undefined) order.charge = change.charge;
		}
	}

	setRefill(id: string, change: Partial<SandboxRefill>): void {
		const refill = this.refills.get(id);
		if (!refill) throw new Error(`The sandbox has no refill ${id}`);
		Object.assign(refill, { held: change.status !== undefined || refill.held }, change);
	}

	findOrder(id: string): SandboxOrder {
		const order = this.orders.get(id);
		if (!order) throw new Refusal('unknownOrder');
		return order;
	}

	findRefill(id: string): SandboxRefill {
		const refill = this.refills.get(id);
		if (!refill) throw new Refusal('unknownRefill');
		return refill;
	}

	/** The action `refill`: once, for a completed order of a service with refill. */
	requestRefill(orderId: string): SandboxRefill {
		const order = this.findOrder(orderId);
		if (!this.serviceOf(order.service)?.refill) throw new Refusal('refillDisabled');
		if (stateOf(order.status) !== 'completed') throw new Refusal('orderNotCompleted');
		if (order.refill) throw new Refusal('refillRequested');
		const refill: SandboxRefill = {
			refill: String(this.#nextRefillId++),
			order: order.order,
			status: this.settings.refillWords.pending,
			createdAt: Date.now(),
			held: false,
		};
		this.refills.set(refill.refill, refill);
		order.refill = refill.refill;
		return refill;
	}

	/** The action `cancel`: notes the wish for an open order of a service with cancel, no more. */
	requestCancel(orderId: string): SandboxOrder {
		const order = this.findOrder(orderId);
		if (!this.serviceOf(order.service)?.cancel) throw new Refusal('cancelDisabled');
		if (!OPEN_STATES.includes(stateOf(order.status))) throw new Refusal('orderNotOpen');
		if (order.cancelRequestedAt !== undefined) throw new Refusal('cancelRequested');
		order.cancelRequestedAt = Date.now();
		return order;
	}

	/** Undefined for a service that was removed since. */
	serviceOf(id: string | undefined): SandboxService | undefined {
		return this.services.find(({ service }) => String(service) === id?.trim());
	}

	#moveOrder(
		order: SandboxOrder,
		orderLife: MovingLife,
		words: Record<OrderState, string>,
		now: number,
	): void {
		const before = stateOf(order.status);
		if (before && !OPEN_STATES.includes(before) && before !== 'active') return;
		const moment = orderAt(order, orderLife, now);
		const isOpen = OPEN_STATES.includes(moment.state);
		order.status = words[isOpen && before === 'active' ? 'active' : moment.state];
		order.remains = order.quantity - moment.delivered;
		if (moment.state !== 'pending' && order.startCount === 0) {
			order.startCount = startCountOf(order.link);
		}
		if (moment.state === 'cancelled' || moment.state === 'partial') this.#refundRemains(order);
	}

	/** What was not delivered is not charged. */
	#refundRemains(order: SandboxOrder): void {
		const undelivered = order.quantity > 0 ? order.remains / order.quantity : 0;
		this.balance = roundMoney(this.balance + order.paid * undelivered);
		order.paid = roundMoney(order.paid * (1 - undelivered));
		order.charge = roundMoney(order.charge * (1 - undelivered));
	}

	#hasOpenOrderFor(link: string): boolean {
		return [...this.orders.values()].some(
			(order) => order.link === link && OPEN_STATES.includes(stateOf(order.status)),
		);
	}

	#freeOrderId(): string {
		while (this.orders.has(String(this.#nextOrderId))) this.#nextOrderId++;
		return String(this.#nextOrderId++);
	}
}

/** What the link had before the delivery: some number that is the same for the same link. */
function startCountOf(link: string): number {
	return [...link].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 44) + 1;
}
