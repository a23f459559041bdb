import { jsonParse } from 'n8n-workflow';

import { withLongIdsQuoted } from '../json';

/** What becomes of a value that can be no id: told with what is wrong, continuing the name of the field. */
export type Refuse = (reason: string) => void;

/**
 * The ids in a parameter: one id, a list in text (commas, semicolons, blanks, line breaks), a JSON list pasted as
 * text, or an array from an expression. Each id once, in the order given.
 * @throws Error with what is wrong, continuing the name of the field
 */
export function readIds(value: unknown): string[] {
	const ids = idsIn(value, (reason) => {
		throw new Error(reason);
	});
	if (ids.length === 0) throw new Error('is empty: enter at least one ID');
	return ids;
}

/** The same ids, or none where there are none. Values that can be no ids are refused one by one and left out. */
export function idsIn(value: unknown, refuse: Refuse): string[] {
	return [...new Set(partsOf(value, refuse).filter((id) => id !== ''))];
}

function partsOf(value: unknown, refuse: Refuse): string[] {
	if (value === undefined || value === null) return [];
	if (Array.isArray(value)) return value.flatMap((one) => partsOf(one, refuse));
	if (typeof value === 'number' && !Number.isSafeInteger(value)) {
		refuse(`holds the number ${value}, which is no exact ID: give it as text`);
		return [];
	}
	if (typeof value === 'number' || typeof value === 'bigint') return [String(value)];
	if (typeof value !== 'string') {
		refuse(
			'holds an object: enter IDs only, for example with an expression like {{ $json.order }}',
		);
		return [];
	}
	const text = value.trim();
	if (/^\[[\s\S]*\]$/.test(text)) {
		const list = jsonParse<unknown>(withLongIdsQuoted(text), { fallbackValue: null });
		if (Array.isArray(list)) return partsOf(list, refuse);
	}
	return text.split(/[\s,;]+/);
}
