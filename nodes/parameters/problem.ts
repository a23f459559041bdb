/** Something wrong with what a user entered. */
export interface Problem {
	/** The field by its name on the screen. */
	field: string;
	/** What is wrong and what to do, continuing the name of the field. */
	problem: string;
}

/** The problem as a sentence, without a full stop: the one place that joins both halves. */
export function problemInWords({ field, problem }: Problem): string {
	return `${field} ${problem}`;
}
