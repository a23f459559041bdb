import type { IdOutcome } from '../../panelApi/batches/askAboutIds';
import type { PanelError } from '../../panelApi/panelError';
import { errorKinds } from '../../panelApi/vocabulary/errorKinds';

/** The error of an outcome that is not about its ID but about the call it went out with. */
export function troubleIn<Value>(outcome: IdOutcome<Value>): PanelError | undefined {
	if (!('error' in outcome)) return undefined;
	const { scope } = errorKinds[outcome.error.kind];
	return scope === 'panel' || scope === 'account' ? outcome.error : undefined;
}

/** Whether the panel said something about the ID itself, be it that there is no such ID. */
export function isAnswered<Value>(outcome: IdOutcome<Value> | undefined): boolean {
	return outcome !== undefined && !troubleIn(outcome);
}
