import type { IdOutcome } from '../../panelApi/batches/askAboutIds';
import type { PanelError } from '../../panelApi/panelError';
import type { ErrorKind } from '../../panelApi/vocabulary/errorKinds';

/** Errors of the account or of the panel. All others are about the one ID they came for. */
const troubles: ReadonlySet<ErrorKind> = new Set([
	'key',
	'account',
	'rateLimit',
	'unsupportedAction',
	'panelFault',
	'unreachable',
	'connectionLost',
	'notAPanel',
]);

/** The error of an outcome that is not about its ID but about the call it went out with. */
export function troubleIn<Value>(outcome: IdOutcome<Value>): PanelError | undefined {
	return 'error' in outcome && troubles.has(outcome.error.kind) ? outcome.error : undefined;
}

/** Whether the panel said something about the ID itself, be it that there is no such ID. */
export function isAnswered<Value>(outcome: IdOutcome<Value> | undefined): boolean {
	return outcome !== undefined && !troubleIn(outcome);
}
