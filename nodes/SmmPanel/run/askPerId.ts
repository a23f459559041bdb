import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import { panelFailure } from '../../n8n/nodeError';
import type { AskOptions, IdOutcome } from '../../panelApi/batches/askAboutIds';
import type { IdOutcomes, PanelClient } from '../../panelApi/client';
import { PanelError } from '../../panelApi/panelError';
import { parameterReader } from '../../parameters/parameterReader';
import { type Account, type Accounts, accountsOf, itemsByAccount } from './accounts';
import { type IdRow, readIdRows } from './idRows';
import { type ItemProblem, problemsFailure } from './itemProblems';
import { failedItem, nothingSent, outputItem, panelFailedItem, rawJson } from './items';
import { Ledger } from './ledger';
import { unknownOutcome, unknownOutcomeError } from './unknownOutcome';

/** What makes one operation on ids different from the others. */
export interface IdOperation<Value extends object> {
	parameter: { name: string; label: string };
	/** The field that carries the id in the output. */
	idField: 'order' | 'refill';
	/** For requests with an effect, which a repeated try of an execution must not make again. */
	effect?: {
		/** What it is remembered by. */
		action: 'refill' | 'cancel';
		/** What a success is called when others failed, such as "Refill was requested". */
		done: string;
		/** The shape of a success. */
		granted: z.ZodType<Value, z.ZodTypeDef, unknown>;
	};
	ask(client: PanelClient, ids: readonly string[], options: AskOptions): Promise<IdOutcomes<Value>>;
	/** A test for which answers go out; all do if absent. */
	filter?(node: IExecuteFunctions): (value: Value, itemIndex: number) => boolean;
}

/**
 * Runs an operation on ids: gathers the ids of all input items, asks for each once in as few calls as possible,
 * and returns an item for each id of each input item, paired with it.
 */
export async function askPerId<Value extends object>(
	node: IExecuteFunctions,
	operation: IdOperation<Value>,
): Promise<INodeExecutionData[]> {
	const rows = readIdRows(node, operation.parameter);
	const problems = rows.flatMap(({ problem }) => problem ?? []);
	if (problems.length > 0 && !node.continueOnFail()) throw problemsFailure(node, problems);

	const accounts = await accountsOf(node);
	const outcomesFor = await askAccounts(node, operation, rows, accounts);
	const toItem = itemMaker(node, operation);
	const output: INodeExecutionData[] = [];
	for (const row of rows) {
		const { itemIndex } = row;
		if (row.problem) output.push(problemItem(row.problem));
		const account = accounts[itemIndex];
		if (account === undefined || account instanceof Error) {
			if (!node.continueOnFail()) throw account ?? new Error('No account');
			output.push(failedItem(itemIndex, String(account?.message), nothingSent, { kind: 'input' }));
			continue;
		}
		const outcomes = outcomesFor.get(account) ?? new Map();
		for (const id of row.ids) {
			const outcome = outcomes.get(id) ?? { error: notAsked };
			if ('error' in outcome && !node.continueOnFail()) {
				throw idFailure(node, operation, itemIndex, id, outcome.error, outcomes);
			}
			const item = toItem(row, id, outcome);
			if (item) output.push(item);
		}
	}
	return output;
}

/** Asks each account about the ids of its items. */
async function askAccounts<Value extends object>(
	node: IExecuteFunctions,
	operation: IdOperation<Value>,
	rows: readonly IdRow[],
	accounts: Accounts,
): Promise<Map<Account, IdOutcomes<Value>>> {
	const options = {
		batchSize: smallestBatchSize(node),
		signal: node.getExecutionCancelSignal(),
	};
	const outcomes = new Map<Account, IdOutcomes<Value>>();
	for (const [account, items] of itemsByAccount(accounts)) {
		const ids = items.flatMap((itemIndex) => rows[itemIndex]?.ids ?? []);
		if (ids.length === 0) continue;
		const answers = operation.effect
			? await askOncePerExecution(node, operation, operation.effect, account, ids, options)
			: await operation.ask(account.client, ids, options);
		outcomes.set(account, answers);
	}
	return outcomes;
}

/**
 * A repeated try of an execution must not ask again for what was granted or may have been, and must not lose what
 * came back.
 */
async function askOncePerExecution<Value extends object>(
	node: IExecuteFunctions,
	{ ask }: IdOperation<Value>,
	{ action, granted }: NonNullable<IdOperation<Value>['effect']>,
	{ id: accountId, client }: Account,
	ids: readonly string[],
	options: AskOptions,
): Promise<IdOutcomes<Value>> {
	const ledger = new Ledger(node);
	const grantedBefore = z.object({ value: granted, raw: z.unknown() });
	const unknownBefore = z.object({ unknown: unknownOutcome });
	const outcomes: IdOutcomes<Value> = new Map();
	const nameOf = (id: string) => `${action} ${accountId} ${id}`;
	for (const id of ids) {
		const known = ledger.recall(grantedBefore, nameOf(id));
		const unknown = ledger.recall(unknownBefore, nameOf(id));
		if (known) outcomes.set(id, { value: known.value as Value, raw: known.raw });
		else if (unknown) outcomes.set(id, { error: unknownOutcomeError(unknown.unknown) });
	}
	const open = ids.filter((id) => !outcomes.has(id));
	if (open.length === 0) return outcomes;
	for (const [id, outcome] of await ask(client, open, options)) {
		const remembered = toRemember(outcome);
		if (remembered) ledger.remember(nameOf(id), remembered);
		outcomes.set(id, outcome);
	}
	return outcomes;
}

function toRemember<Value>(outcome: IdOutcome<Value>): object | undefined {
	if ('value' in outcome) return outcome;
	const { mayHaveActed, message, detail } = outcome.error;
	return mayHaveActed ? { unknown: { message, detail } } : undefined;
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
	const details = { field, kind: 'input' };
	return failedItem(itemIndex, `${field} ${problem}`, nothingSent, details);
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
	{ idField, effect }: IdOperation<Value>,
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
		effect &&
			succeeded.length > 0 &&
			`${effect.done} for: ${succeeded.map(([doneId]) => doneId).join(', ')}. These requests were made and stay in effect.`,
		outcomes.size > 1 &&
			'To keep the other results, set On Error to Continue (using error output).',
	];
	return panelFailure(node.getNode(), error, itemIndex, {
		about: `${idField} ${id}`,
		more: more.filter(Boolean).join(' '),
		context: effect
			? {
					done: succeeded.map(([doneId, outcome]) => ({
						[idField]: doneId,
						...('value' in outcome && outcome.value),
					})),
				}
			: {},
	});
}
