import type { OrderDraft } from './orderDraft';
import type { Problem } from '../parameters/problem';
import { textProblem } from '../parameters/textProblem';
import { orderFields, type OrderFieldName } from '../panelApi/vocabulary/orderFields';
import { fieldsOf, orderTypeNames, orderTypes } from '../panelApi/vocabulary/orderTypes';
import type { Form } from '../panelApi/client';

const reservedFields = new Set(['key', 'action']);

/** By their names on the wire, the fields that panels multiply the price by. */
const pricedFields = new Set(
	(['quantity', 'runs', 'interval'] as OrderFieldName[])
		.concat(orderTypeNames.flatMap((type) => orderTypes[type].countedBy ?? []))
		.map((name) => orderFields[name].wire),
);

/**
 * What the extra fields of a draft add to its form, and what is wrong with them.
 * @param counted the quantity that is counted for the order: its lines, or 1 for a package; null where there is none.
 * Panels that want it as a field of its own (SmartPanel, CMSNT) may be sent it, beside a guard too
 */
export function checkExtraFields(
	{ orderType, extraFields = [], hasGuard }: OrderDraft,
	counted: number | null,
): {
	form: Form;
	problems: Problem[];
} {
	const form: Form = {};
	const problems: Problem[] = [];
	// What a field of the node can send goes through that field: there it is checked and its cost is counted.
	const labels = new Map(
		fieldsOf(orderType).map((name) => [orderFields[name].wire, orderFields[name].label]),
	).set('service', 'Service');
	const isCounted = (name: string, value: unknown) =>
		name === orderFields.quantity.wire && counted !== null && String(value).trim() === `${counted}`;
	const problemOf = (name: string, value: unknown): string | undefined => {
		const target = targetOf(name);
		if (target === '') return 'has a field without a name';
		if (reservedFields.has(target)) {
			return `may not set "${name}": the credential and the operation do that`;
		}
		const label = labels.get(target);
		if (label) return `may not set "${name}": use the field ${label}`;
		if (hasGuard && pricedFields.has(target) && !isCounted(name, value)) {
			return name === orderFields.quantity.wire && counted !== null
				? `may set "${name}" to nothing but ${counted} beside a price limit: that is what the cost is counted for`
				: `may not set "${name}" beside a price limit: ${orderTypes[orderType].label} orders do not carry it, so what it adds to the cost cannot be counted`;
		}
		if (Object.hasOwn(form, name)) return `may set "${name}" only once, Panel's Key Field included`;
		const problem = textProblem(value);
		return problem && `"${name}" ${problem}`;
	};
	for (const { name: writtenName, value } of extraFields) {
		const name = writtenName.trim();
		const problem = problemOf(name, value);
		if (problem) problems.push({ field: 'Extra Fields', problem });
		else form[name] = String(value ?? '');
	}
	return { form, problems };
}

/**
 * The field that a panel fills from this name: PHP takes `action[]` and `action[x]` for `action`, and `old posts` and
 * `old.posts` for `old_posts`.
 */
function targetOf(name: string): string {
	const [field = ''] = name.split('[', 1);
	return field.trim().replace(/[ .]/g, '_').toLowerCase();
}
