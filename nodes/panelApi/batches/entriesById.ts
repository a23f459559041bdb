import { isRecord } from '../../isRecord';
import { errorWords } from '../answers/failureWords';

/** What an id is of. */
export type IdField = 'order' | 'refill';

/** The fields in which an entry names its ID, the surest first. An `id` may as well be that of something else. */
const namesOfId: Readonly<Record<IdField, readonly string[]>> = {
	order: ['order', 'order_id', 'orderId', 'orderID'],
	refill: ['refill', 'refill_id', 'refillId', 'refillID'],
};

export interface Question {
	/** The ids that were asked about. */
	ids: readonly string[];
	idField: IdField;
	/**
	 * Whether the answer to a read is sorted. A read can be asked again, so all of its entries have to name their ids;
	 * what was granted is in this answer only, so whatever names its id counts.
	 */
	isRead: boolean;
}

/**
 * Sorts the answer to a question about ids by id, in all the shapes panels use:
 * an object keyed by id (seed, Perfect Panel, SNS), an array of entries that name their id (seed refills, Peakerr),
 * a bare entry when one id was asked (seed, NJS even in the list form), `{canceled: [ids]}` (Stars Cash Flow), an array
 * of one error when one id was asked (Laravel).
 * @returns undefined when entries cannot be told apart: an array without the ids (Laravel pairs it wrongly), or no list
 * at all. An id whose entries contradict each other, or name another id, has none
 */
export function entriesById(answer: unknown, question: Question): Map<string, unknown> | undefined {
	if (Array.isArray(answer)) return fromArray(answer, question);
	const fields = fieldsOf(answer);
	if (!fields) return undefined;
	const { ids, idField, isRead } = question;
	const keyed = ids.filter((id) => Object.hasOwn(fields, id));
	if (keyed.length > 0) {
		const named = keyed.filter((id) => [id, undefined].includes(idNamedBy(fields[id], idField)));
		return new Map(named.map((id) => [id, fields[id]]));
	}
	if (Array.isArray(fields.canceled)) {
		return new Map(fields.canceled.map((id) => [String(id).trim(), { cancel: 1 }]));
	}
	const [onlyId] = ids;
	if (onlyId === undefined || ids.length > 1) return undefined;
	// Beside what was granted, an `id` is that of the request.
	const named = idNamedBy(answer, idField) ?? (isRead ? idIn(fields.id) : undefined);
	return named === undefined || named === onlyId ? new Map([[onlyId, answer]]) : undefined;
}

/** The entry of an answer that names this id, as its key or in itself; a bare answer names none. */
export function entryNaming(answer: unknown, id: string, idField: IdField): unknown {
	if (!Array.isArray(answer)) return fieldsOf(answer)?.[id];
	return fromArray(answer, { ids: [id], idField, isRead: false })?.get(id);
}

/**
 * Whether the answer to a list of requests says that none was granted, in words about all of them: `{"refill":"0"}`
 * (a relative of Perfect Panel), or nothing but errors that name no id (Laravel).
 */
export function grantsNothing(answer: unknown, idField: IdField): boolean {
	if (Array.isArray(answer)) {
		const isNameless = (entry: unknown) => idNamedBy(entry, idField) === undefined;
		return (
			answer.length > 0 &&
			answer.every((entry) => isNameless(entry) && entryErrorWords(entry) !== undefined)
		);
	}
	const entries = Object.entries(fieldsOf(answer) ?? {});
	return (
		entries.length === 1 &&
		entries.every(([name, value]) => /^(refill|cancel)$/.test(name) && isNo(value))
	);
}

/**
 * What a panel says went wrong with one entry: a bare text (SmartPanel), an error beside the id (NJS), or an error
 * in place of the result (`{order: 3, refill: {error}}`, seed and Perfect Panel).
 */
export function entryErrorWords(entry: unknown): string | undefined {
	if (typeof entry === 'string') return entry;
	const words = errorWords(entry);
	if (words !== undefined) return words;
	for (const value of Object.values(fieldsOf(entry) ?? {})) {
		const inner = errorWords(value);
		if (inner !== undefined) return inner;
	}
	return undefined;
}

function fromArray(
	entries: readonly unknown[],
	{ ids, idField, isRead }: Question,
): Map<string, unknown> | undefined {
	const [onlyId] = ids;
	const [onlyEntry] = entries;
	if (onlyId !== undefined && ids.length === 1 && entries.length === 1) {
		const isNameless = idNamedBy(onlyEntry, idField) === undefined;
		if (isNameless && entryErrorWords(onlyEntry) !== undefined) {
			return new Map([[onlyId, onlyEntry]]);
		}
	}
	const asked = new Set(ids);
	const contradicted = new Set<string>();
	const byId = new Map<string, unknown>();
	for (const entry of entries) {
		const id = idNamedBy(entry, idField) ?? idIn(fieldsOf(entry)?.id);
		if (id === undefined && isRead) return undefined;
		if (id === undefined || !asked.has(id)) continue;
		if (byId.has(id) && !isSame(byId.get(id), entry)) contradicted.add(id);
		byId.set(id, entry);
	}
	for (const id of contradicted) byId.delete(id);
	return byId.size > 0 || entries.length === 0 ? byId : undefined;
}

function idNamedBy(entry: unknown, idField: IdField): string | undefined {
	const fields = fieldsOf(entry);
	if (!fields) return undefined;
	for (const name of namesOfId[idField]) {
		const id = idIn(fields[name]);
		if (id !== undefined) return id;
	}
	return undefined;
}

function idIn(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	return String(value).trim() || undefined;
}

function isNo(value: unknown): boolean {
	return value === false || value === 0 || value === '0' || value === 'false';
}

function isSame(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function fieldsOf(value: unknown): Record<string, unknown> | undefined {
	return isRecord(value) ? value : undefined;
}
