import { createHash } from 'crypto';
import {
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
	NodeOperationError,
} from 'n8n-workflow';

import { panelCredential } from '../../n8n/n8nWire';
import { PanelError } from '../../panelApi/panelError';
import { panelFailure } from '../../n8n/nodeError';
import type { TriggerEvent } from '../event';
import { events } from '../events';
import { openClient } from './pollClient';
import type { PollMemory, TriggerMemory } from './pollMemory';
import type { PollRun } from './pollRun';
import { pollDeadline } from './pollTime';
import { isAnyKnown, recall, retain, type StoredState } from './storedState';

/**
 * One poll of the trigger, whatever its event: looks at the panel, hands the new state to n8n, and gives back the
 * items, in this order and only when the look succeeded. A poll that comes while the one before is still running
 * does nothing.
 * @returns null when there is nothing to put out
 * @throws NodeApiError with the panel's words, or n8n's other node errors. Never when n8n itself starts: n8n would
 * give the trigger up for good, although the panel may be back a minute later
 */
export async function pollEvent(
	poll: IPollFunctions,
	memory: PollMemory,
): Promise<INodeExecutionData[][] | null> {
	return await memory.exclusively(poll, async () => {
		const isFirst = memory.isFirst(poll);
		const startsWithN8n = ['init', 'leadershipChange'].includes(poll.getActivationMode());
		try {
			const items = await itemsOf(poll, memory, isFirst);
			return items.length > 0 ? [items.map((json) => ({ json }))] : null;
		} catch (error) {
			const failure = asNodeError(poll, error);
			if (!isFirst || !startsWithN8n) throw failure;
			poll.logger.error(
				`The trigger "${poll.getNode().name}" could not look at the panel while n8n started, and goes on trying: ${failure.message}`,
			);
			return null;
		}
	});
}

async function itemsOf(
	poll: IPollFunctions,
	memory: PollMemory,
	isFirst: boolean,
): Promise<IDataObject[]> {
	const event = eventOf(poll);
	const deadline = pollDeadline(poll);
	const trigger = memory.of(poll);
	const run: PollRun = {
		poll,
		client: await openClient(poll, deadline),
		deadline,
		memory: trigger,
		isActivation: isFirst && isActivation(poll, trigger),
	};
	return poll.getMode() === 'manual' ? await event.sample(run) : await lookFor(event, run);
}

/**
 * Whether this first poll of a `this` is that of a user's activation. The scheduler engines call each poll an
 * update, with a `this` of its own: there it is one as long as nothing is known.
 */
function isActivation(poll: IPollFunctions, memory: TriggerMemory): boolean {
	const mode = poll.getActivationMode();
	if (mode === 'update') return !isAnyKnown(poll.getWorkflowStaticData('node'), memory);
	return mode === 'activate' || mode === 'create';
}

async function lookFor(event: TriggerEvent, run: PollRun): Promise<IDataObject[]> {
	const { poll, memory } = run;
	const { key, read, write } = event.state;
	const subject = await subjectOf(poll, event);
	const staticData = poll.getWorkflowStaticData('node');
	const last = recall(staticData, key, memory);
	// Clocks are set back at times; a state is later than the one it was built on all the same.
	const seenAt = Math.max(Date.now(), (last?.seenAt ?? 0) + 1);
	const lastKnown = last?.subject === subject ? read(last.content) : undefined;

	const { items, known } = await event.look(run, lastKnown);

	const content = write(known);
	const emits = items.length > 0;
	const goesOn = last !== undefined && lastKnown !== undefined && !emits;
	const isNothingNew = goesOn && JSON.stringify(content) === JSON.stringify(last.content);
	const since = goesOn ? last.since : seenAt;
	const state: StoredState = { version: 1, subject, since, seenAt, content };
	retain(staticData, key, memory, isNothingNew ? last : state, emits);
	return items;
}

/**
 * What a state is about: the panel, and for some events the account. An account is told by its credential, not by
 * its key, which may be renewed.
 */
async function subjectOf(poll: IPollFunctions, event: TriggerEvent): Promise<string> {
	const { url } = await poll.getCredentials(panelCredential);
	const credentialId = poll.getNode().credentials?.[panelCredential]?.id ?? '';
	const parts = [String(url).trim(), event.dependsOnAccount ? credentialId : ''];
	return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

function eventOf(poll: IPollFunctions): TriggerEvent {
	const name = poll.getNodeParameter('event') as string;
	const event = events[name];
	if (event) return event;
	throw new NodeOperationError(poll.getNode(), `There is no event "${name}"`, {
		description: 'Pick the event from the dropdown.',
	});
}

function asNodeError(poll: IPollFunctions, error: unknown): Error {
	if (error instanceof PanelError) return panelFailure(poll.getNode(), error, 0);
	return error as Error;
}
