import { z } from 'zod';

import { isRecord } from '../../isRecord';
import { orderStateOf } from '../vocabulary/statusWords';
import { isIdentifier, newIdentifier } from './fields';

/** A placed order. */
export const placedOrder = z.object({ order: z.string() });

export type PlacedOrder = z.output<typeof placedOrder>;

/** What scripts write where the ID of the order that they failed to place would stand. */
const noOrderId =
	/^(error|fail(ed|ure)?|success(ful)?|ok(ay)?|done|yes|no|n\/?a|nil|unknown|queued|accepted|created|placed|waiting|order|invalid|refused|rejected|denied|duplicate|inactive)$/i;

const orderId = newIdentifier.pipe(z.string().refine(isOrderId));

/** An ID has a digit in it, or is no word. */
function isOrderId(id: string): boolean {
	return !noOrderId.test(id) && (/\d/.test(id) || isNoWord(id));
}

/** Codes without a digit are in capitals or have signs in them, and are longer than words of status. */
function isNoWord(id: string): boolean {
	return orderStateOf(id).state === 'unknown' && id.length >= 6 && !/^[a-z]+$/.test(id);
}

/** The places where an answer to `add` names the new order, the most certain first. */
const namesOfOrder = ['order', 'order_id', 'orderId', 'orderID'] as const;

/**
 * The ID of the new order: `{order}` as text (seed) or number (Perfect Panel), with `status: "success"` beside it
 * (SmartPanel), `{order_id}`, `{data: {order}}` (clients' guesses). A few panels call it `id`, and such an `id` counts
 * only where there is no other name and no failure: beside an error it names the request.
 * @returns undefined where there is none, or where two names contradict each other
 */
export function orderIn(answer: unknown, isFailure = false): string | undefined {
	const { data } = fieldsOf(answer);
	const ids = new Set([answer, data].flatMap((level) => idsIn(fieldsOf(level), isFailure)));
	const [id] = ids;
	return ids.size === 1 ? id : undefined;
}

function idsIn(fields: Record<string, unknown>, isFailure: boolean): string[] {
	const ids = namesOfOrder.flatMap((name) => orderId.safeParse(fields[name]).data ?? []);
	if (ids.length > 0 || isFailure || (fields.order ?? null) !== null) return ids;
	const id = orderId.safeParse(fields.id).data;
	return id === undefined ? [] : [id];
}

function fieldsOf(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
}

/** `"order":987655`, `order_id: 'ord_01HG'`, `order => 5` in any text. */
const mention =
	/\border(?:[ _]?id)?["']?\s{0,5}(?::|=>?)\s{0,5}["']?([\w-]{1,64})(?=["'\s,;}\])<]|$)/gi;

/** An answer to one order that names more of them names none. */
const mostMentioned = 20;

/**
 * The order IDs that stand anywhere in a text, however broken it is; the first ones where there are very many. Looks at
 * each mention once and without ceremony: 8 MB can hold half a million.
 */
export function ordersMentionedIn(text: string): string[] {
	const ids = new Set<string>();
	for (const [, id = ''] of text.matchAll(mention)) {
		if (/\d/.test(id) && isIdentifier(id) && isOrderId(id)) ids.add(id);
		if (ids.size === mostMentioned) break;
	}
	return [...ids];
}
