import { errorWords } from '../answers/failureWords';

/**
 * Sorts the answer to a list of ids by id, in all the shapes panels use:
 * an object keyed by id (seed, Perfect Panel, SNS), an array of entries that name their id (seed refills, Peakerr),
 * a bare entry when one id was asked (seed, NJS even in the list form), `{canceled: [ids]}` (Stars Cash Flow).
 * @param idField the field in which an entry names its id: `order` or `refill`
 * @param isStrict whether an array counts only if all of its entries name their ids; else those that do count
 * @returns undefined when entries cannot be told apart: an array without the ids (BRL pairs it wrongly), or no list at all
 */
export function entriesById(
	answer: unknown,
	ids: readonly string[],
	idField: string,
	isStrict = true,
): Map<string, unknown> | undefined {
	if (Array.isArray(answer)) return fromArray(answer, ids, idField, isStrict);
	if (typeof answer !== 'object' || answer === null) return undefined;
	const fields = answer as Record<string, unknown>;
	const keyed = ids.filter((id) => Object.hasOwn(fields, id));
	if (keyed.length > 0) return new Map(keyed.map((id) => [id, fields[id]]));
	if (Array.isArray(fields.canceled)) {
		return new Map(fields.canceled.map((id) => [String(id).trim(), { cancel: 1 }]));
	}
	const [onlyId] = ids;
	if (onlyId === undefined || ids.length > 1) return undefined;
	const namedId = fields[idField];
	const isAboutIt =
		namedId === undefined || typeof namedId === 'object' || String(namedId).trim() === onlyId;
	return isAboutIt ? new Map([[onlyId, answer]]) : undefined;
}

/** The entry of an answer that names this id, as its key or in itself; a bare answer names none. */
export function entryNaming(answer: unknown, id: string, idField: string): unknown {
	if (Array.isArray(answer)) return fromArray(answer, [id], idField, false)?.get(id);
	const isKeyed = typeof answer === 'object' && answer !== null && Object.hasOwn(answer, id);
	return isKeyed ? (answer as Record<string, unknown>)[id] : undefined;
}

/**
 * What a panel says went wrong with one entry: a bare text (SmartPanel), an error beside the id (NJS), or an error
 * in place of the result (`{order: 3, refill: {error}}`, seed and Perfect Panel).
 */
export function entryErrorWords(entry: unknown): string | undefined {
	if (typeof entry === 'string') return entry;
	const words = errorWords(entry);
	if (words !== undefined || typeof entry !== 'object' || entry === null) return words;
	for (const value of Object.values(entry)) {
		const inner = errorWords(value);
		if (inner !== undefined) return inner;
	}
	return undefined;
}

function fromArray(
	entries: readonly unknown[],
	ids: readonly string[],
	idField: string,
	isStrict: boolean,
): Map<string, unknown> | undefined {
	const asked = new Set(ids);
	const byId = new Map<string, unknown>();
	for (const entry of entries) {
		const fields = (entry ?? {}) as Record<string, unknown>;
		const id = String(fields[idField] ?? fields.id ?? '').trim();
		if (id === '' && isStrict) return undefined;
		if (asked.has(id)) byId.set(id, entry);
	}
	return byId.size > 0 || entries.length === 0 ? byId : undefined;
}
