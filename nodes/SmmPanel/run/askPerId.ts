import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { AskOptions, IdOutcome } from '../../panelApi/batches/askAboutIds';
import type { IdOutcomes, PanelClient } from '../../panelApi/client';
import { PanelError } from '../../panelApi/panelError';
import { panelFailure } from '../../n8n/nodeError';
import { ExecutionMemory, unknownOutcome, type UnknownOutcome } from './executionMemory';
import { type IdRow, readIdRows } from './idRows';
import { failedItem, nothingSent, outputItem, panelFailedItem, rawJson } from './items';
import { type ItemProblem, problemsFailure } from './itemProblems';
import { openClient } from './accounts';
import { parameterReader } from '../../parameters/parameterReader';

/** What makes one operation on ids different from the others. */
export interface IdOperation<Value extends object> {
	parameter: { name: string; label: string };
	/** The field that carries the id in the output. */
	idField: 'order' | 'refill';
	/** For requests with an effect: what a success is called when others failed, such as "Refill was requested". */
	done?: string;
	ask(client: PanelClient, ids: readonly string[], options: AskOptions): Promise<IdOutcomes<Value>>;
	/** A test for which answers go out; all do if absent. */
	filter?(node: IExecuteFunctions): (value: Value, itemIndex: number) => boolean;
}

/**
 * Runs an operation on ids: gathers the ids of all input items, asks for each once in as few calls as possible,
 * and puts out an item for each id of each input item, paired with it.
 */
export async function askPerId<Value extends object>(
	node: IExecuteFunctions,
	operation: IdOperation<Value>,
): Promise<INodeExecutionData[]> {
	const rows = readIdRows(node, operation.parameter);
	const problems = rows.flatMap(({ problem }) => problem ?? []);
	if (problems.length > 0 && !node.continueOnFail())
		throw problemsFailure(node.getNode(), problems);

	const ids = rows.flatMap((row) => row.ids);
	const options = {
		batchSize: smallestBatchSize(node),
		signal: node.getExecutionCancelSignal(),
	};
	const outcomes = operation.done
		? await askOncePerExecution(node, operation, ids, options)
		: await operation.ask(await openClient(node), ids, options);

	const toItem = itemMaker(node, operation);
	const output: INodeExecutionData[] = [];
	for (const row of rows) {
		if (row.problem) output.push(problemItem(row.problem));
		for (const id of row.ids) {
			const outcome = outcomes.get(id) ?? { error: notAsked };
			if ('error' in outcome && !node.continueOnFail()) {
				throw idFailure(node, operation, row.itemIndex, id, outcome.error, outcomes);
			}
			const item = toItem(row, id, outcome);
			if (item) output.push(item);
		}
	}
	return output;
}

/** What is remembered of an ID: what was granted, or that nobody knows whether it was. */
type Remembered<Value> = Extract<IdOutcome<Value>, { value: Value }> | { unknown: UnknownOutcome };

/**
 * A repeated try of an execution must not ask again for what was granted or may have been, and must not lose what
 * came back.
 */
async function askOncePerExecution<Value extends object>(
	node: IExecuteFunctions,
	{ done, ask }: IdOperation<Value>,
	ids: readonly string[],
	options: AskOptions,
): Promise<IdOutcomes<Value>> {
	const memory = new ExecutionMemory(node);
	const outcomes: IdOutcomes<Value> = new Map();
	for (const id of ids) {
		const known = memory.recall(`${done} ${id}`) as Remembered<Value> | undefined;
		if (!known) continue;
		outcomes.set(id, 'value' in known ? known : { error: unknownOutcome(known.unknown) });
	}
	const open = ids.filter((id) => !outcomes.has(id));
	if (open.length === 0) return outcomes;
	for (const [id, outcome] of await ask(await openClient(node), open, options)) {
		const remembered = toRemember(outcome);
		if (remembered) memory.remember(`${done} ${id}`, remembered);
		outcomes.set(id, outcome);
	}
	return outcomes;
}

function toRemember<Value>(outcome: IdOutcome<Value>): Remembered<Value> | undefined {
	if ('value' in outcome) return outcome;
	const { kind, message, detail } = outcome.error;
	return kind === 'outcomeUnknown' ? { unknown: { message, detail } } : undefined;
}

const notAsked = new PanelError('stopped', 'The execution was stopped before this was sent');

function smallestBatchSize(node: IExecuteFunctions): number | undefined {
	const sizeOf = parameterReader(node, 'options.batchSize', Number.NaN);
	let smallest = Infinity;
	for (let itemIndex = 0; itemIndex < node.getInputData().length; itemIndex++) {
		const size = Number(sizeOf(itemIndex));
		if (size >= 1 && size < smallest) smallest = size;
	}
	return smallest < Infinity ? smallest : undefined;
}

function problemItem({ itemIndex, field, problem }: ItemProblem): INodeExecutionData {
	return failedItem(itemIndex, `${field} ${problem}`, nothingSent, { field });
}

/** A function that makes the item for what became of an ID; none when it is not wanted. */
function itemMaker<Value extends object>(
	node: IExecuteFunctions,
	{ idField, filter }: IdOperation<Value>,
) {
	const isWanted = filter?.(node);
	return (
		{ itemIndex, isSimple, includesInput }: IdRow,
		id: string,
		outcome: IdOutcome<Value>,
	): INodeExecutionData | undefined => {
		if ('error' in outcome) return panelFailedItem(itemIndex, outcome.error, { [idField]: id });
		if (isWanted?.(outcome.value, itemIndex) === false) return undefined;
		const json = isSimple
			? ({ [idField]: id, ...outcome.value } as IDataObject)
			: rawJson(outcome.raw);
		return outputItem(
			includesInput ? { ...node.getInputData()[itemIndex]?.json, ...json } : json,
			itemIndex,
		);
	};
}

function idFailure<Value extends object>(
	node: IExecuteFunctions,
	{ idField, done }: IdOperation<Value>,
	itemIndex: number,
	id: string,
	error: PanelError,
	outcomes: IdOutcomes<Value>,
) {
	const failed = [...outcomes]
		.filter(([, outcome]) => 'error' in outcome)
		.map(([failedId]) => failedId);
	const succeeded = [...outcomes].filter(([, outcome]) => 'value' in outcome);
	const more = [
		failed.length > 1 && `${failed.length} of ${outcomes.size} IDs failed: ${failed.join(', ')}.`,
		done &&
			succeeded.length > 0 &&
			`${done} for: ${succeeded.map(([doneId]) => doneId).join(', ')}. They are not undone by this error.`,
		outcomes.size > 1 &&
			'To get the others on with it, set "On Error" in the settings of the node to "Continue (using error output)".',
	];
	return panelFailure(node.getNode(), error, itemIndex, {
		about: `${idField} ${id}`,
		more: more.filter(Boolean).join(' '),
		context: done
			? {
					done: succeeded.map(([doneId, outcome]) => ({
						[idField]: doneId,
						...('value' in outcome && outcome.value),
					})),
				}
			: {},
	});
}
