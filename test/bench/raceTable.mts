import { duration, grouped, times } from './numbers.mts';
import type { Result } from './race.mts';

/** The columns of a race, and below what stands in them. */
export const raceColumns = [
	'Contender',
	'Time',
	'Beside ours',
	'Requests',
	'At once',
	'Lost',
	'Runs',
	'Remark',
];

/** @param wanted how many good items should have come out */
export function raceRow(result: Result, [ours]: readonly Result[], wanted: number): string[] {
	const ratio = result.milliseconds / (ours?.milliseconds ?? Number.NaN);
	return [
		result.name,
		duration(result.milliseconds),
		times(ratio),
		grouped(result.requests),
		grouped(result.peakParallel),
		grouped(wanted - result.items),
		String(result.runs.length),
		[result.refused > 0 && `${grouped(result.refused)} requests refused`, result.problem]
			.filter(Boolean)
			.join('; '),
	];
}
