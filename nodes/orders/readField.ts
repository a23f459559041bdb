import { DateTime } from 'luxon';

import { leftExpression } from '../parameters/leftExpression';
import { textProblem } from '../parameters/textProblem';
import { orderFields, type OrderFieldName } from '../panelApi/vocabulary/orderFields';

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
	const left = leftExpression(value);
	if (left) return { problem: left };
	const { kind, least = 0, choices = [] } = orderFields[name];
	switch (kind) {
		case 'text':
			return readOneLine(value, webAddresses.has(name));
		case 'lines': {
			if ([value].flat().some((part) => typeof part === 'object' && part !== null))
				return { problem: 'must be a text or a list of texts, but holds objects' };
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
			return { problem: `must be one of ${list} (got "${choice}")` };
		}
		case 'date':
			return readDate(value);
	}
}

/** Fields that hold the address of a page; some services take a name or words in them too. */
const webAddresses: ReadonlySet<OrderFieldName> = new Set(['link', 'media', 'referringUrl']);

function readOneLine(value: unknown, isAddress: boolean): Reading {
	const problem = textProblem(value);
	if (problem) return { problem };
	const line = String(value).trim();
	if (/[\r\n]/.test(line)) return { problem: 'must be one line' };
	if (isAddress && /^(\w+:\/\/|www\.)\S*\s/i.test(line))
		return { problem: `is "${line}", but an address has no spaces: copy it again` };
	return { value: line || undefined };
}

/** Much of the world writes a thousand this way. A number from an expression never looks like it. */
const thousandsOrDecimals = /^[+-]?[1-9]\d{0,2}\.000$/;
/** "1,000", "1 000", "1'000", "1.000.000": what it means is clear to most people, but not to all of them. */
const grouped = /^[+-]?\d{1,3}([.,'’\s]\d{3})+$/;

function readWholeNumber(value: unknown, least: number): Reading {
	const text = String(value).trim();
	if (text === '') return { value: undefined };
	if (thousandsOrDecimals.test(text)) {
		const problem = `is "${text}", which may mean ${text.replace('.', '')} or ${Number(text)}: write it without a point`;
		return { problem };
	}
	const number = /^[+-]?\d+(\.0+)?$/.test(text) ? Number(text) : Number.NaN;
	if (!Number.isSafeInteger(number)) {
		const advice = grouped.test(text) ? `: write ${text.replace(/\D/g, '')}` : '';
		return { problem: `must be a whole number (got "${text}")${advice}` };
	}
	if (number < least) return { problem: `must be at least ${least} (got ${number})` };
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
	if (!date) return { problem: `must be a date such as 2030-12-31 or 31/12/2030 (got "${text}")` };
	return { value: date.toFormat('dd/MM/yyyy') };
}

/** A point in time is a day of the workflow's time zone; midnight in UTC is how a day without a time is written. */
function dayOf(date: Date): DateTime {
	const utc = DateTime.fromJSDate(date, { zone: 'utc' });
	return +utc === +utc.startOf('day') ? utc : utc.toLocal();
}
