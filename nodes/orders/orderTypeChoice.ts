import {
	orderTypeOf,
	orderTypeNames,
	orderTypes,
	type OrderType,
} from '../panelApi/vocabulary/orderTypes';

/** The order type that follows the service. */
export const fromService = 'auto';

/**
 * The order type that a user chose: by its value, or by expression as panels and the screen write it.
 * @returns `auto` for the type that follows the service, or what is wrong, continuing the name of the field
 */
export function readOrderTypeChoice(
	value: unknown,
): { choice: OrderType | typeof fromService } | { problem: string } {
	const written = typeof value === 'string' ? value.trim() : value;
	if (written === undefined || written === null || written === '' || written === fromService)
		return { choice: fromService };
	if (typeof written !== 'string') return { problem: 'must be a text, such as Custom Comments' };
	if (/^from ?service$/i.test(written)) return { choice: fromService };
	const known = orderTypeOf(written);
	if (known) return { choice: known };
	const likely = likeliestType(written);
	const hint = likely ? ` Did you mean ${orderTypes[likely].label}?` : '';
	return { problem: `is "${written.slice(0, 100)}", which isn't an order type.${hint}` };
}

/** "comments" is likely to be "Custom Comments". */
function likeliestType(written: string): OrderType | undefined {
	const letters = written.toLowerCase().replace(/[^a-z]/g, '');
	if (letters.length < 3) return undefined;
	return orderTypeNames.find((name) => name.toLowerCase().includes(letters));
}
