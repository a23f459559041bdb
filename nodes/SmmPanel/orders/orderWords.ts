import type { IDataObject } from 'n8n-workflow';

import { PanelError } from '../../panelApi/panelError';
import type { OrderRow } from './orderRow';
import { mayHaveActed } from './rowResult';

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

const longestInWords = 700;

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

/** The details of an order that failed like this: what it was, the kind of error, and whether another panel may take it. */
export function failureDetails(row: OrderRow, error: Error): IDataObject {
	const { kind, canOrderElsewhere } =
		error instanceof PanelError ? error : { kind: 'input', canOrderElsewhere: false };
	return { ...orderDetails(row), kind, canOrderElsewhere };
}

/** After an unknown outcome the user has to find the order on the panel: what to look for. Empty after any other. */
export function whatToLookFor(row: OrderRow, error: Error): string {
	return mayHaveActed(error) ? `The order was: ${orderInWords(row)}.` : '';
}
