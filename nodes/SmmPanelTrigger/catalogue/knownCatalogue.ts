import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { Service } from '../../panelApi/answers/services';

/** What is compared of a service. */
export type Offer = Pick<Service, 'rate' | 'min' | 'max' | 'dripfeed' | 'refill' | 'cancel'>;

/** What is known of one service; `name` is empty where there was no room for it. */
export type KnownService = Offer & Pick<Service, 'name'>;

/** What is known of the services that match the filters. */
export interface KnownCatalogue {
	/** The filters, as text to compare. */
	filters: string;
	services: ReadonlyMap<string, KnownService>;
	/** How many services the whole catalogue had; absent where an earlier version stored it. */
	total?: number;
}

/** The static data of a workflow is one value in one row of the database: names stay out beyond this size. */
const mostBytesWithNames = 380_000;

const flagDigits: Array<boolean | null> = [null, false, true];

const amount = z.number().nullable();
const storedService = z.tuple([z.string(), amount, amount, amount, z.number()]).rest(z.string());
const storedCatalogue = z.object({
	filters: z.string(),
	services: z.array(storedService),
	total: z.number().optional(),
});

type StoredService = z.output<typeof storedService>;

/**
 * The compact form of a catalogue: a row `[id, rate, min, max, flags, name]` for each service, about 30 bytes without
 * the name. Names, which only the event "removed" needs, are kept when the whole stays small enough.
 */
export function writeCatalogue({ filters, services, total }: KnownCatalogue): IDataObject {
	const withNames = [...services].map(([id, service]) => [...toRow(id, service), service.name]);
	const isSmall = Buffer.byteLength(JSON.stringify(withNames)) <= mostBytesWithNames;
	return {
		filters,
		...(total !== undefined && { total }),
		services: isSmall ? withNames : [...services].map(([id, service]) => toRow(id, service)),
	};
}

/** Reads what `writeCatalogue` wrote; undefined for anything else. */
export function readCatalogue(stored: IDataObject): KnownCatalogue | undefined {
	const reading = storedCatalogue.safeParse(stored);
	if (!reading.success) return undefined;
	const { services, ...others } = reading.data;
	return { ...others, services: new Map(services.map((row) => [row[0], fromRow(row)])) };
}

function toRow(id: string, { rate, min, max, dripfeed, refill, cancel }: Offer): StoredService {
	const flags = [dripfeed, refill, cancel].map((flag) => flagDigits.indexOf(flag));
	return [id, rate, min, max, Number.parseInt(flags.join(''), flagDigits.length)];
}

function fromRow([, rate, min, max, flags, name = '']: StoredService): KnownService {
	const digits = flags.toString(flagDigits.length).padStart(3, '0');
	const [dripfeed, refill, cancel] = [...digits].map((digit) => flagDigits[Number(digit)] ?? null);
	return {
		name,
		rate,
		min,
		max,
		dripfeed: dripfeed ?? null,
		refill: refill ?? null,
		cancel: cancel ?? null,
	};
}
