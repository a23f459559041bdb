import type { Service } from '../panelApi/answers/services';
import { orderTypeNames, orderTypes, type OrderType } from '../panelApi/vocabulary/orderTypes';
import { clippedName } from './clippedName';

/** What stands between the parts of a row of the picker; the order type is the last part. */
export const rowSeparator = ' | ';

/**
 * A row of the picker: what one buys first, then price, ID, limits and type. The name is clipped so that the price and
 * the ID are never cut off: the editor shows about 48 small letters of a row in the list, and 36 of the picked one. The
 * order type is the last part: the fields of Create Order follow it.
 */
export function rowOf({ service, name, rate, min, max, orderType, type }: Service): string {
	const isPackage = orderType !== null && orderTypes[orderType].isPackage;
	const price = `${rate ?? '?'} ${isPackage ? 'per package' : 'per 1k'}`;
	const limits = isPackage ? undefined : `${shortened(min)} to ${shortened(max)}`;
	const label = orderType === null ? type || orderTypes.default.label : orderTypes[orderType].label;
	return [clippedName(name), price, service, limits, label].filter(Boolean).join(rowSeparator);
}

/** What a picked row says of its service, as it was when somebody picked it. */
export interface PickedService {
	/** Undefined where the row ends with a type that nobody knows. */
	orderType?: OrderType;
	min: number | null;
	max: number | null;
}

/**
 * Reads the row that was picked from the list.
 * @param row the text that n8n keeps beside the service
 * @param service the ID that is to be ordered: after an edit by hand the text may be that of another service
 * @returns undefined where there is no row, or one of another service
 */
export function readPickedRow(row: unknown, service: string): PickedService | undefined {
	if (typeof row !== 'string') return undefined;
	const parts = row.split(rowSeparator).map((part) => part.trim());
	const place = parts.lastIndexOf(service);
	if (place < 1) return undefined;
	const label = parts.at(-1);
	const [, min, max] = /^(\S+) to (\S+)$/.exec(parts[place + 1] ?? '') ?? [];
	return {
		orderType: orderTypeNames.find((name) => orderTypes[name].label === label),
		min: amountOf(min),
		max: amountOf(max),
	};
}

/** "100k" for 100000; a number that would lose digits stays as it is. */
function shortened(amount: number | null): string {
	if (amount === null) return '?';
	if (amount >= 1_000_000 && amount % 100_000 === 0) return `${amount / 1_000_000}M`;
	if (amount >= 1000 && amount % 100 === 0) return `${amount / 1000}k`;
	return String(amount);
}

const factors: Readonly<Record<string, number>> = { k: 1000, M: 1_000_000 };

function amountOf(text = ''): number | null {
	const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([kM]?)$/.exec(text) ?? [];
	return digits === undefined ? null : Math.round(Number(digits) * (factors[unit] ?? 1));
}
