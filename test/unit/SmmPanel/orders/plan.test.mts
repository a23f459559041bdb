import {
	type Funds,
	type PlannedOrder,
	type PlannedRow,
	planOrders,
	planRows,
} from '../../../../nodes/SmmPanel/orders/plan.ts';

const plenty: Funds = { balance: 1000, spent: 0 };
const order = (cost: number | null, maxTotalCost?: number): PlannedOrder => ({
	cost,
	...(maxTotalCost !== undefined && { maxTotalCost }),
});

describe('which orders the money allows', () => {
	it.each<[string, PlannedOrder[], Funds, string[]]>([
		['no limit, no price', [order(null), order(null)], { balance: null, spent: 0 }, ['', '']],
		['a cap that all fit into, to the last cent', [order(1, 3), order(2, 3)], plenty, ['', '']],
		[
			'a cap that ends behind the first',
			[order(2, 3), order(2, 3)],
			plenty,
			['', 'Maximum Total Cost'],
		],
		[
			'a smaller order behind one that did not fit',
			[order(2, 3), order(2, 3), order(1, 3)],
			plenty,
			['', 'Maximum Total Cost', 'Maximum Total Cost'],
		],
		['what was spent before', [order(2, 3)], { balance: 1000, spent: 2 }, ['Maximum Total Cost']],
		['a cap of one order alone', [order(2), order(2, 3)], plenty, ['', 'Maximum Total Cost']],
		['a balance that all fit into', [order(2), order(1)], { balance: 3, spent: 0 }, ['', '']],
		[
			'a balance that ends',
			[order(2), order(2), order(1)],
			{ balance: 3, spent: 0 },
			['', 'Balance', 'Balance'],
		],
		['a balance that nobody knows', [order(2)], { balance: null, spent: 0 }, ['']],
		[
			'a price that nobody asked for, behind an order that did not fit',
			[order(2), order(null)],
			{ balance: 1, spent: 0 },
			['Balance', ''],
		],
		['a price that nobody knows, beside a balance', [order(null)], { balance: 0, spent: 0 }, ['']],
		[
			'what was spent before is gone from the balance already',
			[order(2)],
			{ balance: 2, spent: 50 },
			[''],
		],
		[
			'a cap where nobody knows any more what was spent',
			[order(2, 3), order(2)],
			{ balance: 1000, spent: null },
			['Maximum Total Cost', 'Balance'],
		],
		['no cap, and nobody knows what was spent', [order(2)], { balance: 2, spent: null }, ['']],
		['sums that binary numbers get wrong', [order(0.1, 0.3), order(0.2, 0.3)], plenty, ['', '']],
	])('%s', (_what, orders, funds, refused) => {
		expect(planOrders(orders, funds).map((refusal) => refusal?.field ?? '')).toEqual(refused);
	});

	it('says what it would come to, and what is left', () => {
		expect(planOrders([order(2, 3), order(2, 3)], plenty)[1]?.problem).toBe(
			'is 3, but with this order the execution would cost 4',
		);
		expect(planOrders([order(2), order(2)], { balance: 3, spent: 0 })[1]?.problem).toBe(
			'of the account is 3, and 1 is left for this order, which costs 2',
		);
		expect(planOrders([order(2, 3)], { balance: null, spent: null })[0]?.problem).toBe(
			"can't be checked: what earlier attempts of this execution have cost cannot be read",
		);
	});
});

describe('which rows are placed', () => {
	const problem = { field: 'Link', problem: 'is required' };
	const sound = (cost: number | null, maxTotalCost?: number): PlannedRow => ({
		...order(cost, maxTotalCost),
		isWrong: false,
		problems: [],
	});
	const wrong: PlannedRow = { ...sound(null), isWrong: true, problems: [problem] };
	const tooDear: PlannedRow = { ...sound(9, 10), problems: [problem] };

	it.each<[string, PlannedRow[], Funds, string[]]>([
		['nothing to place', [], plenty, []],
		['all rows are fine', [sound(1), sound(null)], plenty, ['', '']],
		['a row is wrong', [wrong, sound(1)], plenty, ['input', '']],
		['a limit refuses a row', [tooDear, sound(1)], plenty, ['guard', '']],
		['a refused row costs nothing', [tooDear, sound(9, 10)], plenty, ['guard', '']],
		[
			'a wrong row does not end the cap',
			[sound(6, 10), wrong, sound(4, 10)],
			plenty,
			['', 'input', ''],
		],
		['the cap is used up', [sound(6, 10), sound(6, 10)], plenty, ['', 'guard']],
		[
			'the balance is used up',
			[sound(6), wrong, sound(6)],
			{ balance: 10, spent: 0 },
			['', 'input', 'guard'],
		],
	])('%s', (_what, rows, funds, refused) => {
		expect(planRows(rows, funds).map((refusal) => refusal?.kind ?? '')).toEqual(refused);
	});

	it('says what is wrong with each', () => {
		expect(planRows([wrong, sound(6, 5)], plenty).map((refusal) => refusal?.problems)).toEqual([
			[problem],
			[
				{
					field: 'Maximum Total Cost',
					problem: 'is 5, but with this order the execution would cost 6',
				},
			],
		]);
	});
});
