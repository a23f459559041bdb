import type { IDataObject } from 'n8n-workflow';

import type { ExtraField } from '../../orders/orderDraft';
import { readNumber } from '../../parameters/readNumber';
import { textProblem } from '../../parameters/textProblem';

/**
 * What stands in the options of Create Order, and the Idempotency Key, which one of them sends. The options of a
 * workflow that was written by hand may hold anything.
 */

export const mostParallelOrders = 10;
export const usualParallelOrders = 5;

/** Called with what is wrong: the field by its name on the screen, and a text that continues it. */
export type NoteProblem = (field: string, problem: string) => void;

/** Runs and interval of the Drip-Feed option. */
export function scheduleIn(options: IDataObject): { runs: unknown; interval: unknown } {
	const group = (options.dripFeed ?? {}) as IDataObject;
	const { runs, interval } = (group.schedule ?? {}) as IDataObject;
	return { runs, interval };
}

/** How many orders may be under way at a time. */
export function readParallelOrders(
	{ parallelOrders = usualParallelOrders }: IDataObject,
	note: NoteProblem,
): number {
	const count = readNumber(parallelOrders);
	if (count !== undefined && Number.isInteger(count) && count >= 1 && count <= mostParallelOrders)
		return count;
	const shown = JSON.stringify(parallelOrders);
	note('Orders at a Time', `must be a whole number from 1 to ${mostParallelOrders} (got ${shown})`);
	return 1;
}

/**
 * The idempotency key of a row; empty without one. An object would be the same text for every row, and all but the first
 * taken for orders that came again.
 * @param isExpected whether it must not be empty: an expression that gives nothing for one item must not switch it off
 */
export function readKey(
	written: unknown,
	isExpected: boolean,
	options: IDataObject,
	note: NoteProblem,
): string {
	const notAText = textProblem(written);
	if (notAText) {
		note('Idempotency Key', notAText);
		return '';
	}
	const key = String(written ?? '').trim();
	if (key === '' && isExpected)
		note('Idempotency Key', 'is empty for this item: use a value that every order has');
	else if (key === '' && sendKeyAs(options) !== '')
		note("Panel's Key Field", 'needs an Idempotency Key, which it sends');
	return key;
}

/** The extra fields of a row, the one that carries the key included. */
export function extraFieldsOf(options: IDataObject, idempotencyKey: string): ExtraField[] {
	const collection = (options.extraFields ?? {}) as Record<string, unknown>;
	const rows = Object.values(collection).flat() as Array<IDataObject | undefined>;
	const extraFields = rows
		.filter((row) => typeof row === 'object' && row !== null)
		.map(({ name, value }) => ({ name: String(name ?? ''), value }));
	const name = sendKeyAs(options);
	return name && idempotencyKey ? [...extraFields, { name, value: idempotencyKey }] : extraFields;
}

function sendKeyAs(options: IDataObject): string {
	return String(options.sendKeyAs ?? '').trim();
}
