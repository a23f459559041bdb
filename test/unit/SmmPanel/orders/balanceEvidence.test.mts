import fc from 'fast-check';

import {
	type BalanceFacts,
	judgeByBalance,
	judgedBy,
	type Verdict,
} from '../../../../nodes/SmmPanel/orders/balanceEvidence.ts';
import { PanelError } from '../../../../nodes/panelApi/panelError.ts';

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

describe('what an order in doubt failed with, given the balance', () => {
	const broken = new PanelError('outcomeUnknown', 'Outcome unknown: Something went wrong', {
		words: 'Something went wrong',
		isInDoubt: true,
	});
	const noFunds = new PanelError('outcomeUnknown', 'Outcome unknown: No money left', {
		words: 'Not enough funds, try again later',
		isInDoubt: true,
	});
	const strange = new PanelError('refused', 'Computer says no', { isInDoubt: true });

	it.each<[string, PanelError, Verdict, string, string, string]>([
		['a breakdown stays unknown', broken, 'undecided', 'outcomeUnknown', 'unknown', broken.message],
		[
			'a breakdown that was charged is unknown',
			broken,
			'ordered',
			'outcomeUnknown',
			'unknown',
			broken.message,
		],
		[
			'a breakdown that was not charged is a refusal',
			broken,
			'notOrdered',
			'panelFault',
			'refused',
			'Something went wrong',
		],
		[
			'a refusal has the kind of its words',
			noFunds,
			'notOrdered',
			'funds',
			'refused',
			noFunds.words,
		],
		[
			'words nobody knows stay a refusal',
			strange,
			'undecided',
			'refused',
			'refused',
			strange.message,
		],
		[
			'words nobody knows that were charged are unknown',
			strange,
			'ordered',
			'outcomeUnknown',
			'unknown',
			'Outcome unknown: Computer says no',
		],
		[
			'words nobody knows that were not charged are a refusal',
			strange,
			'notOrdered',
			'refused',
			'refused',
			strange.message,
		],
	])('%s', (_what, failure, verdict, kind, certainty, message) => {
		expect(judgedBy(failure, { verdict, figures: '' })).toMatchObject({ kind, certainty, message });
	});

	it.each<[PanelError, Verdict]>([
		[broken, 'undecided'],
		[strange, 'undecided'],
		[strange, 'notOrdered'],
	])('leaves "%s" as it is where the balance has nothing to add: %s', (failure, verdict) => {
		expect(judgedBy(failure, { verdict, figures: 'Both balances.' })).toBe(failure);
	});

	it('says both balances where they decided', () => {
		const figures = 'The balance was 10 USD before this run and is 5 USD now.';
		expect(judgedBy(strange, { verdict: 'ordered', figures }).detail).toBe(
			`${figures} It fell as if the order had been placed.`,
		);
		expect(judgedBy(broken, { verdict: 'notOrdered', figures }).detail).toBe(
			`${figures} Nothing was charged for this order, so it was not placed.`,
		);
	});
});
