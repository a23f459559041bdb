import { availableParallelism } from 'node:os';
import type { Section } from './bench.mts';

/** The whole report as Markdown: what was run on what, which goals hold, and a table for each part. */
export function report(sections: readonly Section[], n8nVersion: string, rounds: number): string {
	const goals = sections.flatMap((section) => section.goals);
	const day = new Date().toISOString().slice(0, 10);
	return [
		'# Benchmark',
		`Made on ${day} by \`npm run bench\`: Node ${process.version}, n8n ${n8nVersion}, ${availableParallelism()} cores, ${rounds} rounds where a table says no other number. Each panel answers after 50 ms. Times are medians of one run; compare the ratios, not the milliseconds of another machine.`,
		'## Goals',
		table(
			['Goal', 'Measured', 'Holds'],
			goals.map(({ goal, measured, holds }) => [goal, measured, holds ? 'yes' : '**no**']),
		),
		...sections.flatMap(({ title, note, columns, rows }) => [
			`## ${title}`,
			note,
			...(rows.length > 0 ? [table(columns, rows)] : []),
		]),
	].join('\n\n');
}

/** A table in Markdown whose columns also stand straight on a screen. */
function table(columns: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const widths = columns.map((column, index) =>
		Math.max(3, column.length, ...rows.map((row) => row[index]?.length ?? 0)),
	);
	const line = (cells: readonly string[]) =>
		`| ${widths.map((width, index) => (cells[index] ?? '').padEnd(width)).join(' | ')} |`;
	return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join(
		'\n',
	);
}
