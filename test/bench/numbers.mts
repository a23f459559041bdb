/** The middle of some numbers; of an even count the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((left, right) => left - right);
	const middle = sorted.length / 2;
	const [left, right] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
	return ((left ?? Number.NaN) + (right ?? Number.NaN)) / 2;
}

/**
 * Whether the first numbers are larger than the second beyond what chance would bring about in one of twenty
 * benchmarks: the rank test of Mann and Whitney, which a few runs that met a garbage collection do not sway.
 */
export function isLarger(ones: readonly number[], others: readonly number[]): boolean {
	const pairs = ones.length * others.length;
	const wins = ones
		.flatMap((one) => others.map((other) => (Math.sign(one - other) + 1) / 2))
		.reduce((total, win) => total + win, 0);
	const spread = Math.sqrt((pairs * (ones.length + others.length + 1)) / 12);
	return (wins - pairs / 2) / spread > 1.645;
}

/** A number for people: 12,345. */
export function grouped(value: number): string {
	return Math.round(value).toLocaleString('en-US');
}

/** Milliseconds for people: 950 ms, 1.25 s. */
export function duration(milliseconds: number): string {
	if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
	return milliseconds < 1000
		? `${Math.round(milliseconds)} ms`
		: `${(milliseconds / 1000).toFixed(2)} s`;
}

/** How many times as much: 1.3x, 20x. */
export function times(ratio: number): string {
	return `${ratio < 10 ? ratio.toFixed(2) : grouped(ratio)}x`;
}

export function megabytes(bytes: number): string {
	return `${grouped(bytes / 1024 / 1024)} MB`;
}
