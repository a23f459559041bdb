import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

/** The version that is written. Version 1, which knew nothing of IDs that left the list, is read as well. */
export const stateVersion = 2;

const storedState = z.object({
	version: z.union([z.literal(1), z.literal(stateVersion)]),
	/** What the state is about: see `subjectOf`. */
	subject: z.string(),
	/** When items went out last, or when the baseline was set: milliseconds since 1970. */
	since: z.number(),
	/** When the panel was looked at for it: milliseconds since 1970, but always later than for the state before. */
	seenAt: z.number(),
	content: z.record(z.string(), z.unknown()),
});

/** What is kept between two polls, in n8n's static data and in memory. */
export interface StoredState extends IDataObject {
	version: 1 | typeof stateVersion;
	subject: string;
	since: number;
	seenAt: number;
	content: IDataObject;
}

/** The state in a value of n8n's static data; undefined for anything else. */
export function readStored(value: unknown): StoredState | undefined {
	const reading = storedState.safeParse(value);
	return reading.success ? (reading.data as StoredState) : undefined;
}
