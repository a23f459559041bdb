import { NodeOperationError } from 'n8n-workflow';

import { readIds } from '../../parameters/readIds';
import type { PollRun } from '../polling/pollRun';
import { fetchWatchList } from '../watchList/fetchWatchList';
import { readWatchList } from '../watchList/readWatchList';
import { reportFaults } from './reports';

/**
 * The IDs that the user wants to watch, each once. None only when a watch list at a URL is empty. Cells of such a list
 * that can be no IDs never stop the others: the log is told.
 * @throws NodeOperationError or NodeApiError when the list cannot be read
 */
export async function watchedIds(
	run: PollRun,
	parameter: { name: string; label: string },
): Promise<string[]> {
	const { poll } = run;
	if (poll.getNodeParameter('watchFrom', 'list') !== 'url') {
		return explained(run, parameter.label, () =>
			readIds(poll.getNodeParameter(parameter.name, '')),
		);
	}
	const answer = await fetchWatchList(run, String(poll.getNodeParameter('watchUrl', '')).trim());
	const idField = String(poll.getNodeParameter('idField', '')).trim();
	const { ids, faults } = explained(
		run,
		'The watch list',
		() => readWatchList(answer, idField),
		answer.conceal,
	);
	reportFaults(run, faults);
	return ids;
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
		throw new NodeOperationError(poll.getNode(), `${what} ${conceal((error as Error).message)}`, {
			description: 'Nothing that is watched is forgotten; the next poll tries again.',
		});
	}
}
