import type { IdOutcomes } from '../../panelApi/client';
import { clipped } from '../clipped';
import type { PollNotes } from '../polling/pollNotes';
import { troubleIn } from './trouble';

/** A log line does not name more IDs than this. */
const mostNamed = 20;
const longestNames = 300;
/** Panels that repeat the ID in their words say something else about each. */
const mostLines = 10;

/** Lines for n8n's log, and what is noted so that they come once. */
export interface Report {
	lines: string[];
	notes: PollNotes;
}

/** What a poll found that the user should know of. */
export interface Findings<Value> {
	/** The name of the trigger on the canvas. */
	trigger: string;
	idField: string;
	outcomes: IdOutcomes<Value>;
	/** What is wrong with cells of the watch list. */
	faults: readonly string[];
}

/** All that a poll has to say in n8n's log. */
export function report<Value>(findings: Findings<Value>, notes: PollNotes): Report {
	const badIds = badIdLines(findings, notes);
	const faults = faultLine(findings, notes);
	return {
		lines: [...faults.lines, ...troubleLine(findings), ...badIds.lines],
		notes: { ...notes, ...badIds.noted, ...faults.noted },
	};
}

interface Lines {
	lines: string[];
	noted: Partial<PollNotes>;
}

/**
 * The IDs that the panel refused, each once: they are asked about again with every poll, as some panels know a new
 * order only after a while, and one that was answered since would be reported again.
 */
function badIdLines<Value>(
	{ trigger, idField, outcomes }: Findings<Value>,
	notes: PollNotes,
): Lines {
	const reportedIds = new Set(notes.reportedIds);
	const idsByMessage = new Map<string, string[]>();
	for (const [id, outcome] of outcomes) {
		if ('value' in outcome) reportedIds.delete(id);
		if ('value' in outcome || troubleIn(outcome) || reportedIds.has(id)) continue;
		reportedIds.add(id);
		const message = clipped(outcome.error.message);
		const ids = idsByMessage.get(message);
		if (ids) ids.push(id);
		else idsByMessage.set(message, [id]);
	}
	const refusals = [...idsByMessage];
	const lines = refusals.slice(0, mostLines).map(([message, ids]) => {
		const named = clipped(ids.slice(0, mostNamed).join(', '), longestNames);
		const others = ids.length > mostNamed ? ` and ${ids.length - mostNamed} more` : '';
		return `The trigger "${trigger}" watches ${idField} ${named}${others}, but the panel says: ${message}. The other IDs are watched as usual.`;
	});
	const unnamed = refusals.slice(mostLines).flatMap(([, ids]) => ids).length;
	if (unnamed > 0)
		lines.push(`The trigger "${trigger}" got such refusals for ${unnamed} more IDs.`);
	return { lines, noted: { reportedIds } };
}

/** What is wrong with cells of the watch list: when something is, and again when it is something else. */
function faultLine<Value>({ trigger, faults }: Findings<Value>, notes: PollNotes): Lines {
	const [first] = faults;
	if (first === undefined) return { lines: [], noted: { reportedFaults: undefined } };
	const line = `The watch list of the trigger "${trigger}" ${clipped(first)}. Cells like this: ${faults.length}. The others are watched as usual.`;
	return {
		lines: line === notes.reportedFaults ? [] : [line],
		noted: { reportedFaults: line },
	};
}

/** That a poll got through in part only; the rest is asked again with the next one. */
function troubleLine<Value>({ trigger, outcomes }: Findings<Value>): string[] {
	const troubles = [...outcomes.values()].flatMap((outcome) => troubleIn(outcome) ?? []);
	const [first] = troubles;
	if (!first) return [];
	return [
		`The trigger "${trigger}" got no answer for ${troubles.length} of ${outcomes.size} IDs, and asks again with the next poll: ${clipped(first.message)}`,
	];
}
