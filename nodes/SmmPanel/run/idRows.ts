import type { IExecuteFunctions } from 'n8n-workflow';

import { parameterReader } from '../../parameters/parameterReader';
import { isEmptyId, readIds } from '../../parameters/readIds';
import type { ItemProblem } from './itemProblems';

/** What one input item asks for. */
export interface IdRow {
	itemIndex: number;
	/** None where the item has a problem, or no ID and the user wants such items left out. */
	ids: string[];
	isSimple: boolean;
	includesInput: boolean;
	problem?: ItemProblem;
}

/** A value of each item, and its name on the screen. */
interface Field {
	label: string;
	of(itemIndex: number): unknown;
}

/** Reads everything about each item before the panel is asked: an error afterwards would lose its answers. */
export function readIdRows(
	node: IExecuteFunctions,
	parameter: { name: string; label: string },
): IdRow[] {
	const fieldOf = (name: string, label: string, fallback: string | boolean): Field => ({
		label,
		of: parameterReader(node, name, fallback),
	});
	const ids = fieldOf(parameter.name, parameter.label, '');
	const skipEmpty = fieldOf('options.skipEmpty', 'Skip Empty', false);
	const simplify = fieldOf('simplify', 'Simplify', true);
	const includeInput = fieldOf('options.includeInputFields', 'Include Input Fields', false);

	return node.getInputData().map((_, itemIndex) => {
		let field = ids;
		const valueOf = (next: Field): unknown => {
			field = next;
			return next.of(itemIndex);
		};
		const row: IdRow = { itemIndex, ids: [], isSimple: true, includesInput: false };
		try {
			const skipsEmpty = Boolean(valueOf(skipEmpty));
			const value = valueOf(ids);
			return {
				itemIndex,
				ids: skipsEmpty && isEmptyId(value) ? [] : readIds(value),
				isSimple: Boolean(valueOf(simplify)),
				includesInput: Boolean(valueOf(includeInput)),
			};
		} catch (error) {
			const problem = (error as Error).message;
			return { ...row, problem: { itemIndex, field: field.label, problem } };
		}
	});
}
