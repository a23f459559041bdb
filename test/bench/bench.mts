import type { N8n } from '../host/n8n.mts';
import type { Goal } from './goals.mts';

/** What every part of the benchmark works with. */
export interface Bench {
	n8n: N8n;
	/** How often each contender runs. */
	rounds: number;
	/** Small sizes, for a look in between. */
	isQuick: boolean;
}

/** What a part has found, for the report. */
export interface Section {
	title: string;
	/** What was measured, in a sentence or two. */
	note: string;
	columns: string[];
	rows: string[][];
	goals: Goal[];
}

/** The answer time of every panel. */
export const latencyMs = 50;
