import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

import { errorKinds } from '../../nodes/panelApi/vocabulary/errorKinds.ts';

/** The fields of a form, by their names on the wire. */
const form = z.record(z.string(), z.string());

/**
 * What the panel sends back. `body` goes out as it stands, to the byte; `json` is a value whose spelling does not matter.
 * `drop` cuts the connection instead: before the request was read, or after it.
 */
const answer = z
	.object({
		/** The fields this is the answer to, without key and action; left out: any. */
		to: form.optional(),
		status: z.number().int().optional(),
		headers: z.record(z.string(), z.string()).optional(),
		body: z.string().optional(),
		json: z.unknown().optional(),
		drop: z.enum(['before', 'after']).optional(),
	})
	.strict();

const kind = z
	.string()
	.refine((name) => Object.hasOwn(errorKinds, name), { message: 'no such kind of error' });

/** A call or an ID that failed: its kind, the words its message holds, and what stands anywhere in the error. */
const failure = z
	.object({
		certainty: z.enum(['refused', 'unknown', 'notSent']).optional(),
		kind: kind.optional(),
		words: z.string().optional(),
		mentions: z.string().optional(),
	})
	.strict()
	.refine((expected) => Object.keys(expected).length > 0, { message: 'nothing is expected' });

const placed = z.object({ certainty: z.literal('placed'), order: z.string() }).strict();

/** Fields of the value, in our form; those left out are not looked at. */
const value = z.record(z.string(), z.unknown());

const base = z.object({
	/** A sentence that says what the panel does. */
	name: z.string(),
	/** One answer to the one request, or one for each request, in any order. */
	answer: answer.optional(),
	answers: z.array(answer).min(1).optional(),
});

const exchange = z
	.discriminatedUnion('action', [
		base
			.extend({
				action: z.literal('add'),
				fields: form.optional(),
				expect: z.union([placed, failure]),
			})
			.strict(),
		base.extend({ action: z.literal('balance'), expect: z.union([failure, value]) }).strict(),
		base
			.extend({
				action: z.literal('services'),
				expect: z.union([
					failure,
					z.object({ services: z.array(value), leftOut: z.number().int().optional() }).strict(),
				]),
			})
			.strict(),
		base
			.extend({
				action: z.enum(['status', 'refill', 'refill_status', 'cancel']),
				ids: z.array(z.string()).min(1),
				batchSize: z.number().int().optional(),
				/** What comes out for each of the IDs. */
				expect: z.record(z.string(), z.union([failure, value])),
			})
			.strict(),
	])
	.refine((row) => (row.answer === undefined) !== (row.answers === undefined), {
		message: 'either answer or answers',
	});

/** What is known of a panel or a family of them; `docs/panels.md` is made from it. */
const about = z
	.object({
		name: z.string(),
		/** True for what any panel may do, whatever its family. */
		isCommon: z.boolean().optional(),
		/**
		 * Where the facts come from: its own API document, its source code (read, or run as a whole), programs that use
		 * it, what it was seen to answer, or what was reported and has to be expected.
		 */
		source: z.enum([
			'document',
			'source code',
			'source code, run',
			'clients',
			'recorded',
			'reports',
		]),
		/** Panels that are known to speak this dialect. */
		spokenBy: z.string(),
		/** What sets it apart, a sentence each. */
		differs: z.array(z.string()).min(1),
	})
	.strict();

const dialectFile = z.object({ about, exchanges: z.array(exchange).min(1) }).strict();

export type Answer = z.output<typeof answer>;
export type Exchange = z.output<typeof exchange>;
export type Failure = z.output<typeof failure>;
export type About = z.output<typeof about>;

export interface PanelSeen {
	folder: string;
	about: About;
	exchanges: Exchange[];
}

/** All panels seen: each folder beside this file is one. A file that says anything unknown is an error. */
export function panelsSeen(): PanelSeen[] {
	return readdirSync(import.meta.dirname, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name)
		.sort()
		.map((folder) => {
			const file = path.join(import.meta.dirname, folder, 'exchanges.json');
			const read = dialectFile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
			if (!read.success) throw new Error(`${folder}/exchanges.json: ${read.error.message}`);
			return { folder, ...read.data };
		});
}

/** The answers of an exchange, however many there are. */
export function answersOf({ answer: single, answers }: Exchange): Answer[] {
	return answers ?? (single ? [single] : []);
}
