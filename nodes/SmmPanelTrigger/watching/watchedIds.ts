import { NodeOperationError } from 'n8n-workflow';

import { readIds } from '../../fields/readIds';
import type { PollRun } from '../polling/pollRun';
import { fetchWatchList } from '../watchList/fetchWatchList';
import { readWatchList } from '../watchList/readWatchList';

/**
 * The IDs that the user wants to watch, each once. None only when a watch list at a URL is empty.
 * @throws NodeOperationError or NodeApiError when the list cannot be read
 */
export async function watchedIds(
	run: PollRun,
	parameter: { name: string; label: string },
): Promise<string[]> {
	const { poll } = run;
	if (poll.getNodeParameter('watchFrom', 'list') === 'url') {
		const text = await fetchWatchList(run, String(poll.getNodeParameter('watchUrl', '')).trim());
		return explained('The watch list', () =>
			readWatchList(text, String(poll.getNodeParameter('idField', '')).trim()),
		);
	}
	return explained(parameter.label, () => readIds(poll.getNodeParameter(parameter.name, '')));

	function explained(what: string, read: () => string[]): string[] {
		try {
			return read();
		} catch (error) {
			throw new NodeOperationError(poll.getNode(), `${what} ${(error as Error).message}`, {
				description: 'Nothing that is watched is forgotten; the next poll tries again.',
			});
		}
	}
}
