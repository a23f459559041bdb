import {
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
	NodeApiError,
} from 'n8n-workflow';

import { panelFailure, userFailure } from '../../n8n/nodeError';
import { PanelError } from '../../panelApi/panelError';
import { errorKinds } from '../../panelApi/vocabulary/errorKinds';
import { clipped } from '../clipped';
import type { TriggerEvent } from '../event';
import { events } from '../events';
import { inTime, PollOverError } from './inTime';
import { lookForNews } from './lookForNews';
import { openClient } from './pollClient';
import { exclusively, type PollMemory } from './pollMemory';
import { emptyNotes } from './pollNotes';
import { pollTime } from './pollTime';

const startsWithN8n = ['init', 'leadershipChange'];
const startsTrigger = [...startsWithN8n, 'activate', 'create'];

/**
 * One poll of the trigger, whatever its event: looks at the panel, hands the new state to n8n, and gives back the
 * items, in this order and only when the look succeeded in time. A poll that comes while the one before is still
 * running does nothing; an activation waits for it.
 * @returns null when nothing goes out; no items when n8n has to save what was learnt silently
 * @throws NodeApiError with the panel's words, or n8n's other node errors. Never when n8n itself starts: n8n would
 * give the trigger up for good, although the panel may be back a minute later
 */
export async function pollEvent(
	poll: IPollFunctions,
	memory: PollMemory,
): Promise<INodeExecutionData[][] | null> {
	if (poll.getMode() === 'manual') return output(await sample(poll));
	const isFirst = memory.isFirst(poll);
	const mode = poll.getActivationMode();
	const trigger = memory.of(poll);
	return await exclusively(trigger, isFirst && startsTrigger.includes(mode), async () => {
		try {
			const place = { isFirst, sharesThis: memory.sharesThis };
			const news = await lookForNews(poll, eventOf(poll), trigger, place);
			return news && output(news.items);
		} catch (error) {
			const failure = asNodeError(poll, error);
			if (!isFirst || !startsWithN8n.includes(mode)) throw failure;
			poll.logger.error(
				`The trigger "${poll.getNode().name}" could not look at the panel while n8n started, and goes on trying: ${clipped(failure.message)}`,
			);
			return null;
		}
	});
}

/** A few items of the present for "Fetch test event". It leaves no trace. */
async function sample(poll: IPollFunctions): Promise<IDataObject[]> {
	const { deadline, end } = pollTime(poll);
	const look = async () => {
		const client = await openClient(poll, deadline);
		const run = { poll, client, deadline, notes: emptyNotes, isActivation: false };
		return await eventOf(poll).sample(run);
	};
	try {
		return await inTime(look(), end);
	} catch (error) {
		throw asNodeError(poll, error);
	}
}

function output(items: IDataObject[]): INodeExecutionData[][] {
	return [items.map((json) => ({ json }))];
}

function eventOf(poll: IPollFunctions): TriggerEvent {
	const name = poll.getNodeParameter('event') as string;
	const event = events[name];
	if (event) return event;
	throw userFailure(poll.getNode(), `There is no event "${clipped(String(name))}"`, {
		description: 'Pick the event from the dropdown.',
	});
}

/**
 * The error as n8n shows it. n8n's scheduler with durable cursors leaves a trigger alone for half an hour after an
 * error that it takes for lasting; of a panel or a list that cannot be read for once it should not.
 */
function asNodeError(poll: IPollFunctions, error: unknown): Error {
	const nodeError = translated(poll, error);
	const isLasting = error instanceof PanelError && errorKinds[error.kind].scope === 'account';
	if (nodeError instanceof NodeApiError && !isLasting) {
		nodeError.failure ??= { cause: 'temporarily-unavailable' };
	}
	return nodeError;
}

function translated(poll: IPollFunctions, error: unknown): Error {
	if (error instanceof PollOverError) {
		return userFailure(poll.getNode(), error.message, {
			description:
				'The panel or the watch list answers too slowly. No watched IDs were lost, and the next poll starts afresh.',
		});
	}
	if (!(error instanceof PanelError)) return error as Error;
	const { kind, message, detail, httpStatus, retryAfterMs } = error;
	const short = { detail: clipped(detail), httpStatus, retryAfterMs };
	return panelFailure(poll.getNode(), new PanelError(kind, clipped(message), short), 0);
}
