import type { OrderRow } from '../../../../nodes/SmmPanel/orders/orderRow.ts';
import { type Reported, reportOn } from '../../../../nodes/SmmPanel/orders/report.ts';
import type { RowResult } from '../../../../nodes/SmmPanel/orders/rowResult.ts';
import { PanelError } from '../../../../nodes/panelApi/panelError.ts';

const placed: RowResult = { outcome: 'placed', order: '5', answer: '{}', isRecalled: false };
const recalled: RowResult = { ...placed, isRecalled: true };
const duplicate: RowResult = { outcome: 'duplicate', order: '5', twin: 'key' };
const refused: RowResult = { outcome: 'failed', error: new PanelError('link', 'Bad link') };
const broken: RowResult = { outcome: 'failed', error: new Error('the database is gone') };
const unknown: RowResult = {
	outcome: 'failed',
	error: new PanelError('outcomeUnknown', 'Outcome unknown: x'),
};
const invalid = (kind: 'input' | 'guard'): RowResult => ({
	outcome: 'invalid',
	kind,
	problems: [{ itemIndex: 0, field: 'Link', problem: `is wrong (${kind})` }],
});

/** Rows of which nothing but their place matters here. */
const rowsWith = (results: Array<RowResult | undefined>): Reported[] =>
	results.map((result, itemIndex) => ({ row: { itemIndex } as OrderRow, result }));

describe('what a run ends with, if it stops on error', () => {
	it.each<[string, Array<RowResult | undefined>, unknown]>([
		['all were placed', [placed, duplicate], { ends: 'items', recalled: 0 }],
		['some were placed before', [recalled, placed, recalled], { ends: 'items', recalled: 2 }],
		['there are no rows', [], { ends: 'items', rows: [] }],
		[
			'one was refused',
			[placed, refused],
			{ ends: 'failure', first: { row: { itemIndex: 1 } }, others: [] },
		],
		[
			'an unknown outcome behind a refusal comes first',
			[refused, unknown, broken],
			{
				ends: 'failure',
				first: { row: { itemIndex: 1 } },
				others: [{ row: { itemIndex: 0 } }, { row: { itemIndex: 2 } }],
			},
		],
		[
			'a failure comes before what is wrong with a row',
			[invalid('input'), broken],
			{ ends: 'failure', first: { row: { itemIndex: 1 } } },
		],
		['rows are wrong', [invalid('input'), undefined], { ends: 'problems', kind: 'input' }],
		[
			'a limit refuses one of them',
			[invalid('input'), invalid('guard')],
			{
				ends: 'problems',
				kind: 'guard',
				problems: [{ problem: 'is wrong (input)' }, { problem: 'is wrong (guard)' }],
			},
		],
	])('%s', (_what, results, expected) => {
		expect(reportOn(rowsWith(results), false)).toMatchObject(expected as object);
	});

	it.each([refused, invalid('input')])('names every order placed so far: %j', (last) => {
		expect(reportOn(rowsWith([placed, recalled, duplicate, last]), false)).toMatchObject({
			placed: [
				{ item: 0, order: '5' },
				{ item: 1, order: '5' },
			],
		});
	});
});

it('if the user chose to continue on error, a run ends with an item for each row, in their order', () => {
	const report = reportOn(rowsWith([refused, invalid('guard'), placed, unknown, undefined]), true);
	if (report.ends !== 'items') throw new Error('It does not end with items');
	expect(report.rows.map(({ row, result }) => [row.itemIndex, result.outcome])).toEqual([
		[0, 'failed'],
		[1, 'invalid'],
		[2, 'placed'],
		[3, 'failed'],
		[4, 'failed'],
	]);
	expect(report.rows[4]?.result).toMatchObject({
		error: { kind: 'stopped', certainty: 'notSent' },
	});
});
