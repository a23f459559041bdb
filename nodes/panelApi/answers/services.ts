import { z } from 'zod';

import { foldServiceType, orderTypeNames } from '../vocabulary/orderTypes';
import { amount, anything, flag, identifier, text } from './fields';

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

/**
 * One service of the catalogue. `rate` is the price per 1,000 in the account's currency (for package types the
 * price of the whole package); rates belong to one account, so a catalogue must not be shared between keys.
 */
export const serviceAnswer = z
	.object({
		service: identifier,
		name: text,
		category: text,
		type: text,
		rate: amount,
		min: amount,
		max: amount,
		dripfeed: flag,
		refill: flag,
		cancel: flag,
		description: anything,
		desc: anything,
	})
	.transform(({ desc, description, type, service, name, category, ...offer }) => ({
		service,
		name,
		category,
		type,
		orderType: foldServiceType(type),
		...offer,
		description: String(description ?? desc ?? ''),
	}))
	.pipe(service);

export type Service = z.output<typeof serviceAnswer>;
