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
 * What is known, with what was known of the IDs that the list no longer holds. In doubt nothing is forgotten: a list
 * that is empty or has broken cells makes nothing older. Those that are missing longest go first where there is no
 * room.
 * @param listed what is known of the IDs in the list, in the order of the list
 */
export function withMissing(
	listed: ReadonlyMap<string, KnownStatus>,
	before: Known,
	{ ids, isComplete, hour }: SeenList,
): Known {
	const longestList = isComplete ? longest(before, ids.length, hour) : before.longestList;
	const inList = new Set(ids);
	const missing: Array<[string, KnownStatus]> = [];
	for (const [id, known] of before.byId) {
		if (inList.has(id)) continue;
		if (!isComplete) missing.push([id, known]);
		else if (hour - (known.missingSince ?? hour) <= keptHours) {
			missing.push([id, { ...known, missingSince: known.missingSince ?? hour }]);
		}
	}
	const room = longestList ? mostTimes * longestList.length - ids.length : Infinity;
	const kept = missing.length > room ? newest(missing, room) : missing;
	return { byId: new Map([...listed, ...kept]), longestList };
}

function longest({ byId, longestList }: Known, length: number, hour: number): LongestList {
	const known = longestList ?? { length: byId.size, seenAt: hour };
	if (length >= known.length) {
		const isNoted = length === known.length && hour - known.seenAt < notedHours;
		return isNoted ? known : { length, seenAt: hour };
	}
	return hour - known.seenAt > keptHours ? { length, seenAt: hour } : known;
}

function newest(missing: Array<[string, KnownStatus]>, room: number): typeof missing {
	const since = ([, { missingSince = Infinity }]: [string, KnownStatus]) => missingSince;
	return [...missing].sort((left, right) => since(right) - since(left)).slice(0, room);
}
