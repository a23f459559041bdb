import { type AskOptions, largestBatch } from '../../panelApi/batches/askAboutIds';
import type { IdOutcomes } from '../../panelApi/client';
import type { PollRun } from '../polling/pollRun';
import { isAnswered } from './trouble';

/** A round or two of the calls that run at a time: more would be asked in vain while the panel is down. */
const idsPerTurn = 15 * largestBatch;
/** In the rest of the time no call starts any more: those under way need it to end. */
const shareToStartIn = 0.8;

type Ask<Value> = (ids: readonly string[], options: AskOptions) => Promise<IdOutcomes<Value>>;

/** What came back, and the ID to begin with in the next poll. */
export interface Answers<Value> {
	outcomes: IdOutcomes<Value>;
	nextId: string | undefined;
}

/**
 * Asks about IDs as long as the time of the poll lasts and the panel answers. What is left over comes first in the
 * next poll: the process remembers where to go on. A process that has just started begins anywhere, so that nothing
 * starves either when n8n forgets all there is from poll to poll.
 */
export async function askInTurns<Value>(
	run: Pick<PollRun, 'deadline' | 'notes'>,
	ids: readonly string[],
	ask: Ask<Value>,
): Promise<Answers<Value>> {
	const deadline = Date.now() + (run.deadline - Date.now()) * shareToStartIn;
	const ordered = startingAt(ids, run.notes.nextId);
	const outcomes: IdOutcomes<Value> = new Map();
	for (let done = 0; done < ordered.length && Date.now() < deadline; done += idsPerTurn) {
		const turn = ordered.slice(done, done + idsPerTurn);
		const answers = await ask(turn, { deadline });
		for (const [id, outcome] of answers) outcomes.set(id, outcome);
		if (![...answers.values()].some(isAnswered)) break;
	}
	return { outcomes, nextId: whereToGoOn(ordered, outcomes) };
}

function startingAt(ids: readonly string[], nextId: string | undefined): string[] {
	const known = nextId === undefined ? -1 : ids.indexOf(nextId);
	const turns = Math.ceil(ids.length / idsPerTurn);
	const start = known >= 0 ? known : Math.floor(Math.random() * turns) * idsPerTurn;
	return [...ids.slice(start), ...ids.slice(0, start)];
}

/**
 * The first ID that still waits for an answer, behind one that got it: to go on at a call that always fails would
 * keep the others waiting.
 */
function whereToGoOn<Value>(
	ordered: readonly string[],
	outcomes: IdOutcomes<Value>,
): string | undefined {
	const isDone = (id: string) => isAnswered(outcomes.get(id));
	const firstDone = ordered.findIndex(isDone);
	return firstDone < 0 ? undefined : ordered.slice(firstDone).find((id) => !isDone(id));
}
