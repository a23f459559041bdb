import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

/** What is known of one watched ID. */
export interface KnownStatus {
	/** The panel's own word. */
	status: string;
	/** What was still to be delivered; only where the user wants to hear of it and the panel tells. */
	remains?: number;
}

/** What is known of the watched IDs. */
export type KnownStatuses = ReadonlyMap<string, KnownStatus>;

const storedStatuses = z.object({ statuses: z.array(z.tuple([z.string(), z.string()])) });

/**
 * The compact form of known statuses: for each status word one text with its IDs, `[["Pending", "7,8,9"]]`; with
 * remains `[["Pending", "7 100,8 50"]]`. An order takes the length of its ID and a comma. IDs hold neither commas nor
 * blanks: `readIds` splits there.
 */
export function writeStatuses(known: KnownStatuses): IDataObject {
	const entriesByWord = new Map<string, string[]>();
	for (const [id, { status, remains }] of known) {
		const entries = entriesByWord.get(status) ?? [];
		entries.push(remains === undefined ? id : `${id} ${remains}`);
		entriesByWord.set(status, entries);
	}
	return { statuses: [...entriesByWord].map(([word, entries]) => [word, entries.join(',')]) };
}

/** Reads what `writeStatuses` wrote; undefined for anything else. */
export function readStatuses(stored: IDataObject): KnownStatuses | undefined {
	const reading = storedStatuses.safeParse(stored);
	if (!reading.success) return undefined;
	const known = new Map<string, KnownStatus>();
	for (const [status, entries] of reading.data.statuses) {
		for (const entry of entries.split(',')) {
			const [id = '', remains] = entry.split(' ');
			known.set(id, remains === undefined ? { status } : { status, remains: Number(remains) });
		}
	}
	return known;
}
