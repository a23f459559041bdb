import {
	orderStateOf,
	refillStateOf,
	lettersOf,
	orderStates,
	refillStates,
} from '../../../../nodes/panelApi/vocabulary/statusWords.ts';
import type { OrderState, RefillState } from '../../../../nodes/panelApi/vocabulary/statusWords.ts';

const rows = <State extends string>(table: Partial<Record<State, string[]>>) =>
	(Object.entries(table) as Array<[State, string[]]>).flatMap(([state, words]) =>
		words.map((word) => [word, state] as const),
	);

const strangers = [
	'Hologram',
	'Completed partially',
	'Not completed',
	'Completed 40%',
	'Complete (10/100)',
	'не Completed',
	'2 failed',
	'Завершён',
	'',
	' ',
	'0',
	'?',
];

describe("a panel's word for an order", () => {
	const finalStates: OrderState[] = [
		'completed',
		'partial',
		'canceled',
		'refunded',
		'failed',
		'expired',
	];

	it.each(
		rows<OrderState>({
			pending: [
				'Pending',
				'pending',
				'Awaiting',
				'awaiting',
				'Awaiting approval',
				'Creating',
				'submitted',
			],
			processing: ['Processing', 'processing', 'Processing order'],
			inProgress: [
				'In progress',
				'In Progress',
				'Inprogress',
				'inprogress',
				'in_progress',
				'IN-PROGRESS',
				'Cancelling',
				'Canceling',
			],
			completed: ['Completed', 'completed', 'Complete', 'Success', ' COMPLETED '],
			partial: ['Partial', 'partial'],
			canceled: ['Canceled', 'Cancelled', 'cancelled', 'canscelled', 'Cancel'],
			refunded: ['Refunded', 'Refund', 'refunds'],
			failed: ['Fail', 'Failed', 'Error', 'error'],
			active: ['Active', 'active'],
			paused: ['Paused'],
			expired: ['Expired'],
		}),
	)('"%s" is %s', (word, state) => {
		expect(orderStateOf(word)).toStrictEqual({ state, isFinal: finalStates.includes(state) });
	});

	it.each(strangers)('"%s" is unknown and never final', (word) => {
		expect(orderStateOf(word)).toStrictEqual({ state: 'unknown', isFinal: false });
	});

	it('has one of these meanings', () => {
		expect(orderStates).toStrictEqual([
			'pending',
			'processing',
			'inProgress',
			'completed',
			'partial',
			'canceled',
			'refunded',
			'failed',
			'active',
			'paused',
			'expired',
			'unknown',
		]);
	});
});

describe("a panel's word for a refill", () => {
	const finalStates: RefillState[] = ['completed', 'rejected', 'canceled', 'failed'];

	it.each(
		rows<RefillState>({
			pending: ['Pending', 'pending', 'Awaiting', 'approved', 'Requested', 'Queued'],
			inProgress: [
				'In progress',
				'In Process',
				'Processing',
				'in_progress',
				'Refilling',
				'Canceling',
			],
			completed: ['Completed', 'Complete', 'Refilled'],
			rejected: ['Rejected', 'rejected', 'Declined', 'Refused', 'Denied'],
			canceled: ['Cancelled', 'Canceled'],
			failed: ['Fail', 'Failed', 'Error'],
		}),
	)('"%s" is %s', (word, state) => {
		expect(refillStateOf(word)).toStrictEqual({ state, isFinal: finalStates.includes(state) });
	});

	it.each([...strangers, 'Partial', 'Refunded', 'Success'])(
		'"%s" is unknown and never final',
		(word) => {
			expect(refillStateOf(word)).toStrictEqual({ state: 'unknown', isFinal: false });
		},
	);

	it('has one of these meanings', () => {
		expect(refillStates).toStrictEqual([
			'pending',
			'inProgress',
			'completed',
			'rejected',
			'canceled',
			'failed',
			'unknown',
		]);
	});
});

it('words are compared by their letters alone', () => {
	expect(lettersOf(' In_Progress-2! ')).toBe('inprogress');
});
