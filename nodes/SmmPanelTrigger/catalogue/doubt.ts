import type { KnownCatalogue } from './knownCatalogue';

/** A catalogue changes by more than this at once only when a panel is rebuilt, or when a part of the answer is missing. */
const mostServices = 20;
const mostShare = 0.1;

/** How many services are gone, and how many are new. */
export interface Jump {
	lost: number;
	gained: number;
}

/**
 * How far a catalogue is from the known one, if that is too far to be believed at once: more than a tenth of the
 * services and more than 20 of them, be it of those that match the filters or of all.
 * @param ids of all services in the catalogue, `wanted` of those that match the filters
 * @returns undefined for a catalogue that may be believed
 */
export function jumpFrom(
	known: KnownCatalogue | undefined,
	ids: ReadonlySet<string>,
	wanted: ReadonlySet<string>,
	filters: string,
): Jump | undefined {
	if (!known) return undefined;
	const { total = ids.size } = known;
	const inAll = { lost: Math.max(0, total - ids.size), gained: Math.max(0, ids.size - total) };
	if (isFar(inAll, total)) return inAll;
	if (known.filters !== filters) return undefined;
	const watched = new Set(known.services.keys());
	const inWatched = { lost: countMissing(watched, ids), gained: countMissing(wanted, watched) };
	return isFar(inWatched, watched.size) ? inWatched : undefined;
}

/** Whether two catalogues in a row say the same, but for a few services. */
export function isSame(before: ReadonlySet<string>, now: ReadonlySet<string>): boolean {
	const jump = { lost: countMissing(before, now), gained: countMissing(now, before) };
	return !isFar(jump, before.size);
}

function isFar({ lost, gained }: Jump, size: number): boolean {
	const most = Math.max(mostServices, size * mostShare);
	return lost > most || gained > most;
}

/** How many of these are not among the others. */
function countMissing(ids: ReadonlySet<string>, others: ReadonlySet<string>): number {
	let missing = 0;
	for (const id of ids) if (!others.has(id)) missing++;
	return missing;
}
