import type { Known, KnownStatus, LongestList } from './knownStatuses';

/** What is known of an ID is kept for a week after it was last in the list: lists are half there at times. */
const keptHours = 7 * 24;
/** The length of the longest list is noted again once a day at most: each change is a write to the database. */
const notedHours = 24;
/** No more is known than this many times the longest list. */
const mostTimes = 2;

/** The watch list of one poll. */
export interface SeenList {
	ids: readonly string[];
	/** See `isComplete`. */
	isComplete: boolean;
	/** In hours since 1970. */
	hour: number;
}

/**
 * What is known, with what was known of the IDs that the list no longer holds. An empty list is believed to be a fault
 * (a sheet that is being rewritten, a view with a broken filter) and makes nothing older. Those that are missing
 * longest go first where there is no room.
 * @param listed what is known of the IDs in the list, in the order of the list: of each that was known before, too
 */
export function withMissing(
	listed: ReadonlyMap<string, KnownStatus>,
	before: Known,
	list: SeenList,
): Known {
	const { ids, hour } = list;
	if (ids.length === 0) return before;
	const longestList = longest(before, list);
	const missing: Array<[string, KnownStatus]> = [];
	for (const [id, known] of before.byId) {
		const missingSince = known.missingSince ?? hour;
		if (!listed.has(id) && hour - missingSince <= keptHours) {
			missing.push([id, { ...known, missingSince }]);
		}
	}
	if (missing.length === 0) return { byId: listed, longestList };
	const room = mostTimes * longestList.length - listed.size;
	const kept = missing.length > room ? newest(missing, room) : missing;
	return { byId: new Map([...listed, ...kept]), longestList };
}

/** A list with broken cells is not taken for a shorter one. */
function longest(
	{ byId, longestList }: Known,
	{ ids: { length }, isComplete, hour }: SeenList,
): LongestList {
	const known = longestList ?? { length: byId.size, seenAt: hour };
	if (length >= known.length) {
		const isNoted = length === known.length && hour - known.seenAt < notedHours;
		return isNoted ? known : { length, seenAt: hour };
	}
	return isComplete && hour - known.seenAt > keptHours ? { length, seenAt: hour } : known;
}

function newest(missing: Array<[string, KnownStatus]>, room: number): typeof missing {
	const since = ([, { missingSince = 0 }]: [string, KnownStatus]) => missingSince;
	return [...missing].sort((left, right) => since(right) - since(left)).slice(0, room);
}
