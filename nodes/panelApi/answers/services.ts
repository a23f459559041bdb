import { z } from 'zod';

import { orderTypeOf, orderTypeNames } from '../vocabulary/orderTypes';
import { readAmount, readCount, readFlag, readText } from './fields';

/** A service in our form. */
export const service = z.object({
	service: z.string(),
	name: z.string(),
	category: z.string(),
	type: z.string(),
	orderType: z.enum(orderTypeNames).nullable(),
	rate: z.number().nullable(),
	min: z.number().nullable(),
	max: z.number().nullable(),
	dripfeed: z.boolean().nullable(),
	refill: z.boolean().nullable(),
	cancel: z.boolean().nullable(),
	description: z.string(),
});

export type Service = z.output<typeof service>;

/**
 * One service of the catalogue. `rate` is the price per 1,000 in the account's currency (for package types the
 * price of the whole package); rates belong to one account, so a catalogue must not be shared between keys.
 *
 * Catalogues have up to tens of thousands of rows: this reads a row in one step, where a schema for each field
 * would take twenty times as long as parsing the JSON. The tests hold what comes out against `service`.
 * @returns undefined for what has no ID: headings, empty rows
 */
export function readService(row: unknown): Service | undefined {
	const fields = (row ?? {}) as Record<string, unknown>;
	const id = readText(fields.service).trim();
	if (id === '') return undefined;
	const type = readText(fields.type);
	const min = readCount(fields.min);
	return {
		service: id,
		name: readText(fields.name),
		category: readText(fields.category),
		type,
		orderType: orderTypeOf(type),
		rate: readAmount(fields.rate),
		min,
		max: readCount(fields.max, min ?? 0),
		dripfeed: readFlag(fields.dripfeed),
		refill: readFlag(fields.refill),
		cancel: readFlag(fields.cancel),
		description: readText(fields.description ?? fields.desc),
	};
}

/** The currency of a service's price, where its row names one (Stars Cash Flow); empty elsewhere. */
export function currencyOf(row: unknown): string {
	return readText(((row ?? {}) as { currency?: unknown }).currency).trim();
}

/** A catalogue in our form. */
export interface Catalogue {
	services: Service[];
	/** The rows of the services as the panel sent them, in the same order. */
	rows: unknown[];
	/** How many rows name no service and were left out. */
	leftOut: number;
}

/**
 * The services in the answer to `services`: a list (seed), a list in `services` or `data`, or an object keyed by number,
 * which is what PHP makes of a list that was filtered. SmartPanel says "Empty Data".
 * @returns undefined where there is no list, or where no row of it is a service
 */
export function readCatalogue(answer: unknown): Catalogue | undefined {
	const all = rowsIn(answer);
	if (!all) return undefined;
	const services: Service[] = [];
	const rows: unknown[] = [];
	for (const row of all) {
		const read = readService(row);
		if (!read) continue;
		services.push(read);
		rows.push(row);
	}
	if (services.length === 0 && all.length > 0) return undefined;
	return { services, rows, leftOut: all.length - services.length };
}

function rowsIn(answer: unknown): unknown[] | undefined {
	if (Array.isArray(answer)) return answer;
	if (typeof answer !== 'object' || answer === null) return undefined;
	const { services, data } = answer as Record<string, unknown>;
	if (typeof data === 'string' && /empty/i.test(data)) return [];
	const inside = services ?? data;
	if (Array.isArray(inside)) return inside;
	if (typeof inside === 'object' && inside !== null) return Object.values(inside);
	const numbered = Object.entries(answer).filter(([key]) => /^\d+$/.test(key));
	return numbered.length > 0 ? numbered.map(([, row]) => row as unknown) : undefined;
}
