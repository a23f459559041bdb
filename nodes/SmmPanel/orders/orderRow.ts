import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { readNumber } from '../../parameters/readNumber';
import type { ExtraField } from '../../orders/extraFields';
import {
	checkOrder,
	type CheckedOrder,
	type OrderDraft,
	type Problem,
} from '../../orders/orderForm';
import { textProblem } from '../../parameters/textProblem';
import type { OrderFieldName } from '../../panelApi/vocabulary/orderFields';
import { fieldsOf, orderTypeNames, type OrderType } from '../../panelApi/vocabulary/orderTypes';
import type { ItemProblem } from '../run/itemProblems';
import { serviceIdOf } from './orderParameters';
import { IdempotencyKeys } from './keys';

/** One input item of Create Order, read and checked. */
export interface OrderRow {
	itemIndex: number;
	draft: OrderDraft;
	checked: CheckedOrder;
	idempotencyKey: string;
	/** Highest price per 1,000 and highest cost of the order, in the account's currency; undefined: no guard. */
	maxRate?: number;
	maxCost?: number;
	/** Whether the order is put out in our form, or the panel's own answer. */
	isSimple: boolean;
	problems: ItemProblem[];
}

/** Fields that stand in the Options of the node, not beside the others. */
const optionFields: ReadonlySet<OrderFieldName> = new Set(['runs', 'interval']);

/** Reads everything the user entered for one item. Never throws: what cannot be read is a problem of the row. */
export function readOrderRow(node: IExecuteFunctions, itemIndex: number): OrderRow {
	const problems: ItemProblem[] = [];
	const read = (
		name: string,
		field: string,
		{
			extractValue = false,
			fallback = '',
		}: { extractValue?: boolean; fallback?: string | boolean } = {},
	): unknown => {
		try {
			return node.getNodeParameter(name, itemIndex, fallback, { extractValue });
		} catch (error) {
			problems.push({ itemIndex, field, problem: `cannot be read: ${(error as Error).message}` });
			return '';
		}
	};
	const options = (read('options', 'Options') || {}) as IDataObject;
	const isSimple = Boolean(read('simplify', 'Simplify', { fallback: true }));
	const guard = (name: 'maxRate' | 'maxCost', field: string): number | undefined => {
		const value = options[name];
		if (!(name in options)) return undefined;
		if (value === undefined || value === null || value === '') {
			const problem = 'is empty: enter a number above 0, or remove the option';
			problems.push({ itemIndex, field, problem });
			return undefined;
		}
		const limit = readNumber(value);
		if (limit !== undefined && limit > 0) return limit;
		problems.push({
			itemIndex,
			field,
			problem: `is "${String(value)}", but has to be a number above 0`,
		});
		return undefined;
	};

	const orderType = readOrderType(read('orderType', 'Order Type'), itemIndex, problems);
	const values: OrderDraft['values'] = {};
	for (const name of fieldsOf(orderType)) {
		if (!optionFields.has(name)) values[name] = read(name, name);
	}
	for (const name of optionFields) values[name] = options[name];

	const maxRate = guard('maxRate', 'Maximum Rate');
	const maxCost = guard('maxCost', 'Maximum Cost');
	const { idempotencyKey, problem: keyProblem } = readKey(options);
	const draft: OrderDraft = {
		service: serviceIdOf(read('service', 'Service', { extractValue: true })),
		orderType,
		values,
		extraFields: extraFieldsOf(options, idempotencyKey),
		hasGuard: maxRate !== undefined || maxCost !== undefined,
	};
	const checked = checkOrder(draft);
	problems.push(...checked.problems.map((problem) => ({ itemIndex, ...problem })));
	if (keyProblem) problems.push({ itemIndex, ...keyProblem });
	if (idempotencyKey && !new IdempotencyKeys(node).areKept) {
		problems.push({
			itemIndex,
			field: 'Idempotency Key',
			problem: 'needs n8n 1.64 or later, which remembers keys: update n8n, or remove the option',
		});
	}
	return {
		itemIndex,
		draft,
		checked,
		idempotencyKey,
		maxRate,
		maxCost,
		isSimple,
		problems,
	};
}

/** What was ordered, by the node's field names, as it goes into the output. */
export function orderEcho({ draft, checked }: OrderRow): IDataObject {
	const { link, quantity, ...others } = checked.sent;
	return {
		service: draft.service,
		...(link !== undefined && { link }),
		...((quantity ?? checked.totalQuantity) !== null && {
			quantity: quantity ?? checked.totalQuantity,
		}),
		...others,
		...('runs' in others && { totalQuantity: checked.totalQuantity }),
		...(Object.keys(checked.extraFields).length > 0 && { extraFields: checked.extraFields }),
	};
}

/** The same in words, for errors. */
export function orderInWords({ draft, checked, idempotencyKey }: OrderRow): string {
	const { link, username } = checked.sent;
	const parts = [
		`service ${draft.service}`,
		link !== undefined && `link ${String(link)}`,
		link === undefined && username !== undefined && `username ${String(username)}`,
		checked.totalQuantity !== null && `quantity ${checked.totalQuantity}`,
		idempotencyKey && `idempotency key ${idempotencyKey}`,
	];
	return parts.filter(Boolean).join(', ');
}

function readOrderType(value: unknown, itemIndex: number, problems: ItemProblem[]): OrderType {
	const name = String(value || 'default');
	const orderType = orderTypeNames.find((known) => known === name);
	if (orderType) return orderType;
	problems.push({
		itemIndex,
		field: 'Order Type',
		problem: `is "${name}", but has to be one of ${orderTypeNames.join(', ')}`,
	});
	return 'default';
}

/** An object would be the same text for every row, and all but the first taken for orders that came again. */
function readKey(options: IDataObject): { idempotencyKey: string; problem?: Problem } {
	const field = 'Idempotency Key';
	const written: unknown = options.idempotencyKey;
	const notAText = textProblem(written);
	if (notAText) return { idempotencyKey: '', problem: { field, problem: notAText } };
	const idempotencyKey = String(written ?? '').trim();
	if (idempotencyKey !== '') return { idempotencyKey };
	if ('idempotencyKey' in options) {
		const problem =
			'is empty: enter something that is different for each order, such as the row number of the sheet, or remove the option';
		return { idempotencyKey, problem: { field, problem } };
	}
	if (sendKeyAs(options) === '') return { idempotencyKey };
	const problem = 'needs an Idempotency Key, which it sends: add that option, or remove this one';
	return { idempotencyKey, problem: { field: 'Send Key As', problem } };
}

function extraFieldsOf(options: IDataObject, idempotencyKey: string): ExtraField[] {
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
