import { userFailure } from '../../n8n/nodeError';
import { readIds } from '../../parameters/readIds';
import type { PollRun } from '../polling/pollRun';
import { fetchWatchList } from '../watchList/fetchWatchList';
import { isComplete, readWatchList } from '../watchList/readWatchList';

/** The IDs that the user wants to watch. */
export interface WatchedIds {
	/** Each once. None only when a watch list at a URL is empty. */
	ids: string[];
	/** What is wrong with cells of a list at a URL: they never stop the others. */
	faults: string[];
	/** See `isComplete`; a list that the user typed always is. */
	isComplete: boolean;
}

/**
 * Reads the IDs from the parameter or from the address that it names.
 * @throws NodeOperationError or NodeApiError when the list cannot be read
 */
export async function watchedIds(
	run: PollRun,
	parameter: { name: string; label: string },
): Promise<WatchedIds> {
	const { poll } = run;
	if (poll.getNodeParameter('watchFrom', 'list') !== 'url') {
		const ids = explained(run, parameter.label, () =>
			readIds(poll.getNodeParameter(parameter.name, '')),
		);
		return { ids, faults: [], isComplete: true };
	}
	const answer = await fetchWatchList(run, String(poll.getNodeParameter('watchUrl', '')).trim());
	const idField = String(poll.getNodeParameter('idField', '')).trim();
	const read = () => readWatchList(answer, idField);
	const list = explained(run, 'The watch list', read, answer.conceal);
	return { ...list, faults: list.faults.map(answer.conceal), isComplete: isComplete(list) };
}

function explained<Result>(
	{ poll }: PollRun,
	what: string,
	read: () => Result,
	conceal = (message: string) => message,
): Result {
	try {
		return read();
	} catch (error) {
		throw userFailure(poll.getNode(), `${what} ${conceal((error as Error).message)}`, {
			description: 'No watched IDs were lost.',
		});
	}
}
