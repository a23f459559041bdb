import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import type { IdOutcome } from '../../panelApi/batches/askAboutIds';
import type { IdOutcomes } from '../../panelApi/client';
import { Ledger, unreadable } from './ledger';
import { unknownOutcome, unknownOutcomeError, unreadableOutcome } from './unknownOutcome';

/** A request with an effect, which a repeated try of an execution must not make again. */
export interface Effect<Value> {
	/** What it is remembered by. */
	action: 'refill' | 'cancel';
	/** The shape of a success. */
	granted: z.ZodType<Value, z.ZodTypeDef, unknown>;
}

/** What version 1 of the ledger remembered them by. Persisted, so it stays as it is whatever the node says today. */
const namesBefore: Readonly<Record<Effect<unknown>['action'], string>> = {
	refill: 'Refill was requested',
	cancel: 'Cancellation was requested',
};

/**
 * Asks about each ID unless an earlier try of the execution did: it must not ask again for what was granted or may have
 * been, and must not lose what came back.
 * @param ask asks about the IDs that are left
 */
export async function askOncePerExecution<Value extends object>(
	node: IExecuteFunctions,
	{ action, granted }: Effect<Value>,
	accountId: string,
	ids: readonly string[],
	ask: (open: readonly string[]) => Promise<IdOutcomes<Value>>,
): Promise<IdOutcomes<Value>> {
	const ledger = new Ledger(node);
	const remembered = z.union([
		z.object({ value: granted, raw: z.unknown() }),
		z.object({ unknown: unknownOutcome }),
	]);
	const nameOf = (id: string) => `${action} ${accountId} ${id}`;
	const outcomes: IdOutcomes<Value> = new Map();
	for (const id of ids) {
		const known = ledger.recall(remembered, nameOf(id), `${namesBefore[action]} ${id}`);
		if (known === undefined) continue;
		if (known === unreadable) outcomes.set(id, { error: unknownOutcomeError(unreadableOutcome) });
		else if ('unknown' in known) outcomes.set(id, { error: unknownOutcomeError(known.unknown) });
		else outcomes.set(id, { value: known.value as Value, raw: known.raw });
	}
	const open = ids.filter((id) => !outcomes.has(id));
	if (open.length === 0) return outcomes;
	for (const [id, outcome] of await ask(open)) {
		const what = toRemember(outcome);
		if (what) ledger.remember(nameOf(id), what);
		outcomes.set(id, outcome);
	}
	return outcomes;
}

function toRemember<Value>(outcome: IdOutcome<Value>): object | undefined {
	if ('value' in outcome) return outcome;
	const { mayHaveActed, message, detail } = outcome.error;
	return mayHaveActed ? { unknown: { message, detail } } : undefined;
}
