import { userFailure } from '../../n8n/nodeError';
import { largestBatch } from '../../panelApi/batches/askAboutIds';
import type { PollRun } from '../polling/pollRun';
import type { StatusSource } from './askWatched';
import { isAnswered } from './trouble';
import { watchedIds } from './watchedIds';

const mostSamples = 3;

/** One watched ID as it stands now. */
export interface Sample<Value> {
	id: string;
	value: Value;
}

/**
 * A few watched IDs as they stand now. Panels forget old orders, which stand first in most lists: it goes on to the
 * next until some are known.
 * @param isWanted which of them to show; all if absent
 * @throws PanelError when the panel knows none, NodeOperationError when there is none to show
 */
export async function sampleStatuses<Value>(
	source: StatusSource<Value>,
	run: PollRun,
	isWanted: (value: Value) => boolean = () => true,
): Promise<Array<Sample<Value>>> {
	const { ids } = await watchedIds(run, source.parameter);
	const samples: Array<Sample<Value>> = [];
	let refusal: Error | undefined;
	let hasAnswer = false;
	for (let done = 0; done < ids.length && samples.length < mostSamples; done += largestBatch) {
		const outcomes = await source.ask(run.client, ids.slice(done, done + largestBatch), {
			deadline: run.deadline,
		});
		for (const [id, outcome] of outcomes) {
			if ('error' in outcome) refusal ??= outcome.error;
			else if (isWanted(outcome.value)) samples.push({ id, value: outcome.value });
			hasAnswer ||= 'value' in outcome;
		}
		// A panel in trouble, or no time left.
		if (![...outcomes.values()].some(isAnswered)) break;
	}
	if (samples.length > 0) return samples.slice(0, mostSamples);
	if (refusal && !hasAnswer) throw refusal;
	throw hasAnswer ? nothingOpen(source, run) : nothingListed(source, run);
}

function nothingListed<Value>({ idField }: StatusSource<Value>, { poll }: PollRun): Error {
	return userFailure(poll.getNode(), 'The watch list holds no IDs at the moment', {
		description: `There is nothing to show until it holds the ID of at least one ${idField}.`,
	});
}

function nothingOpen<Value>({ idField }: StatusSource<Value>, { poll }: PollRun): Error {
	return userFailure(poll.getNode(), `Every watched ${idField} is finished`, {
		description: `There is nothing to show until at least one ${idField} is under way.`,
	});
}
