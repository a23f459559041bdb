import type { IExecuteFunctions, NodeApiError } from 'n8n-workflow';

import { panelFailure } from '../../n8n/nodeError';
import type { IdOutcomes } from '../../panelApi/client';
import type { PanelError } from '../../panelApi/panelError';

/** The ID that an operation stops at, and what it failed with. */
interface FailedId {
	itemIndex: number;
	idField: 'order' | 'refill';
	id: string;
	error: PanelError;
}

/**
 * The error of an operation that stops at an ID. It names all IDs that failed, and what was done for others.
 * @param done what a success is called, such as "Refill was requested"; absent for reads
 */
export function idFailure<Value extends object>(
	node: IExecuteFunctions,
	{ itemIndex, idField, id, error }: FailedId,
	outcomes: IdOutcomes<Value>,
	done?: string,
): NodeApiError {
	const all = [...outcomes];
	const failed = all.filter(([, outcome]) => 'error' in outcome).map(([failedId]) => failedId);
	const granted = all.flatMap(([doneId, outcome]) =>
		'value' in outcome ? [{ doneId, value: outcome.value }] : [],
	);
	const more = [
		failed.length > 1 && `${failed.length} of ${all.length} IDs failed: ${failed.join(', ')}.`,
		done &&
			granted.length > 0 &&
			`${done} for: ${granted.map(({ doneId }) => doneId).join(', ')}. These requests were made and stay in effect.`,
		all.length > 1 && 'To keep the other results, set On Error to Continue (using error output).',
	];
	return panelFailure(node.getNode(), error, itemIndex, {
		about: `${idField} ${id}`,
		more: more.filter(Boolean).join(' '),
		context: done
			? { done: granted.map(({ doneId, value }) => ({ [idField]: doneId, ...value })) }
			: {},
	});
}
