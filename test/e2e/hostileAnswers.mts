import type { IDataObject } from 'n8n-workflow';

import type { FaultEffect } from '../sandbox/contract.mts';
import { hostileTexts } from '../support/hostileTexts.mts';

const MEGABYTE = 1_000_000;
/** More than this the actions other than `services` do not read. */
const MOST_OF_OTHERS = 7.9 * MEGABYTE;

/** An answer that may keep a reader busy, and the operation that reads it. */
export interface HostileCase {
	name: string;
	parameters: IDataObject;
	does: FaultEffect;
	/** What the error of the execution says; absent: anything may come of it. */
	error?: string;
	/** Whether the execution has to succeed. */
	isRead?: boolean;
}

const getMany = { resource: 'service', operation: 'getMany', limit: 1 };
const status = { resource: 'order', operation: 'getStatus', orderIds: '5', options: {} };
const balance = { resource: 'account', operation: 'getBalance' };
const create = {
	resource: 'order',
	operation: 'create',
	service: { __rl: true, mode: 'id', value: '101' },
	link: 'https://example.com/p/1',
	quantity: 100,
};

const body = (text: string): FaultEffect => ({ kind: 'answer', body: text });
const filled = (piece: string, bytes: number) => piece.repeat(Math.floor(bytes / piece.length));

/** As PHP and hands write it: a trailing comma in each row, a word without quotes. */
function dirtyCatalogue(rows: number): string {
	const description = 'Starts within an hour. '.repeat(13);
	const row = (number: number) =>
		`{"service": ${number}, "name": "Likes ${number}", "type": Default, "category": "Likes", "rate": "0.90", "min": "50", "max": "10000", "desc": "${description}",}`;
	return `[${Array.from({ length: rows }, (_, number) => row(number + 1)).join(',\n')},]`;
}

/** The texts that take a careless reader longest, for a catalogue and for an order. */
export function hostileTextCases(what: string): HostileCase[] {
	return [
		{
			name: `${what}, for a catalogue`,
			parameters: getMany,
			does: body(textOf(what, 10 * MEGABYTE)),
		},
		{ name: `${what}, for an order`, parameters: create, does: body(textOf(what, MOST_OF_OTHERS)) },
	];
}

const textOf = (what: string, length: number) => hostileTexts(length)[what]?.slice(0, length) ?? '';

export const hostileTextNames = Object.keys(hostileTexts(100));

export const hostileCases: HostileCase[] = [
	{
		name: 'a dirty catalogue of 3,000 rows',
		parameters: getMany,
		does: body(dirtyCatalogue(3000)),
	},
	{
		name: 'a dirty catalogue of 20,000 rows',
		parameters: getMany,
		does: body(dirtyCatalogue(20_000)),
		isRead: true,
	},
	{
		name: '10 MB of < for a catalogue',
		parameters: getMany,
		does: body('<'.repeat(10 * MEGABYTE)),
		error: 'web page',
	},
	{
		name: '10 MB of [ for a catalogue',
		parameters: getMany,
		does: body('['.repeat(10 * MEGABYTE)),
		error: 'not JSON',
	},
	{
		name: '10 MB of {"a": for a catalogue',
		parameters: getMany,
		does: body(filled('{"a":', 10 * MEGABYTE)),
		error: 'not JSON',
	},
	{
		name: '10 MB of empty rows',
		parameters: getMany,
		does: body(`[${filled('{},', 10 * MEGABYTE)}{}]`),
		error: 'not JSON',
	},
	{
		name: '10 MB of quotes and backslashes for a catalogue',
		parameters: getMany,
		does: body(`[${filled('"\\\\"x', 10 * MEGABYTE)}]`),
		error: 'not JSON',
	},
	{
		name: '8 MB of < for a balance',
		parameters: balance,
		does: body('<'.repeat(MOST_OF_OTHERS)),
		error: 'web page',
	},
	{
		name: 'an error of 100 KB',
		parameters: balance,
		does: body(JSON.stringify({ error: filled('user ', 100_000) })),
		error: 'user user',
	},
	{
		name: 'an error of 8 MB',
		parameters: balance,
		does: body(JSON.stringify({ error: filled('user ', MOST_OF_OTHERS) })),
		error: 'user user',
	},
	{
		name: '8 MB of "active order" for an order',
		parameters: create,
		does: body(JSON.stringify({ error: filled('active order ', MOST_OF_OTHERS) })),
		error: 'active order',
	},
	{
		name: '8 MB of errors for a balance',
		parameters: balance,
		does: body(`{"error": [${filled('"no",', MOST_OF_OTHERS)}1]}`),
		error: 'no, no',
	},
	{
		name: '8 MB of order IDs for an order',
		parameters: create,
		does: body(`<p>${filled('"order": "987655", ', MOST_OF_OTHERS)}`),
		error: 'Outcome unknown',
	},
	{
		name: '8 MB of digits and quotes for a status',
		parameters: status,
		does: body(`{"5": {"charge": 1234567890123456, "status": "${filled('\\"', MOST_OF_OTHERS)}`),
		error: 'not JSON',
	},
	{
		name: '8 MB of long numbers for a status',
		parameters: status,
		does: body(`[${filled('1234567890123456789,', MOST_OF_OTHERS)}1]`),
	},
	{
		name: '8 MB of commas in a row for a status',
		parameters: status,
		does: body(`{"5":{"status":"Completed"}${','.repeat(MOST_OF_OTHERS)}}`),
	},
	{
		name: 'a gzip bomb of 300 MB',
		parameters: getMany,
		does: { kind: 'bomb', megabytes: 300 },
		error: 'large',
	},
	{
		name: 'a gzip bomb for a balance',
		parameters: balance,
		does: { kind: 'bomb', megabytes: 300 },
		error: 'large',
	},
	{
		name: 'a catalogue without end',
		parameters: getMany,
		does: { kind: 'endless' },
		error: 'large',
	},
	{ name: 'a balance without end', parameters: balance, does: { kind: 'endless' }, error: 'large' },
	{
		name: 'a balance that drips',
		parameters: balance,
		does: { kind: 'drip', everyMs: 20 },
		error: 'did not end within 30 s',
	},
];
