/** `{{ $json.link }}`, `{{ 'A-' + $('Sheet').item.json.row }}`: braces of n8n with one of its variables in them. */
const writtenExpression = /\{\{[^{}$]{0,100}\$[a-z(][^{}]{0,60}/i;

/** What to do about such a text. */
export const switchToExpression = 'switch the field from Fixed to Expression';

/**
 * What is wrong with a value that still is the text of an expression, continuing the name of its field; undefined if it
 * is none. n8n's editor leaves a field on Fixed where somebody types braces at the usual speed: the text would be ordered
 * as a link, or be the same idempotency key for every row.
 */
export function leftExpression(value: unknown): string | undefined {
	const parts: unknown[] = Array.isArray(value) ? value : [value];
	for (const part of parts) {
		const written =
			typeof part === 'string' ? writtenExpression.exec(part)?.[0].trimEnd() : undefined;
		if (written !== undefined)
			return `holds "${written} }}", which is the text of an expression: ${switchToExpression}`;
	}
	return undefined;
}
