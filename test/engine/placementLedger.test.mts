import { createRunExecutionData, type IDataObject, type INodeParameters } from 'n8n-workflow';

import type { OrderRow } from '../../nodes/SmmPanel/orders/orderRow.ts';
import { type Placement, PlacementLedger } from '../../nodes/SmmPanel/orders/placementLedger.ts';
import { fingerprint, Ledger } from '../../nodes/SmmPanel/run/ledger.ts';
import { executeContext, nodeOf } from './executeContext.mts';

interface Execution {
	/** What n8n keeps of the execution. */
	run?: ReturnType<typeof createRunExecutionData>;
	parameters?: INodeParameters;
	items?: IDataObject[];
	isTool?: boolean;
}

const placed: Placement = { outcome: 'placed', order: '23501', answer: '{"order":23501}' };
const refused: Placement = { outcome: 'refused' };
const unknown: Placement = { outcome: 'unknown', message: 'Lost', detail: 'Look first.' };

async function ledgersOf({ run, parameters, items = [{ row: 0 }], isTool }: Execution = {}) {
	const node = nodeOf('SMM Panel');
	if (isTool) node.type += 'Tool';
	const context = await executeContext(node, {
		run: run ?? createRunExecutionData(),
		items: items.map((json) => ({ json })),
		executionId: '7',
	});
	// Only now: for a workflow n8n takes out what the node does not know.
	node.parameters = { resource: 'order', ...parameters };
	const memory = new Ledger(context);
	return { memory, ledger: new PlacementLedger(context, memory) };
}

/** An order for this link, of the item at this place. */
const rowOf = (link: string, itemIndex = 0, idempotencyKey = '') =>
	({
		itemIndex,
		checked: { form: { service: '101', link } },
		idempotencyKey,
	}) as unknown as OrderRow;

/** What is known of an order, in the words of its outcome. */
function recalled(ledger: PlacementLedger, row: OrderRow, account = 'a'): string | undefined {
	return ledger.recall(ledger.namesOf(row, account), row)?.outcome;
}

describe('an order is known again', () => {
	it.each<[string, Execution, OrderRow, string | undefined]>([
		['when it is the same', {}, rowOf('x'), 'placed'],
		[
			'when what is sent differs, and the item and what is written do not',
			{},
			rowOf('y'),
			'placed',
		],
		['when only the item differs', { items: [{ row: 1 }] }, rowOf('x'), 'placed'],
		['when only what is written differs', { parameters: { link: 'z' } }, rowOf('x'), 'placed'],
		[
			'when a parameter was added that is empty',
			{ parameters: { more: '', group: {}, list: [], off: false } },
			rowOf('y'),
			'placed',
		],
		[
			'but not when the item and what is sent differ',
			{ items: [{ row: 1 }] },
			rowOf('y'),
			undefined,
		],
		[
			'but not when what is written and what is sent differ',
			{ parameters: { link: 'z' } },
			rowOf('y'),
			undefined,
		],
		['but not of another item', { items: [{ row: 0 }, { row: 0 }] }, rowOf('x', 1), undefined],
	])('%s', async (_what, execution, row, outcome) => {
		const run = createRunExecutionData();
		const { ledger } = await ledgersOf({ run });
		ledger.remember(ledger.namesOf(rowOf('x'), 'a'), placed);
		const later = await ledgersOf({ run, ...execution });
		expect(recalled(later.ledger, row)).toBe(outcome);
	});

	it('with whatever account, as it was placed once', async () => {
		const { ledger } = await ledgersOf();
		ledger.remember(ledger.namesOf(rowOf('x'), 'a'), placed);
		expect(ledger.recall(ledger.namesOf(rowOf('x'), 'b'), rowOf('x'))).toEqual(placed);
	});

	it.each<[string, OrderRow, string, string | undefined]>([
		['the same call', rowOf('x', 0, 'k'), 'a', 'placed'],
		['the same call as another item', rowOf('x', 1, 'k'), 'a', 'placed'],
		['not with another key', rowOf('x', 0, 'other'), 'a', undefined],
		['not with another link', rowOf('y', 0, 'k'), 'a', undefined],
		['not with another account', rowOf('x', 0, 'k'), 'b', undefined],
	])('as the call of an agent: %s', async (_what, row, account, outcome) => {
		const { ledger } = await ledgersOf({ isTool: true });
		ledger.remember(ledger.namesOf(rowOf('x', 0, 'k'), 'a'), placed);
		expect(recalled(ledger, row, account)).toBe(outcome);
	});
});

describe('where the names of an order say different things', () => {
	const known = { placed, refused, unknown };
	it.each([
		['refused', 'placed', 'placed'],
		['placed', 'refused', 'placed'],
		['unknown', 'placed', 'placed'],
		['refused', 'unknown', 'unknown'],
		['unknown', 'refused', 'unknown'],
		['refused', 'refused', 'refused'],
	] as const)('%s and %s, it is %s', async (first, second, outcome) => {
		const { ledger } = await ledgersOf();
		const [bySent = '', byRow = ''] = ledger.namesOf(rowOf('x'), 'a');
		ledger.remember([bySent], known[first]);
		ledger.remember([byRow], known[second]);
		expect(recalled(ledger, rowOf('x'))).toBe(outcome);
	});

	it.each<[string, object]>([
		['an outcome nobody knows', { outcome: 'sent' }],
		['an order without an ID', { outcome: 'placed', answer: '{}' }],
		['an answer that is no JSON', { ...placed, answer: '{"order"' }],
		['an unknown outcome without words', { outcome: 'unknown' }],
	])('what cannot be read is an unknown outcome: %s', async (_what, content) => {
		const { ledger, memory } = await ledgersOf();
		for (const name of ledger.namesOf(rowOf('x'), 'a')) memory.remember(name, content);
		const known = ledger.recall(ledger.namesOf(rowOf('x'), 'a'), rowOf('x'));
		expect(known).toMatchObject({ outcome: 'unknown', message: expect.any(String) as string });
	});
});

describe('an order of version 1 of the ledger', () => {
	/** The name that version 1 gave to an order by what was sent. */
	const nameBefore = (row: OrderRow) =>
		`order ${row.itemIndex}/${fingerprint(JSON.stringify(row.checked.form))}`;

	async function after(stored: Record<string, object>, row = rowOf('x')) {
		const run = createRunExecutionData();
		const { memory } = await ledgersOf({ run });
		for (const [name, what] of Object.entries(stored)) memory.remember(name, what);
		const { ledger } = await ledgersOf({ run });
		return ledger.recall(ledger.namesOf(row, 'a'), row);
	}

	it('is known by what was sent', async () => {
		expect(await after({ [nameBefore(rowOf('x'))]: placed })).toEqual(placed);
	});

	it('that was sent in another form may be the same, and is not placed', async () => {
		expect(await after({ [nameBefore(rowOf('y'))]: placed })).toMatchObject({
			outcome: 'unknown',
			message: 'Outcome unknown: this order may have been placed before',
			detail: expect.stringContaining('placed order 23501') as string,
		});
		expect(await after({ 'row 0/abc': placed })).toMatchObject({ outcome: 'unknown' });
	});

	it('that was sent in another form and refused, or whose outcome is unknown, stays so', async () => {
		for (const what of [refused, unknown])
			expect(await after({ [nameBefore(rowOf('y'))]: what })).toEqual(what);
	});

	it('of another item says nothing', async () => {
		expect(await after({ [nameBefore(rowOf('x', 1))]: placed })).toBeUndefined();
		expect(await after({ [nameBefore(rowOf('x', 10))]: placed }, rowOf('x', 1))).toBeUndefined();
	});

	it('counts less than what this version has noted', async () => {
		const run = createRunExecutionData();
		const { memory, ledger } = await ledgersOf({ run });
		memory.remember(nameBefore(rowOf('x')), placed);
		ledger.remember(ledger.namesOf(rowOf('x'), 'a'), refused);
		const later = await ledgersOf({ run });
		expect(recalled(later.ledger, rowOf('x'))).toBe('refused');
	});
});

it('what orders cost is kept for each account', async () => {
	const { ledger } = await ledgersOf();
	ledger.spend('a', 5);
	ledger.spend('a', -2);
	ledger.spend('b', 9);
	expect([ledger.spent('a'), ledger.spent('b'), ledger.spent('c')]).toEqual([3, 9, 0]);
});
