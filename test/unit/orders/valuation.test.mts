import { readPresentCatalogue } from '../../../nodes/orders/presentCatalogue.ts';
import { valueOrder } from '../../../nodes/orders/valuation.ts';
import { clientOf, willAnswer } from '../../support/client.mts';
import { panelForTests } from '../../support/panelForTests.mts';

const panel = panelForTests();

type Order = Parameters<typeof valueOrder>[0];

const comments: Order = {
	service: '7',
	orderType: 'customComments',
	totalQuantity: 3,
	quantity: null,
	hasRuns: false,
	comments: ['A, B, C', 'D, E, F', 'G, H, I'],
};
const likes: Order = {
	service: '7',
	orderType: 'default',
	totalQuantity: 1000,
	quantity: 1000,
	hasRuns: false,
};

/** An order held against a catalogue with these rows, on an account in USD. */
async function valued(order: Order, ...rows: unknown[]) {
	willAnswer(panel, rows);
	return valueOrder(order, await readPresentCatalogue(clientOf(panel)), 'USD');
}

describe('comments that a panel may split', () => {
	const smartPanel = { service: 7, type: 'custom_comments', rate: '1000', dripfeed: 0 };

	it.each<[string, Order, object, number]>([
		['on a SmartPanel cost what it may make of them', comments, smartPanel, 9],
		['without commas cost their lines', { ...comments, comments: ['A', 'B', 'C'] }, smartPanel, 3],
		['split at " | " too', { ...comments, comments: ['A | B', 'C', 'D'] }, smartPanel, 4],
		['cost their lines elsewhere', comments, { ...smartPanel, type: 'Custom Comments' }, 3],
		[
			'cost the lines where only their number is known',
			{ ...comments, comments: undefined },
			smartPanel,
			3,
		],
		[
			'in a package cost the package',
			{ ...comments, orderType: 'customCommentsPackage', totalQuantity: null },
			{ ...smartPanel, type: 'custom_comments_package' },
			1000,
		],
	])('%s', async (_what, order, row, cost) => {
		expect(await valued(order, row)).toMatchObject({ cost, problems: [] });
	});

	it('are refused where the worst case is above the limit, and the reason is said', async () => {
		const { problems } = await valued({ ...comments, maxCost: 5 }, smartPanel);
		expect(problems).toEqual([
			{
				field: 'Maximum Cost',
				problem:
					'is 5, but this order may cost 9 now: panels like this one split comments at commas and " | " too, so these 3 may be charged as 9',
			},
		]);
		expect((await valued({ ...comments, maxCost: 9 }, smartPanel)).problems).toEqual([]);
		expect(
			await valued({ ...comments, maxCost: 2 }, { ...smartPanel, type: 'Custom Comments' }),
		).toMatchObject({
			problems: [{ field: 'Maximum Cost', problem: 'is 2, but this order costs 3 now' }],
		});
	});
});

describe('a price that cannot be held against a limit', () => {
	const limits = { maxRate: 5, maxCost: 5, maxTotalCost: 5 };
	const fields = ['Maximum Rate', 'Maximum Cost', 'Maximum Total Cost'];

	it.each<[string, object, string]>([
		['a rate of 0', { rate: '0.00' }, 'the panel shows a rate of 0 for service 7'],
		['no rate', {}, 'the panel shows no rate for service 7'],
		[
			'another currency',
			{ rate: 1, currency: 'EUR' },
			'the panel shows the price of service 7 in EUR, and the account is in USD',
		],
		[
			'another currency in small letters',
			{ rate: 1, currency: ' eur ' },
			'the price of service 7 in eur',
		],
	])('is refused under each limit: %s', async (_what, row, reason) => {
		const { problems } = await valued({ ...likes, ...limits }, { service: 7, ...row });
		expect(problems.map(({ field }) => field)).toEqual(fields);
		for (const { problem } of problems) {
			expect(problem).toContain("can't be checked");
			expect(problem).toContain(reason);
		}
		expect((await valued(likes, { service: 7, ...row })).problems).toEqual([]);
	});

	it.each(['USD', 'usd', '', '$', 'US Dollar', null])('is not: a price in %j', async (currency) => {
		const row = { service: 7, rate: 1, currency };
		expect(await valued({ ...likes, ...limits }, row)).toEqual({ cost: 1, problems: [] });
	});

	it.each(['$', '', 'US Dollar'])('is not where the account is in %j', async (currency) => {
		willAnswer(panel, [{ service: 7, rate: 1, currency: 'EUR' }]);
		const catalogue = await readPresentCatalogue(clientOf(panel));
		expect(valueOrder({ ...likes, ...limits }, catalogue, currency).problems).toEqual([]);
	});

	it('has no cost in the currency of the account', async () => {
		expect(await valued(likes, { service: 7, rate: 1, currency: 'EUR' })).toMatchObject({
			cost: null,
		});
	});
});

describe('a service that is not found', () => {
	it.each<[string, unknown[], string]>([
		['in a whole catalogue', [{ service: 8 }], 'look it up again'],
		[
			'in one with unreadable rows',
			[{ service: 8 }, null, { name: '★' }, 'x'],
			'look it up again. Rows of the catalogue that could not be read: 3',
		],
	])('%s', async (_what, rows, end) => {
		expect(await valued(likes, ...rows)).toEqual({
			cost: null,
			problems: [{ field: 'Service', problem: `7 is not in the catalogue of the panel: ${end}` }],
		});
	});
});

it.each<[string, unknown[], number | null]>([
	['two prices', [1, 3, 2], 3],
	['one that has none', [1, null], null],
])('of rows with one ID and %s the dearest counts', async (_what, rates, cost) => {
	const rows = rates.map((rate) => ({ service: 7, rate }));
	expect(await valued(likes, ...rows)).toMatchObject({ cost });
});
