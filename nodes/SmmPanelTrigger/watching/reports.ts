import type { IdOutcomes } from '../../panelApi/client';
import type { PanelError } from '../../panelApi/panelError';
import type { PollRun } from '../polling/pollRun';
import { troubleIn } from './trouble';

/** A log line does not name more IDs than this. */
const mostNamed = 20;

/**
 * Tells n8n's log which IDs the panel refused, each ID once: they are asked about again with every poll, as some
 * panels know a new order only after a while, and one that was answered since would be told again.
 */
export function reportBadIds<Value>(
	{ poll, memory }: PollRun,
	outcomes: IdOutcomes<Value>,
	idField: string,
): void {
	const idsByMessage = new Map<string, string[]>();
	for (const [id, outcome] of outcomes) {
		if ('value' in outcome) memory.reportedIds.delete(id);
		if ('value' in outcome || troubleIn(outcome) || memory.reportedIds.has(id)) continue;
		memory.reportedIds.add(id);
		const { message } = outcome.error;
		idsByMessage.set(message, [...(idsByMessage.get(message) ?? []), id]);
	}
	for (const [message, ids] of idsByMessage) {
		const named = ids.slice(0, mostNamed).join(', ');
		const others = ids.length > mostNamed ? ` and ${ids.length - mostNamed} more` : '';
		poll.logger.warn(
			`The trigger "${poll.getNode().name}" watches ${idField} ${named}${others}, but the panel says: ${message}. The other IDs are watched as usual.`,
		);
	}
}

/** Tells n8n's log that cells of the watch list can be no IDs: when there are some, and again when it is others. */
export function reportFaults({ poll, memory }: PollRun, faults: readonly string[]): void {
	const [first] = faults;
	const line = `The watch list of the trigger "${poll.getNode().name}" ${first}. Cells like this: ${faults.length}. The others are watched as usual.`;
	if (first !== undefined && line !== memory.reportedFaults) poll.logger.warn(line);
	memory.reportedFaults = first === undefined ? undefined : line;
}

/** Tells n8n's log that a poll got through in part only; the rest is asked again with the next one. */
export function reportTrouble<Value>({ poll }: PollRun, outcomes: IdOutcomes<Value>): void {
	const troubles = [...outcomes.values()].flatMap<PanelError>(
		(outcome) => troubleIn(outcome) ?? [],
	);
	const [first] = troubles;
	if (!first) return;
	poll.logger.warn(
		`The trigger "${poll.getNode().name}" got no answer for ${troubles.length} of ${outcomes.size} IDs, and asks again with the next poll: ${first.message}`,
	);
}
