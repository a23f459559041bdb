import { times } from './numbers.mts';

/** Something that must hold, and whether it did. */
export interface Goal {
	goal: string;
	measured: string;
	holds: boolean;
}

/** A ratio that may be no larger than this; `goal` says of what to what. */
export function atMostTimes(most: number, ratio: number, goal: string): Goal {
	return { goal, measured: times(ratio), holds: ratio <= most };
}

/** A ratio that must be no smaller than this; `goal` says of what to what. */
export function atLeastTimes(least: number, ratio: number, goal: string): Goal {
	return { goal, measured: times(ratio), holds: ratio >= least };
}
