import { z } from 'zod';

import { foldServiceType, orderTypeNames } from '../vocabulary/orderTypes';
import { readAmount, readFlag, readText } from './fields';

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
 * @returns undefined for what has no ID
 */
export function readService(row: unknown): Service | undefined {
	const fields = (row ?? {}) as Record<string, unknown>;
	const id = readText(fields.service).trim();
	if (id === '') return undefined;
	const type = readText(fields.type);
	return {
		service: id,
		name: readText(fields.name),
		category: readText(fields.category),
		type,
		orderType: foldServiceType(type),
		rate: readAmount(fields.rate),
		min: readAmount(fields.min),
		max: readAmount(fields.max),
		dripfeed: readFlag(fields.dripfeed),
		refill: readFlag(fields.refill),
		cancel: readFlag(fields.cancel),
		description: readText(fields.description ?? fields.desc),
	};
}
