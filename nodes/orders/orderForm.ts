import { checkExtraFields } from './extraFields';
import type { OrderDraft } from './orderDraft';
import { readField } from './readField';
import type { Problem } from '../parameters/problem';
import { orderFields, type OrderFieldName } from '../panelApi/vocabulary/orderFields';
import { fieldsOf, orderTypes, type OrderType } from '../panelApi/vocabulary/orderTypes';
import type { Form } from '../panelApi/client';

/** A draft as it will be sent, and all that is wrong with it. */
export interface CheckedOrder {
	problems: Problem[];
	/** What goes over the wire, without `key` and `action`. */
	form: Form;
	/** What was sent, by the node's field names: text, numbers, and lists as arrays. */
	sent: Partial<Record<OrderFieldName, string | number | string[]>>;
	/** The extra fields that were sent, by their names on the wire. */
	extraFields: Form;
	/** The quantity that was sent: the one given, or the lines of a list; null where none was, or extra fields set it. */
	quantity: number | null;
	/**
	 * What the order asks for: runs times quantity, or the lines of a list; null for a package or subscription. There are
	 * panels that ignore runs, so it is not what they deliver.
	 */
	totalQuantity: number | null;
}

/** What is wrong with an order without a service. */
export const serviceIsEmpty: Problem = {
	field: 'Service',
	problem: 'is empty: pick a service from the list or enter its ID',
};

/**
 * Turns a draft into the form of `add`, and finds everything that is wrong with it before any money moves.
 * Source: Perfect Panel's order types; drip-feed needs both `runs` and `interval` (SmartPanel refuses one alone),
 * and its quantity is per run.
 */
export function checkOrder(draft: OrderDraft): CheckedOrder {
	const problems: Problem[] = [];
	const service = draft.service.trim();
	const form: Form = { service };
	const sent: CheckedOrder['sent'] = {};

	if (service === '') problems.push(serviceIsEmpty);
	for (const name of fieldsOf(draft.orderType)) {
		if (!isWanted(name, draft)) continue;
		const reading = readField(name, draft.values[name]);
		if ('problem' in reading) {
			problems.push({ field: orderFields[name].label, problem: reading.problem });
		} else if (reading.value !== undefined) {
			sent[name] = reading.value;
			form[orderFields[name].wire] = onTheWire(reading.value);
		} else if (orderTypes[draft.orderType].needs.includes(name)) {
			problems.push({
				field: orderFields[name].label,
				problem: `is required${whereToFind(draft)}`,
			});
		}
	}
	problems.push(...problemsBetweenFields(draft, sent));
	const lines = countedLines(draft.orderType, sent);
	if (lines !== null) form[quantityField] = String(lines);
	const extra = checkExtraFields(draft, orderTypes[draft.orderType].isPackage ? 1 : lines);
	const given = typeof sent.quantity === 'number' ? sent.quantity : lines;
	return {
		problems: [...problems, ...extra.problems],
		form: { ...form, ...extra.form },
		sent,
		extraFields: extra.form,
		quantity: Object.hasOwn(extra.form, quantityField) ? null : given,
		totalQuantity: given === null ? null : given * (typeof sent.runs === 'number' ? sent.runs : 1),
	};
}

/** The editor shows the fields of the service that was picked from the list, else those of Default orders. */
function whereToFind({ orderType, followsService }: OrderDraft): string {
	const { label } = orderTypes[orderType];
	return followsService && orderType !== 'default'
		? ` for ${label} orders: set Order Type to ${label} to show the field`
		: '';
}

function onTheWire(value: string | number | string[]): string {
	return Array.isArray(value) ? value.join('\n') : String(value);
}

function isWanted(name: OrderFieldName, { values }: OrderDraft): boolean {
	const condition = orderFields[name].onlyWith;
	return (
		!condition || String(values[condition.field as OrderFieldName] ?? '').trim() === condition.value
	);
}

function problemsBetweenFields(draft: OrderDraft, sent: CheckedOrder['sent']): Problem[] {
	const problems: Problem[] = [];
	const isGiven = (name: OrderFieldName) => String(draft.values[name] ?? '').trim() !== '';
	if (!fieldsOf(draft.orderType).includes('runs') && (isGiven('runs') || isGiven('interval'))) {
		problems.push({
			field: orderFields.runs.label,
			problem: `isn't available for ${orderTypes[draft.orderType].label} orders`,
		});
	} else if (isGiven('runs') !== isGiven('interval')) {
		const [given, missing] = isGiven('runs')
			? (['runs', 'interval'] as const)
			: (['interval', 'runs'] as const);
		problems.push({
			field: orderFields[missing].label,
			problem: `is required with ${orderFields[given].label}`,
		});
	}
	if (typeof sent.min === 'number' && typeof sent.max === 'number' && sent.min > sent.max) {
		problems.push({
			field: orderFields.min.label,
			problem: `is ${sent.min}, more than ${orderFields.max.label} (${sent.max})`,
		});
	}
	return problems;
}

const quantityField = orderFields.quantity.wire;

/**
 * The lines of an order that is counted by them. They are sent as its quantity too: CMSNT, the relatives of Perfect Panel
 * and others refuse the order without, smmdoc then orders and charges its minimum, and the panels that count the lines
 * themselves (SmartPanel, NOVA, the Laravel one) do not look at it. The quantity of a package is not sent: panels that
 * hold it against the limits of the service (smmdoc) refuse the 1 that others want.
 */
function countedLines(orderType: OrderType, sent: CheckedOrder['sent']): number | null {
	const { countedBy } = orderTypes[orderType];
	return (countedBy && (sent[countedBy] as string[] | undefined)?.length) ?? null;
}
