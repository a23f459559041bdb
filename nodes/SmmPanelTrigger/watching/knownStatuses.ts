import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

/** What is known of one ID. */
export interface KnownStatus {
	/** The panel's own word. */
	status: string;
	/** What was still to be delivered; only where the user wants to hear of it and the panel says so. */
	remains?: number;
	/** When it moved last, in minutes since `firstMinute`; only where that counts. */
	movedAt?: number;
	/** Whether it went out that it has not moved since. */
	isTold?: true;
	/** When it was first missing from the list, in hours since 1970; absent for what is in the list. */
	missingSince?: number;
}

/** The longest list of the last days: what is kept of missing IDs depends on it. */
export interface LongestList {
	length: number;
	/** In hours since 1970. */
	seenAt: number;
}

/** What is known of the watched IDs, and of those that were watched a while ago. */
export interface Known {
	byId: ReadonlyMap<string, KnownStatus>;
	longestList?: LongestList;
}

export const nothingKnown: Known = { byId: new Map() };

/** Minutes are counted from here, as four letters reach until 2029 then: 2026-01-01. */
const firstMinute = 29_453_760;
const minuteMs = 60_000;

export function minuteOf(time: number): number {
	return Math.floor(time / minuteMs) - firstMinute;
}

/** The point in time of a minute, in milliseconds since 1970. */
export function timeOfMinute(minute: number): number {
	return (minute + firstMinute) * minuteMs;
}

export function hourOf(time: number): number {
	return Math.floor(time / 3_600_000);
}

/** `[status, entries, missing since, 1 where it went out as stuck]`; version 1 had the first two. */
const storedRow = z.tuple([z.string(), z.string()]).rest(z.number());
const storedStatuses = z.object({
	statuses: z.array(storedRow),
	longest: z.tuple([z.number(), z.number()]).optional(),
});

type StoredRow = z.output<typeof storedRow>;

/**
 * The compact form of known statuses: for each status word one text with its IDs, `[["Pending", "7,8,9"]]`; with
 * remains `[["Pending", "7 100,8 50"]]`, with the time of the last move in letters behind that. An order takes the
 * length of its ID and a comma. IDs hold neither commas nor blanks: `readIds` splits there.
 */
export function writeStatuses({ byId, longestList }: Known): IDataObject {
	const plain = new Map<string, string[]>();
	const marked = new Map<string, string[]>();
	for (const [id, known] of byId) {
		const { status, missingSince, isTold } = known;
		const isPlain = missingSince === undefined && isTold === undefined;
		const groups = isPlain ? plain : marked;
		const key = isPlain ? status : JSON.stringify([status, missingSince ?? 0, isTold ? 1 : 0]);
		const entries = groups.get(key);
		if (entries) entries.push(toEntry(id, known));
		else groups.set(key, [toEntry(id, known)]);
	}
	const statuses = [
		...[...plain].map(([status, entries]) => [status, entries.join(',')]),
		...[...marked].map(([key, entries]) => {
			const [status, ...marks] = JSON.parse(key) as [string, number, number];
			return [status, entries.join(','), ...marks];
		}),
	];
	return {
		statuses,
		...(longestList && { longest: [longestList.length, longestList.seenAt] }),
	};
}

/** Reads what `writeStatuses` wrote, in this version or the first; undefined for anything else. */
export function readStatuses(stored: IDataObject): Known | undefined {
	const reading = storedStatuses.safeParse(stored);
	if (!reading.success) return undefined;
	const { statuses, longest } = reading.data;
	const byId = new Map(statuses.flatMap(fromRow));
	return longest ? { byId, longestList: { length: longest[0], seenAt: longest[1] } } : { byId };
}

function toEntry(id: string, { remains, movedAt }: KnownStatus): string {
	if (movedAt !== undefined) return `${id} ${remains ?? ''} ${movedAt.toString(36)}`;
	return remains === undefined ? id : `${id} ${remains}`;
}

function fromRow([status, entries, missingSince = 0, told = 0]: StoredRow): Array<
	[string, KnownStatus]
> {
	const common: KnownStatus = {
		status,
		...(told === 1 && { isTold: true }),
		...(missingSince > 0 && { missingSince }),
	};
	return entries.split(',').map((entry) => {
		if (!entry.includes(' ')) return [entry, common];
		const [id = '', remains = '', movedAt] = entry.split(' ');
		return [
			id,
			{
				...common,
				...(remains !== '' && { remains: Number(remains) }),
				...(movedAt !== undefined && { movedAt: Number.parseInt(movedAt, 36) }),
			},
		];
	});
}
