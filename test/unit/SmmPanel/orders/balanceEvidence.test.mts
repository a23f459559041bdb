import fc from 'fast-check';

import {
	type BalanceFacts,
	judgeByBalance,
} from '../../../../nodes/SmmPanel/orders/balanceEvidence.ts';

const facts = (changes: Partial<BalanceFacts>): BalanceFacts => ({
	before: 100,
	after: 100,
	placedCost: 0,
	costsInDoubt: [5],
	...changes,
});

describe('what the balance says about orders in doubt', () => {
	it.each<[string, Partial<BalanceFacts>, string]>([
		['it stayed', {}, 'notOrdered'],
		['it fell by the cost', { after: 95 }, 'ordered'],
		['it fell by the cost as the panel rounds it', { after: 95.01 }, 'ordered'],
		['it fell by much more: another execution ordered too', { after: 50 }, 'ordered'],
		['it fell by less than the order costs', { after: 99 }, 'undecided'],
		['it rose: somebody added funds', { after: 120 }, 'undecided'],
		['it fell by what the others cost', { placedCost: 30, after: 70 }, 'notOrdered'],
		['it fell by what the others cost, rounded', { placedCost: 30, after: 70.05 }, 'notOrdered'],
		['it fell by the others and this one', { placedCost: 30, after: 65 }, 'ordered'],
		['it fell by less than the others cost', { placedCost: 30, after: 72 }, 'undecided'],
		['nobody knows what the others cost', { placedCost: null, after: 70 }, 'undecided'],
		[
			'a cheap order beside dear ones',
			{ placedCost: 50, after: 49.9, costsInDoubt: [0.1] },
			'ordered',
		],
		[
			'a cheap order beside dear ones, not placed',
			{ placedCost: 50, after: 50, costsInDoubt: [0.1] },
			'notOrdered',
		],
		['a free order', { costsInDoubt: [0] }, 'undecided'],
		['an order without a price, and it stayed', { costsInDoubt: [null] }, 'undecided'],
		['an order without a price, and it fell', { costsInDoubt: [null], after: 99 }, 'ordered'],
		['two in doubt, and it fell by one', { costsInDoubt: [5, 5], after: 95 }, 'ordered'],
		['no order in doubt', { costsInDoubt: [] }, 'undecided'],
	])('%s', (_what, changes, verdict) => {
		expect(judgeByBalance(facts(changes))).toBe(verdict);
	});

	it('never calls an order not placed that was charged, however many others were placed', () => {
		const cents = fc.integer({ min: 1, max: 100_000 }).map((amount) => amount / 100);
		fc.assert(
			fc.property(cents, fc.array(cents, { maxLength: 20 }), (cost, others) => {
				const placedCost = others.reduce((sum, other) => sum + other, 0);
				const before = 1_000_000;
				const after = before - placedCost - cost;
				expect(judgeByBalance({ before, after, placedCost, costsInDoubt: [cost] })).toBe('ordered');
			}),
		);
	});
});
