/** The middle of some numbers; of an even count the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((left, right) => left - right);
	const middle = sorted.length / 2;
	const [left, right] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
	return ((left ?? Number.NaN) + (right ?? Number.NaN)) / 2;
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
