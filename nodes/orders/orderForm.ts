import { DateTime } from 'luxon';

import { checkExtraFields, type ExtraField } from './extraFields';
import { textProblem } from '../parameters/textProblem';
import { orderFields, type OrderFieldName } from '../panelApi/vocabulary/orderFields';
import { fieldsOf, orderTypes, type OrderType } from '../panelApi/vocabulary/orderTypes';
import type { Form } from '../panelApi/transport/wire';

/** What a user filled in for one order, by the node's field names; anything may be missing or wrong. */
export interface OrderDraft {
	service: string;
	orderType: OrderType;
	/** Whether the type follows the service, so that fields of other types than the editor shows may be missing. */
	followsService?: boolean;
	values: Partial<Record<OrderFieldName, unknown>>;
	extraFields?: readonly ExtraField[];
	/** Whether the user set a limit to the price, which then has to hold for all that is sent. */
	hasGuard?: boolean;
}

/** Something wrong with a draft: the field by the name on the screen, and what to do. */
export interface Problem {
	field: string;
	problem: string;
}

export interface CheckedOrder {
	problems: Problem[];
	/** What goes over the wire, without `key` and `action`. */
	form: Form;
	/** What was sent, by the node's field names: text, numbers, and lists as arrays. */
	sent: Partial<Record<OrderFieldName, string | number | string[]>>;
	/** The extra fields that were sent, by their names on the wire. */
	extraFields: Form;
	/** What the panel will count: runs times quantity, or the lines of a list; null for a package or subscription. */
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
	const extra = checkExtraFields(draft);
	return {
		problems: [...problems, ...extra.problems],
		form: { ...form, ...extra.form },
		sent,
		extraFields: extra.form,
		totalQuantity: totalQuantity(draft.orderType, sent),
	};
}

/** The editor shows the fields of the service that was picked from the list, or those of Default orders. */
function whereToFind({ orderType, followsService }: OrderDraft): string {
	const { label } = orderTypes[orderType];
	return followsService && orderType !== 'default'
		? ` for ${label} orders: set Order Type to ${label} to show the field`
		: '';
}

/** The lines of a list: text or array, trimmed, empty ones dropped. Panels charge for each line they get. */
export function linesOf(value: unknown): string[] {
	const parts: unknown[] = Array.isArray(value) ? value : [value];
	return parts
		.flatMap((part) => String(part ?? '').split(/\r\n|\r|\n/))
		.map((line) => line.trim())
		.filter((line) => line !== '');
}

type Reading = { value: string | number | string[] | undefined } | { problem: string };

/** Reads one field of an order: its value in our form, nothing if it is empty, or what is wrong with it. */
export function readField(name: OrderFieldName, value: unknown): Reading {
	if (value === undefined || value === null || value === '') return { value: undefined };
	const { kind, least = 0, choices = [] } = orderFields[name];
	switch (kind) {
		case 'text':
			return readOneLine(value);
		case 'lines': {
			if ([value].flat().some((part) => typeof part === 'object' && part !== null))
				return { problem: 'holds objects, but has to be a text or a list of texts' };
			const lines = linesOf(value);
			return { value: lines.length > 0 ? lines : undefined };
		}
		case 'wholeNumber':
			return readWholeNumber(value, least);
		case 'choice': {
			const choice = String(value).trim();
			if (choice === '') return { value: undefined };
			if (choices.some((row) => row.value === choice)) return { value: choice };
			const list = choices.map((row) => `${row.value} (${row.label})`).join(', ');
			return { problem: `is "${choice}", but has to be one of ${list}` };
		}
		case 'date':
			return readDate(value);
	}
}

function readOneLine(value: unknown): Reading {
	const problem = textProblem(value);
	if (problem) return { problem };
	const line = String(value).trim();
	if (/[\r\n]/.test(line)) return { problem: 'has several lines, but has to be one' };
	return { value: line || undefined };
}

/** Much of the world writes a thousand this way. A number from an expression never looks like it. */
const thousandsOrDecimals = /^[+-]?[1-9]\d{0,2}\.000$/;

function readWholeNumber(value: unknown, least: number): Reading {
	const text = String(value).trim();
	if (text === '') return { value: undefined };
	if (thousandsOrDecimals.test(text)) {
		const problem = `is "${text}", which may mean ${text.replace('.', '')} or ${Number(text)}: write it without a point`;
		return { problem };
	}
	const number = /^[+-]?\d+(\.0+)?$/.test(text) ? Number(text) : Number.NaN;
	if (!Number.isSafeInteger(number))
		return { problem: `is "${text}", but has to be a whole number` };
	if (number < least) return { problem: `is ${number}, but has to be at least ${least}` };
	return { value: number };
}

function readDate(value: unknown): Reading {
	const text = String(value).trim();
	if (text === '') return { value: undefined };
	const readings =
		value instanceof Date
			? [dayOf(value)]
			: [DateTime.fromISO(text, { setZone: true }), DateTime.fromFormat(text, 'd/M/yyyy')];
	const date = readings.find(({ isValid }) => isValid);
	if (!date)
		return { problem: `is "${text}", but has to be a date such as 2030-12-31 or 31/12/2030` };
	return { value: date.toFormat('dd/MM/yyyy') };
}

/** A point in time is a day of the workflow's time zone; midnight in UTC is how a day without a time is written. */
function dayOf(date: Date): DateTime {
	const utc = DateTime.fromJSDate(date, { zone: 'utc' });
	return +utc === +utc.startOf('day') ? utc : utc.toLocal();
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

function totalQuantity(orderType: OrderType, sent: CheckedOrder['sent']): number | null {
	const { countedBy } = orderTypes[orderType];
	if (countedBy) return (sent[countedBy] as string[] | undefined)?.length ?? null;
	if (typeof sent.quantity !== 'number') return null;
	return sent.quantity * (typeof sent.runs === 'number' ? sent.runs : 1);
}
