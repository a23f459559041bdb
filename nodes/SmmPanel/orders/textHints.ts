import {
	isChangedByDecoding,
	isOfSmartPanel,
	mostCommentsCharged,
} from '../../orders/smartPanelText';
import type { Service } from '../../panelApi/answers/services';
import { orderTypes } from '../../panelApi/vocabulary/orderTypes';
import type { OrderRow } from './orderRow';

/** An order, and its service where the catalogue was read; undefined where it was not. */
export interface TextOfOrder {
	row: OrderRow;
	service?: Service;
}

/**
 * What a user should know before the panel makes something else of the texts than what they say. Where the catalogue was
 * not read, nobody knows whether the panel does.
 */
export function hintsAtTexts(orders: readonly TextOfOrder[]): string[] {
	const concerned = orders.filter(({ service }) => !service || isOfSmartPanel(service));
	const comments = itemsOf(concerned, (row) => {
		const lines = chargedComments(row);
		return lines !== undefined && mostCommentsCharged(lines) > lines.length;
	});
	const links = itemsOf(concerned, ({ checked }) =>
		isChangedByDecoding(String(checked.sent.link ?? '')),
	);
	return [
		comments &&
			`Some panels (SmartPanel and its copies) also split comments at commas and " | ", and charge each part: ${comments} may become more comments than lines.`,
		links &&
			`Some panels (SmartPanel and its copies) change links that hold + or % codes: check on the panel that the link of ${links} is right.`,
	].filter((hint) => hint !== '');
}

/** The comments of an order that are charged one by one. */
export function chargedComments({ draft, checked }: OrderRow): string[] | undefined {
	const isCounted = orderTypes[draft.orderType].countedBy === 'comments';
	return isCounted ? (checked.sent.comments as string[] | undefined) : undefined;
}

const mostNamed = 5;

/** The items in words, empty if there are none. */
function itemsOf(orders: readonly TextOfOrder[], isMeant: (row: OrderRow) => boolean): string {
	const items = orders.filter(({ row }) => isMeant(row)).map(({ row }) => row.itemIndex);
	if (items.length === 0) return '';
	const more = items.length > mostNamed ? ` and ${items.length - mostNamed} more` : '';
	return `item ${items.slice(0, mostNamed).join(', ')}${more}`;
}
