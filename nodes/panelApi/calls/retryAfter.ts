/** A reset stamp above this is a point in time (seconds since 1970), below it a number of seconds from now. */
const firstPlausibleEpochSecond = 1_000_000_000;

/**
 * How long a panel asks to wait, in milliseconds, told by `Retry-After` (seconds or a date) or
 * `X-RateLimit-Reset` (the notpanel dialect: a point in time or seconds from now).
 */
export function askedPauseMs(
	headers: Record<string, string>,
	now = Date.now(),
): number | undefined {
	const retryAfter = headers['retry-after']?.trim();
	if (retryAfter) {
		const milliseconds = /^\d+(\.\d+)?$/.test(retryAfter)
			? Number(retryAfter) * 1000
			: Date.parse(retryAfter) - now;
		if (!Number.isNaN(milliseconds)) return Math.max(0, milliseconds);
	}
	const reset = Number(headers['x-ratelimit-reset'] || Number.NaN);
	if (!Number.isFinite(reset) || reset < 0) return undefined;
	return reset > firstPlausibleEpochSecond ? Math.max(0, reset * 1000 - now) : reset * 1000;
}
