import { jsonParse } from 'n8n-workflow';

import { withLongIdsQuoted } from '../panelApi/readAnswer';

/**
 * The ids in a parameter: one id, a list in text (commas, semicolons, blanks, line breaks), a JSON list pasted as
 * text, or an array from an expression. Each id once, in the order given.
 * @throws Error with what is wrong, continuing the name of the field
 */
export function readIds(value: unknown): string[] {
	const ids = new Set(partsOf(value).filter((id) => id !== ''));
	if (ids.size === 0) throw new Error('is empty: enter at least one ID');
	return [...ids];
}

function partsOf(value: unknown): string[] {
	if (value === undefined || value === null) return [];
	if (Array.isArray(value)) return value.flatMap(partsOf);
	if (typeof value === 'number' && !Number.isSafeInteger(value)) {
		throw new Error(`holds the number ${value}, which is no exact ID: give it as text`);
	}
	if (typeof value === 'number' || typeof value === 'bigint') return [String(value)];
	if (typeof value !== 'string') {
		throw new Error(
			'holds an object: enter IDs only, for example with an expression like {{ $json.order }}',
		);
	}
	const text = value.trim();
	if (/^\[[\s\S]*\]$/.test(text)) {
		const list = jsonParse<unknown>(withLongIdsQuoted(text), { fallbackValue: null });
		if (Array.isArray(list)) return list.flatMap(partsOf);
	}
	return text.split(/[\s,;]+/);
}
