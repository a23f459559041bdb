import { PanelError } from '../panelError';
import type { Form } from '../transport/wire';
import { quantityAdvice } from '../vocabulary/adviceByWords';
import { plainWords } from '../vocabulary/failurePhrases';

/** What relatives of Perfect Panel say of an order without a quantity, and of others that they may have placed. */
const unclear = /error (while|when) creating (your |the )?order/;

/**
 * The failure of an order, with what to do if it failed for want of a quantity. Packages are sent without one, and panels
 * that miss it say so, or that the quantity is too small (the relatives of Perfect Panel, CMSNT).
 * @param form the order as it was sent
 * @param failure a PanelError, or whatever else was thrown, which is returned as it is
 */
export function withQuantityAdvice(form: Form, failure: unknown): unknown {
	const isWithout = form.link !== undefined && form.quantity === undefined;
	if (!isWithout || !(failure instanceof PanelError)) return failure;
	if (failure.description.includes(quantityAdvice)) return failure;
	if (failure.kind === 'quantity') return failure.withDetail(quantityAdvice);
	if (!failure.mayHaveActed || !unclear.test(plainWords(failure.words))) return failure;
	return failure.withDetail(
		`Should the order not be there, it may have failed for want of a quantity. ${quantityAdvice}`,
	);
}
