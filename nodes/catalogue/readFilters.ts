import type { IDataObject, INode, INodeProperties } from 'n8n-workflow';

import { userFailure } from '../n8n/nodeError';
import { readFlag } from '../panelApi/answers/fields';
import type { ServiceFilters } from './filter';
import { readIds } from '../parameters/readIds';
import { commaAdvice, readNumber } from '../parameters/readNumber';
import { serviceFilterFields } from './filterParameters';

const fields = new Map(
	(serviceFilterFields.options as INodeProperties[]).map((field) => [field.name, field]),
);

/**
 * The filters a user set, read from the parameter. An expression may give them in any form; what is empty filters
 * nothing. Filters that come in the form of the editor stay as they are: the trigger holds them against those of its
 * last poll.
 * @throws NodeOperationError that names the field
 */
export function readServiceFilters(
	node: INode,
	{ ids, ...others }: IDataObject,
	itemIndex?: number,
): ServiceFilters {
	const filters: IDataObject = {};
	for (const [name, value] of Object.entries({ ...others, ids })) {
		const field = fields.get(name);
		if (!field) continue;
		try {
			const reading = readFilter(field, value);
			if (reading !== undefined) filters[name] = reading;
		} catch (error) {
			const message = `${field.displayName} ${(error as Error).message}`;
			throw userFailure(node, message, { itemIndex });
		}
	}
	return filters;
}

/** Text inputs, as n8n's number input drops a decimal comma. */
const amounts: ReadonlySet<string> = new Set(['minRate', 'maxRate']);

/** @throws Error with what is wrong, continuing the name of the field */
function readFilter({ name, type }: INodeProperties, value: unknown): IDataObject[string] {
	if (value === undefined || value === null) return undefined;
	if (name === 'ids') return hasIds(value) ? readIds(value) : undefined;
	if (typeof value === 'object')
		throw new Error('must be one value, but holds a list or an object');
	const text = String(value);
	const isAmount = amounts.has(name);
	if (!isAmount && type !== 'boolean') return text;
	if (text.trim() === '') return undefined;
	const reading = isAmount ? readNumber(value) : readSwitch(text);
	if (reading !== undefined) return reading;
	const advice = isAmount ? commaAdvice(value) : '';
	throw new Error(`must be ${isAmount ? 'a number' : 'true or false'} (got "${text}")${advice}`);
}

function hasIds(value: unknown): boolean {
	return Array.isArray(value) ? value.length > 0 : String(value).trim() !== '';
}

/** A word for yes or no. Panels may call a no what they like; a user who writes something else made a mistake. */
function readSwitch(text: string): boolean | undefined {
	const isOn = readFlag(text) === true;
	return isOn || /^(false|0|no|off)$/i.test(text.trim()) ? isOn : undefined;
}
