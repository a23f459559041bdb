import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { AskOptions, IdOutcome } from '../../panelApi/batches/askAboutIds';
import type { IdOutcomes, PanelClient } from '../../panelApi/client';
import { stoppedBeforeSending } from '../../panelApi/panelError';
import { problemInWords } from '../../parameters/problem';
import { parameterReader } from '../../parameters/parameterReader';
import { type Account, type Accounts, accountsOf, itemsByAccount } from './accounts';
import { askOncePerExecution, type Effect } from './askOncePerExecution';
import { idFailure } from './idFailure';
import { type IdRow, readIdRows } from './idRows';
import { type ItemProblem, problemsFailure } from './itemProblems';
import { failedItem, nothingSent, outputItem, panelFailedItem, rawJson } from './items';

/** What makes one operation on ids different from the others. */
export interface IdOperation<Value extends object> {
	parameter: { name: string; label: string };
	/** The field that carries the id in the output. */
	idField: 'order' | 'refill';
	/** For requests with an effect, which a repeated try of an execution must not make again. */
	effect?: Effect<Value> & {
		/** What a success is called when others failed, such as "Refill was requested". */
		done: string;
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
				const failed = { itemIndex, idField: operation.idField, id, error: outcome.error };
				throw idFailure(node, failed, outcomes, operation.effect?.done);
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
		const ask = async (open: readonly string[]) =>
			await operation.ask(account.client, open, options);
		const answers = operation.effect
			? await askOncePerExecution(node, operation.effect, account.id, ids, ask)
			: await ask(ids);
		outcomes.set(account, answers);
	}
	return outcomes;
}

const notAsked = stoppedBeforeSending();

function smallestBatchSize(node: IExecuteFunctions): number | undefined {
	const sizeOf = parameterReader(node, 'options.batchSize', Number.NaN);
	let smallest = Infinity;
	for (let itemIndex = 0; itemIndex < node.getInputData().length; itemIndex++) {
		const size = Number(sizeOf(itemIndex));
		if (size >= 1 && size < smallest) smallest = size;
	}
	return smallest < Infinity ? smallest : undefined;
}

function problemItem(problem: ItemProblem): INodeExecutionData {
	const details = { field: problem.field, kind: 'input' };
	return failedItem(problem.itemIndex, problemInWords(problem), nothingSent, details);
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
