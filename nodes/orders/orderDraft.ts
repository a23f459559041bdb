import type { OrderFieldName } from '../panelApi/vocabulary/orderFields';
import type { OrderType } from '../panelApi/vocabulary/orderTypes';

/** What a user filled in for one order, by the node's field names; anything may be missing or wrong. */
export interface OrderDraft {
	service: string;
	orderType: OrderType;
	/** Whether the type is that of a service which was not picked from the list, so that the editor shows other fields. */
	followsService?: boolean;
	values: Partial<Record<OrderFieldName, unknown>>;
	extraFields?: readonly ExtraField[];
	/** Whether the user set a limit to the price, which then has to hold for all that is sent. */
	hasGuard?: boolean;
}

/** A field that goes out as it is, by its name on the wire. */
export interface ExtraField {
	name: string;
	value: unknown;
}
