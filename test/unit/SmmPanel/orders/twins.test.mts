import type { Candidate, Marks } from '../../../../nodes/SmmPanel/orders/candidate.ts';
import { allMarks, marksOf } from '../../../../nodes/SmmPanel/orders/candidate.ts';
import type { KeyState } from '../../../../nodes/SmmPanel/orders/keys.ts';
import type { OrderRow } from '../../../../nodes/SmmPanel/orders/orderRow.ts';
import { noteOrderOfRetry, recordedTwin } from '../../../../nodes/SmmPanel/orders/twins.ts';
import type { Account } from '../../../../nodes/SmmPanel/run/accounts.ts';

/** An order of which nothing but its marks matters here. */
const orderWith = (marks: Marks) => ({ marks }) as Candidate;
const [free, recorded, confirmed] = ['free', 'recorded', 'confirmed'] as const;

describe('what became of an order elsewhere', () => {
	it.each<[string, KeyState | undefined, KeyState[], string, string]>([
		['nobody has sent it', free, [free, free], '', ''],
		['it has no marks', undefined, [], '', ''],
		['its key is confirmed', confirmed, [], 'duplicate', 'key'],
		['its key is recorded only', recorded, [], 'failed', 'with the same Idempotency Key'],
		['another retry placed it', free, [free, confirmed], 'duplicate', 'retry'],
		['another retry may have placed it', free, [recorded, free], 'failed', 'Another retry'],
		['one retry placed it and one may have', free, [recorded, confirmed], 'duplicate', 'retry'],
		['a retry placed it, whatever its key says', recorded, [confirmed], 'duplicate', 'retry'],
		['its key is confirmed, and a retry may have', confirmed, [recorded], 'duplicate', 'key'],
	])('%s', (_what, keyState, retryStates, outcome, which) => {
		const retry = retryStates.map((_, place) => `mark ${place} of ${_what}`);
		const states = new Map<string, KeyState>(
			retry.map((mark, place) => [mark, retryStates[place] as KeyState]),
		);
		if (keyState) states.set('key', keyState);
		const twin = recordedTwin(orderWith({ ...(keyState && { key: 'key' }), retry }), states);
		expect(twin?.outcome ?? '').toBe(outcome);
		expect(JSON.stringify(twin ?? '')).toContain(which);
	});

	it('is the order itself where this process has placed it in another retry', () => {
		const order = orderWith({ retry: ['sent here'] });
		noteOrderOfRetry(order, { order: '5', answer: '{"order":5}' });
		expect(recordedTwin(order, new Map([['sent here', recorded]]))).toEqual({
			outcome: 'placed',
			order: '5',
			answer: '{"order":5}',
			isRecalled: true,
		});
		expect(recordedTwin(order, new Map([['sent here', free]]))).toBeUndefined();
	});
});

describe('the marks of an order', () => {
	const account = { id: 'account' } as Account;
	const row = (idempotencyKey: string) => ({ idempotencyKey }) as OrderRow;

	it.each<[string, string, string | undefined, string[]]>([
		['neither a key nor a retry', '', undefined, []],
		['a key, which counts for its account', 'k', undefined, ['key account k']],
		['a retry, by all names of the order', '', '7 0', ['retry 7 0 a', 'retry 7 0 b']],
		['both', 'k', '7 0', ['key account k', 'retry 7 0 a', 'retry 7 0 b']],
	])('%s', (_what, key, retryOf, expected) => {
		const marks = marksOf(row(key), account, ['a', 'b'], retryOf);
		expect(allMarks(orderWith(marks))).toEqual(expected);
	});
});
