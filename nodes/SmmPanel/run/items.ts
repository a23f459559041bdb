import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../../isRecord';
import type { PanelError } from '../../panelApi/panelError';

/** What a failed item says where the request for it never went out. */
export const nothingSent = 'Nothing was sent for this item.';

/** An output item that belongs to the given input item. */
export function outputItem(json: IDataObject, itemIndex: number): INodeExecutionData {
	return { json, pairedItem: { item: itemIndex } };
}

/**
 * A failed item. n8n sends it to the error output, and adds the fields of the input item, only when it has exactly
 * these fields; any other would make it a success.
 */
export function failedItem(
	itemIndex: number,
	error: string,
	message: string,
	details: IDataObject,
): INodeExecutionData {
	return outputItem({ error, message, details }, itemIndex);
}

/** Whether this is a failed item, and not a good one that includes a field `error` of its input. */
export function isFailedItem({ json }: INodeExecutionData): boolean {
	const names = Object.keys(json);
	return Boolean(json.error) && names.every((name) => failedItemFields.includes(name));
}

const failedItemFields = ['error', 'message', 'details'];

/**
 * A failed item in the words of the panel.
 * @param about which id or what else it was about
 * @param more what the user has to know beyond the error
 */
export function panelFailedItem(
	itemIndex: number,
	error: PanelError,
	about: IDataObject,
	more = '',
): INodeExecutionData {
	const message = [error.description, more].filter(Boolean).join(' ');
	const details = {
		...about,
		kind: error.kind,
		...(error.httpStatus && { httpStatus: error.httpStatus }),
	};
	return failedItem(itemIndex, error.message, message, details);
}

/** A panel's own answer as the content of an item. */
export function rawJson(raw: unknown): IDataObject {
	return isRecord(raw) ? (raw as IDataObject) : { answer: raw as IDataObject['answer'] };
}
