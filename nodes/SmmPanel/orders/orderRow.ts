import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { OrderDraft } from '../../orders/orderDraft';
import { checkOrder, type CheckedOrder } from '../../orders/orderForm';
import { fromService, readOrderTypeChoice } from '../../orders/orderTypeChoice';
import { quantityProblems } from '../../orders/valuation';
import { orderFields, type OrderFieldName } from '../../panelApi/vocabulary/orderFields';
import { fieldsOf, type OrderType } from '../../panelApi/vocabulary/orderTypes';
import {
	holdsExpression,
	parameterReader,
	writtenParameter,
} from '../../parameters/parameterReader';
import type { Problem } from '../../parameters/problem';
import type { ItemProblem } from '../run/itemProblems';
import { chosenService, type ChosenService } from './chosenService';
import { hasGuard, type Limits, readLimit } from './limits';
import { extraFieldsOf, readKey, readParallelOrders, scheduleIn } from './readOptions';

/** One input item of Create Order, read and checked. Never changed after it was made. */
export interface OrderRow {
	readonly itemIndex: number;
	readonly draft: OrderDraft;
	readonly checked: CheckedOrder;
	/** Whether nothing but the catalogue can say what type the order has; until then it is Default. */
	readonly isTypeOpen: boolean;
	readonly idempotencyKey: string;
	readonly limits: Limits;
	/** How many orders may be under way at a time. */
	readonly parallelOrders: number;
	/** Whether the order is returned in our form, or as the panel's own answer. */
	readonly isSimple: boolean;
	readonly includesInput: boolean;
	readonly problems: readonly ItemProblem[];
}

/** Fields that stand in the Options of the node, not beside the others. */
const optionFields: ReadonlySet<OrderFieldName> = new Set(['runs', 'interval']);

/** Reads the row of an item; see `orderRowReader`. */
export type ReadOrderRow = (itemIndex: number, typeOfService?: OrderType | null) => OrderRow;

/**
 * A function that reads everything the user entered for one item, with the type that the catalogue gives the service
 * once it is known. It never throws: what cannot be read is a problem of the row.
 */
export function orderRowReader(node: IExecuteFunctions): ReadOrderRow {
	const readers = new Map<string, (itemIndex: number) => unknown>();
	const parameter: ReadParameter = (name, itemIndex, fallback, extractValue) => {
		const key = `${name} ${extractValue}`;
		const reader =
			readers.get(key) ?? parameterReader(node, name, fallback as string, { extractValue });
		readers.set(key, reader);
		return reader(itemIndex);
	};
	/** An expression that gives nothing for an item must not switch off what makes the order safe. */
	const isMeant = (name: string) => holdsExpression(writtenParameter(node, name, ''));
	const meant = { maxCost: isMeant('maxCost'), idempotencyKey: isMeant('idempotencyKey') };
	return (itemIndex, typeOfService) => readRow(parameter, meant, itemIndex, typeOfService);
}

type ReadParameter = (
	name: string,
	itemIndex: number,
	fallback: unknown,
	extractValue: boolean,
) => unknown;

function readRow(
	parameter: ReadParameter,
	meant: Record<'maxCost' | 'idempotencyKey', boolean>,
	itemIndex: number,
	typeOfService?: OrderType | null,
): OrderRow {
	const problems: ItemProblem[] = [];
	const unread = new Set<string>();
	/** What cannot be read is not also empty. */
	const note = (field: string, problem: string) => {
		if (!unread.has(field)) problems.push({ itemIndex, field, problem });
	};
	const read = (name: string, field: string, fallback: unknown = '', extractValue = false) => {
		try {
			return parameter(name, itemIndex, fallback, extractValue);
		} catch (error) {
			note(field, `cannot be read: ${(error as Error).message}`);
			unread.add(field);
			return fallback;
		}
	};
	const options = (read('options', 'Options', {}) || {}) as IDataObject;
	const service = chosenService(read('service', 'Service'), read('service', 'Service', '', true));
	if (service.problem) note('Service', service.problem);
	const chosen = readOrderTypeChoice(read('orderType', 'Order Type', fromService));
	if ('problem' in chosen) note('Order Type', chosen.problem);
	const choice = 'choice' in chosen ? chosen.choice : 'default';
	const followsService = choice === fromService;
	const typeOfRow = service.picked?.orderType;
	const orderType = followsService ? (typeOfRow ?? typeOfService ?? 'default') : choice;

	const limit = (field: string, value: unknown, isExpected: boolean) =>
		readLimit(value, isExpected, (problem) => note(field, problem));
	const limits: Limits = {
		maxRate: limit('Maximum Rate', options.maxRate, 'maxRate' in options),
		maxCost: limit('Maximum Cost', read('maxCost', 'Maximum Cost'), meant.maxCost),
		maxTotalCost: limit('Maximum Total Cost', options.maxTotalCost, 'maxTotalCost' in options),
	};
	const writtenKey = read('idempotencyKey', 'Idempotency Key');
	const idempotencyKey = readKey(writtenKey, meant.idempotencyKey, options, note);
	const draft: OrderDraft = {
		service: service.id,
		orderType,
		followsService: followsService && typeOfRow === undefined,
		values: {
			...fieldValues(orderType, (name) => read(name, orderFields[name].label)),
			...scheduleIn(options),
		},
		extraFields: extraFieldsOf(options, idempotencyKey),
		hasGuard: hasGuard(limits),
	};
	const checked = checkOrder(draft);
	// A type that nobody knows has no fields that could be wrong.
	const fieldProblems = 'problem' in chosen ? [] : checked.problems;
	for (const { field, problem } of fieldProblems) {
		if (!(field === 'Service' && service.problem)) note(field, problem);
	}
	for (const { field, problem } of limitsOfPickedRow(service, draft, checked)) note(field, problem);
	return {
		itemIndex,
		draft,
		checked,
		isTypeOpen: followsService && typeOfRow === undefined,
		idempotencyKey,
		limits,
		parallelOrders: readParallelOrders(options, note),
		isSimple: Boolean(read('simplify', 'Simplify', true)),
		includesInput: Boolean(options.includeInputFields),
		problems,
	};
}

/** A price limit reads the present limits of the service; without one those of the picked row are all there is. */
function limitsOfPickedRow(
	{ id, picked }: ChosenService,
	{ orderType, hasGuard: readsCatalogue }: OrderDraft,
	{ sent, totalQuantity }: CheckedOrder,
): Problem[] {
	if (!picked || readsCatalogue) return [];
	const quantity = typeof sent.quantity === 'number' ? sent.quantity : null;
	const { min, max } = picked;
	return quantityProblems({ orderType, totalQuantity, quantity }, { service: id, min, max }).map(
		({ field, problem }) => ({
			field,
			problem: `${problem} (as picked from the list; if the panel changed it, pick the service again)`,
		}),
	);
}

/** The fields of an order that stand beside each other in the editor. */
function fieldValues(
	orderType: OrderType,
	read: (name: OrderFieldName) => unknown,
): OrderDraft['values'] {
	const names = fieldsOf(orderType).filter((name) => !optionFields.has(name));
	return Object.fromEntries(names.map((name) => [name, read(name)]));
}
