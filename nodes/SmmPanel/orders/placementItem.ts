import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { PanelError } from '../../panelApi/panelError';
import { problemInWords } from '../../parameters/problem';
import { failedItem, nothingSent, outputItem, panelFailedItem, rawJson } from '../run/items';
import type { OrderRow } from './orderRow';
import { failureDetails, orderDetails, orderEcho, whatToLookFor } from './orderWords';
import type { RowDuplicate, RowFailure, RowInvalid, RowPlaced, RowResult, Twin } from './rowResult';

/** The output item for what became of a row. */
export function placementItem(
	node: IExecuteFunctions,
	row: OrderRow,
	result: RowResult,
): INodeExecutionData {
	switch (result.outcome) {
		case 'placed':
			return goodItem(node, row, placedJson(row, result));
		case 'duplicate':
			return goodItem(node, row, duplicateJson(row, result));
		case 'invalid':
			return invalidItem(row, result);
		case 'failed':
			return failureItem(row, result);
	}
}

function goodItem(node: IExecuteFunctions, row: OrderRow, json: IDataObject): INodeExecutionData {
	const input = row.includesInput ? node.getInputData()[row.itemIndex]?.json : undefined;
	return outputItem({ ...input, ...json }, row.itemIndex);
}

function placedJson(row: OrderRow, { order, answer }: RowPlaced): IDataObject {
	return row.isSimple ? { order, ...orderEcho(row) } : rawJson(JSON.parse(answer));
}

const whyDuplicate: Record<Exclude<Twin, 'key'>, string> = {
	tool: 'Nothing was ordered: this order was placed before in this execution. To place it once more, use another idempotency key.',
	retry:
		"Nothing was ordered: another retry of this execution placed this order. Its ID is in that retry's output and in n8n's log.",
};

function duplicateJson(row: OrderRow, { order, twin }: RowDuplicate): IDataObject {
	const { idempotencyKey } = row;
	return {
		duplicate: true,
		...(idempotencyKey && { idempotencyKey }),
		...(order && { order }),
		...orderEcho(row),
		...(twin !== 'key' && { message: whyDuplicate[twin] }),
	};
}

function invalidItem(row: OrderRow, { problems, kind }: RowInvalid): INodeExecutionData {
	return failedItem(row.itemIndex, problems.map(problemInWords).join('; '), nothingSent, {
		...orderDetails(row),
		fields: problems.map(({ field }) => field),
		kind,
		canOrderElsewhere: kind === 'guard',
	});
}

function failureItem(row: OrderRow, { error, note }: RowFailure): INodeExecutionData {
	const details = failureDetails(row, error);
	if (error instanceof PanelError)
		return panelFailedItem(row.itemIndex, error, details, note ?? whatToLookFor(row, error));
	// All that fails without a word of the panel, such as n8n's database, comes before the order is sent.
	const { message, description } = error as Error & { description?: string | null };
	return failedItem(row.itemIndex, message, description || nothingSent, details);
}
