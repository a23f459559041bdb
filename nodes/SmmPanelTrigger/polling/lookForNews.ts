import { createHash } from 'crypto';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { panelCredential } from '../../n8n/n8nWire';
import type { TriggerEvent } from '../event';
import { inTime } from './inTime';
import { keepSight, type Look } from './keepSight';
import { openClient } from './pollClient';
import type { TriggerMemory } from './pollMemory';
import type { PollRun } from './pollRun';
import { pollTime } from './pollTime';
import { noteWhatWasKept, noteWhatWasTaken, type PollPlace } from './silentSaving';
import { readStored } from './stateShape';
import { isAnyKnown, isUnsettled, recall } from './storedState';

/** What goes out: items, or none where n8n shall start an execution for the sake of the state alone. */
interface News {
	items: IDataObject[];
}

/**
 * Recalls what is known, looks at the panel, and keeps what is known now.
 * @returns null when nothing goes out
 * @throws what the event throws, and PollOverError; then nothing is kept
 */
export async function lookForNews(
	poll: IPollFunctions,
	event: TriggerEvent,
	trigger: TriggerMemory,
	place: PollPlace,
): Promise<News | null> {
	const { key, read } = event.state;
	const staticData = poll.getWorkflowStaticData('node');
	const now = Date.now();
	if (isUnsettled(staticData, key, trigger, now)) return null;
	const { deadline, end } = pollTime(poll);
	const stored = readStored(staticData[key]);
	trigger.saving = noteWhatWasTaken(noteWhatWasKept(trigger.saving, stored, place), stored, now);
	const last = recall(staticData, key, trigger);
	// Clocks are set back at times; a state is later than the one it was built on all the same.
	const seenAt = Math.max(now, (last?.seenAt ?? 0) + 1);

	const look = async (): Promise<Look> => {
		const subject = await subjectOf(poll, event);
		const known = last?.subject === subject ? read(last.content) : undefined;
		const run: PollRun = {
			poll,
			client: await openClient(poll, deadline),
			deadline,
			notes: trigger.notes,
			isActivation: place.isFirst && isActivation(poll, staticData, trigger),
		};
		const sight = await event.look(run, known);
		return { staticData, last, isKnown: known !== undefined, subject, seenAt, sight };
	};
	const looked = await inTime(look(), end);
	const { sight } = looked;

	// Nothing before this line has changed anything: a poll that was given up has never been.
	for (const line of sight.log ?? []) poll.logger.warn(line);
	if (sight.notes) trigger.notes = sight.notes;
	const emits = keepSight(poll, event.state, trigger, place, looked);
	return emits ? { items: sight.items } : null;
}

/**
 * Whether this first poll of a `this` is that of a user's activation. The scheduler engines call each poll an
 * update, with a `this` of its own: there it is one as long as nothing is known.
 */
function isActivation(
	poll: IPollFunctions,
	staticData: IDataObject,
	trigger: TriggerMemory,
): boolean {
	const mode = poll.getActivationMode();
	if (mode === 'update') return !isAnyKnown(staticData, trigger);
	return mode === 'activate' || mode === 'create';
}

/**
 * What a state is about: the panel, and for some events the account. An account is known by its credential, not by
 * its key, which may be renewed.
 */
async function subjectOf(poll: IPollFunctions, event: TriggerEvent): Promise<string> {
	const { url } = await poll.getCredentials(panelCredential);
	const credentialId = poll.getNode().credentials?.[panelCredential]?.id ?? '';
	const parts = [String(url).trim(), event.dependsOnAccount ? credentialId : ''];
	return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}
