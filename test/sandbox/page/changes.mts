import { stateOf } from '../clock.mts';
import type { PanelLife } from '../life.mts';
import { roundMoney } from '../money.mts';

/** What somebody changed on the page, as its buttons send it; anything may be missing or wrong. */
type Wish = Readonly<Record<string, unknown>>;

/** The state of an order that goes on by itself again. */
export const byItself = 'byItself';

/** What the page can change, by the last part of its address. Each returns what is wrong, or nothing. */
export const changes: Readonly<
	Record<string, (life: PanelLife, wish: Wish) => string | undefined>
> = { balance: setBalance, order: setOrder, price: setPrice };

function setBalance(life: PanelLife, { amount }: Wish): string | undefined {
	const balance = amountOf(amount);
	if (balance === undefined) return 'The balance must be a number such as 20 or 20.5';
	life.balance = balance;
	return undefined;
}

function setOrder(life: PanelLife, { order, state }: Wish): string | undefined {
	const known = life.orders.get(String(order));
	if (!known) return `There is no order ${String(order)}`;
	if (state === byItself) {
		known.held = false;
		return undefined;
	}
	const status = Object.values(life.settings.orderWords).find((word) => stateOf(word) === state);
	if (!status) return `There is no state ${String(state)}`;
	life.setOrder(known.order, { status });
	return undefined;
}

function setPrice(life: PanelLife, { service, rate }: Wish): string | undefined {
	const known = life.serviceOf(typeof service === 'string' ? service : '');
	if (!known) return `There is no service ${String(service)}`;
	const price = amountOf(rate);
	if (price === undefined) return 'The price must be a number such as 2 or 0.95';
	known.rate = price;
	return undefined;
}

function amountOf(value: unknown): number | undefined {
	const text = typeof value === 'string' ? value.trim() : '';
	return /^\d+(\.\d+)?$/.test(text) ? roundMoney(Number(text)) : undefined;
}
