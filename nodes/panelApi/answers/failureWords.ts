/**
 * What a panel says went wrong, if this value is an error at all: `{error}` (seed and most), `{Error}`
 * (nakrutka), `{status: "fail" | "error", message}` (SmartPanel), an error object, `{success: false, message}`.
 */
export function errorWords(value: unknown): string | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
	const fields = value as Record<string, unknown>;
	const error = fields.error ?? fields.Error;
	const message = fields.message ?? fields.msg;
	if (error === true && message) return wordsIn(message);
	if (error && !isEmptyList(error)) return wordsIn(error);
	// The same words are the status of an order that failed, which comes with its counts.
	const isOrder = 'charge' in fields || 'remains' in fields;
	return tellsFailure(value) && !isOrder && message ? wordsIn(message) : undefined;
}

/** Whether a value says that a request failed, with words about it or without. */
export function tellsFailure(value: unknown): boolean {
	const { success, status } = (value ?? {}) as { success?: unknown; status?: unknown };
	return success === false || (typeof status === 'string' && /^(fail|failed|error)$/i.test(status));
}

/** A message that is an error only because of the HTTP status it comes with (Laravel, gateways). */
export function messageWords(value: unknown): string | undefined {
	const { message } = (value ?? {}) as { message?: unknown };
	return typeof message === 'string' && message.trim() !== '' ? message.trim() : undefined;
}

/** PHP writes the list of errors this way when there are none. */
function isEmptyList(error: unknown): boolean {
	return typeof error === 'object' && error !== null && Object.keys(error).length === 0;
}

function wordsIn(error: unknown): string {
	if (typeof error === 'string') return error.trim() || 'The panel gave an empty error';
	if (Array.isArray(error)) return error.map(wordsIn).join(', ');
	if (typeof error === 'object' && error !== null) {
		const { message, text, error: inner } = error as Record<string, unknown>;
		const words = message ?? text ?? inner;
		return words ? wordsIn(words) : JSON.stringify(error);
	}
	return String(error);
}
