import type { IDataObject } from 'n8n-workflow';

import type { OrderRow } from './orderRow';

/**
 * What was sent, by the node's field names, as it goes into the output. `totalQuantity` of a drip-feed is what was asked
 * for: what a panel made of it only the status says.
 */
export function orderEcho({ draft, checked }: OrderRow): IDataObject {
	const { link, ...others } = checked.sent;
	return {
		service: draft.service,
		...(link !== undefined && { link }),
		...(checked.quantity !== null && { quantity: checked.quantity }),
		...others,
		...('runs' in others && { totalQuantity: checked.totalQuantity }),
		...(Object.keys(checked.extraFields).length > 0 && { extraFields: checked.extraFields }),
	};
}

/** The same as details of a failed order. */
export function orderDetails(row: OrderRow): IDataObject {
	const { idempotencyKey } = row;
	return { ...orderEcho(row), ...(idempotencyKey && { idempotencyKey }) };
}

/** The same in words, for errors and the log: what is needed to find the order on the panel. */
export function orderInWords({ draft, checked, idempotencyKey }: OrderRow): string {
	const { link, username } = checked.sent;
	const parts = [
		`service ${draft.service}`,
		link !== undefined && `link ${String(link)}`,
		link === undefined && username !== undefined && `username ${String(username)}`,
		checked.totalQuantity !== null && `quantity ${checked.totalQuantity}`,
		idempotencyKey && `idempotency key ${idempotencyKey}`,
	];
	return parts.filter(Boolean).join(', ').slice(0, longestInWords);
}

const longestInWords = 700;
