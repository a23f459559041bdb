/** Something that must hold, and whether it did. */
export interface Goal {
	goal: string;
	measured: string;
	holds: boolean;
}
