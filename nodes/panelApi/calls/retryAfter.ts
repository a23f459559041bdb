/** A number above this is a point in time, in seconds since 1970; one below it a number of seconds from now. */
const firstPlausibleSecond = 1_000_000_000;
/** Above this, it is in milliseconds. */
const firstPlausibleMillisecond = 1000 * firstPlausibleSecond;

const pauseHeaders = ['retry-after', 'x-ratelimit-retry-after'];
const resetHeaders = ['x-ratelimit-reset', 'ratelimit-reset', 'x-rate-limit-reset'];
const remainingHeaders = ['x-ratelimit-remaining', 'ratelimit-remaining', 'x-rate-limit-remaining'];

/**
 * How long a panel asks to wait, in milliseconds: by `Retry-After` (seconds or a date), or by the time at which its
 * limit is reset (`X-RateLimit-Reset` in the notpanel dialect, and its relatives). Limiters send the latter with every
 * answer: while calls remain, it says nothing about the one that failed.
 */
export function askedPauseMs(
	headers: Record<string, string>,
	now = Date.now(),
): number | undefined {
	const pauseIn = (names: readonly string[]) =>
		names.map((name) => millisecondsUntil(headers[name], now)).find((ms) => ms !== undefined);
	const asked = pauseIn(pauseHeaders);
	if (asked !== undefined) return asked;
	const doCallsRemain = remainingHeaders.some((name) => Number(headers[name]) > 0);
	return doCallsRemain ? undefined : pauseIn(resetHeaders);
}

function millisecondsUntil(header: string | undefined, now: number): number | undefined {
	const text = header?.trim() ?? '';
	const isNumber = /^\d+(\.\d+)?$/.test(text);
	const milliseconds = isNumber ? fromNumber(Number(text), now) : timeOf(text) - now;
	return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

function fromNumber(value: number, now: number): number {
	if (value > firstPlausibleMillisecond) return value - now;
	return value > firstPlausibleSecond ? 1000 * value - now : 1000 * value;
}

/** The time that a date names; without a zone it is one of UTC (RFC 9110). JavaScript finds a date in nearly all words. */
function timeOf(text: string): number {
	if (!/\d:\d\d:\d\d/.test(text)) return Number.NaN;
	const hasZone = /(GMT|UTC|Z|[+-]\d\d:?\d\d)$/.test(text);
	return Date.parse(hasZone ? text : `${text} GMT`);
}
