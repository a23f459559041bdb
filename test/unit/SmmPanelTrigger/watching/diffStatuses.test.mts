import { orderStateOf } from '../../../../nodes/panelApi/vocabulary/statusWords.ts';
import { diffMoves } from '../../../../nodes/SmmPanelTrigger/watching/diffMoves.ts';
import {
	diffStatuses,
	type StatusRules,
} from '../../../../nodes/SmmPanelTrigger/watching/diffStatuses.ts';
import type {
	Known,
	KnownStatus,
} from '../../../../nodes/SmmPanelTrigger/watching/knownStatuses.ts';
import {
	minuteOf,
	timeOfMinute,
} from '../../../../nodes/SmmPanelTrigger/watching/knownStatuses.ts';
import { hour, knownOf, seenOf } from '../../../support/seenStatuses.mts';

describe('the difference between what is known and what a poll saw', () => {
	const plain: StatusRules = {
		stateOf: orderStateOf,
		states: [],
		emitFirst: false,
		keepFinal: false,
		remainsChanges: false,
	};
	type Case = {
		known: Record<string, string | KnownStatus>;
		seen: Record<string, string>;
		rules?: Partial<StatusRules>;
		isComplete?: boolean;
		changes?: string[];
		next: Record<string, KnownStatus>;
		isWorthSaving?: boolean;
	};
	const gone = (status: string, hoursAgo: number): KnownStatus => ({
		status,
		missingSince: hour - hoursAgo,
	});

	it.each<[string, Case]>([
		[
			'nothing new',
			{ known: { 7: 'Pending' }, seen: { 7: 'pending' }, next: { 7: { status: 'pending' } } },
		],
		[
			'a change',
			{
				known: { 7: 'Pending' },
				seen: { 7: 'Completed' },
				changes: ['7 Pending'],
				next: { 7: { status: 'Completed' } },
			},
		],
		[
			'no answer',
			{ known: { 7: 'Pending' }, seen: { 7: '-' }, next: { 7: { status: 'Pending' } } },
		],
		['no answer for one that is new', { known: {}, seen: { 7: '-' }, next: {} }],
		[
			'one that joins',
			{
				known: {},
				seen: { 7: 'Pending' },
				next: { 7: { status: 'Pending' } },
				isWorthSaving: true,
			},
		],
		[
			'a finished one that joins',
			{ known: {}, seen: { 7: 'Completed' }, next: { 7: { status: 'Completed' } } },
		],
		[
			'a finished one that joins and may move',
			{
				known: {},
				seen: { 7: 'Completed' },
				rules: { keepFinal: true },
				next: { 7: { status: 'Completed' } },
				isWorthSaving: true,
			},
		],
		[
			'one that joins, and fires',
			{
				known: {},
				seen: { 7: 'Pending' },
				rules: { emitFirst: true },
				changes: ['7 null'],
				next: { 7: { status: 'Pending' } },
			},
		],
		[
			'one that joins in a state nobody waits for',
			{
				known: {},
				seen: { 7: 'Pending' },
				rules: { emitFirst: true, states: ['completed'] },
				next: { 7: { status: 'Pending' } },
				isWorthSaving: true,
			},
		],
		[
			'a change to a state nobody waits for',
			{
				known: { 7: 'Pending' },
				seen: { 7: 'Processing' },
				rules: { states: ['completed'] },
				next: { 7: { status: 'Processing' } },
			},
		],
		[
			'a change away from a state that is waited for',
			{
				known: { 7: 'Completed' },
				seen: { 7: 'Processing' },
				rules: { states: ['completed'] },
				next: { 7: { status: 'Processing' } },
				isWorthSaving: true,
			},
		],
		[
			'less remaining',
			{
				known: { 7: { status: 'Pending', remains: 9 } },
				seen: { 7: 'Pending 5' },
				rules: { remainsChanges: true },
				changes: ['7 Pending'],
				next: { 7: { status: 'Pending', remains: 5 } },
			},
		],
		[
			'less remaining that nobody asked for',
			{
				known: { 7: { status: 'Pending', remains: 9 } },
				seen: { 7: 'Pending 5' },
				next: { 7: { status: 'Pending' } },
			},
		],
		[
			'one that left the list',
			{
				known: { 7: 'Pending', 8: 'Pending' },
				seen: { 8: 'Pending' },
				next: { 8: { status: 'Pending' }, 7: gone('Pending', 0) },
			},
		],
		[
			'one that left it six days ago',
			{
				known: { 7: gone('Pending', 144), 8: 'Pending' },
				seen: { 8: 'Pending' },
				next: { 8: { status: 'Pending' }, 7: gone('Pending', 144) },
			},
		],
		[
			'one that left it eight days ago',
			{
				known: { 7: gone('Pending', 192), 8: 'Pending' },
				seen: { 8: 'Pending' },
				next: { 8: { status: 'Pending' } },
			},
		],
		[
			'one that is not in a list in doubt',
			{
				known: { 7: 'Pending', 8: 'Pending' },
				seen: { 8: 'Pending' },
				isComplete: false,
				next: { 8: { status: 'Pending' }, 7: gone('Pending', 0) },
			},
		],
		[
			'an empty list, and one that left it eight days ago',
			{
				known: { 7: gone('Pending', 192), 8: 'Pending' },
				seen: {},
				isComplete: false,
				next: { 7: gone('Pending', 192), 8: { status: 'Pending' } },
			},
		],
		[
			'an empty list',
			{ known: { 7: 'Pending' }, seen: {}, isComplete: false, next: { 7: { status: 'Pending' } } },
		],
		[
			'one that comes back in another state',
			{
				known: { 7: gone('Pending', 20) },
				seen: { 7: 'Completed' },
				changes: ['7 Pending'],
				next: { 7: { status: 'Completed' } },
			},
		],
		[
			'one that comes back without an answer',
			{ known: { 7: gone('Pending', 20) }, seen: { 7: '-' }, next: { 7: { status: 'Pending' } } },
		],
		[
			'one that comes back as it was',
			{
				known: { 7: gone('Pending', 20) },
				seen: { 7: 'Pending' },
				rules: { emitFirst: true },
				next: { 7: { status: 'Pending' } },
			},
		],
	])(
		'%s',
		(_what, { known, seen, rules, isComplete, changes = [], next, isWorthSaving = false }) => {
			const difference = diffStatuses(knownOf(known), seenOf(seen, isComplete), {
				...plain,
				...rules,
			});
			expect(difference.changes.map(({ id, before }) => `${id} ${before?.status ?? null}`)).toEqual(
				changes,
			);
			expect(Object.fromEntries(difference.known.byId)).toEqual(next);
			expect(difference.isWorthSaving).toBe(isWorthSaving);
		},
	);

	it('forgets those that are missing longest where there is no room', () => {
		const known: Known = {
			byId: new Map([
				['1', gone('Pending', 3)],
				['2', gone('Pending', 1)],
				['3', gone('Pending', 2)],
				['4', { status: 'Pending' }],
			]),
			longestList: { length: 2, seenAt: hour },
		};
		const { byId } = diffStatuses(known, seenOf({ 9: 'Pending' }), plain).known;
		expect([...byId.keys()]).toEqual(['9', '4', '2', '3']);
	});

	it('forgets none for the sake of an ID that the panel does not know', () => {
		const known: Known = {
			byId: new Map([
				['1', gone('Pending', 3)],
				['2', gone('Pending', 1)],
			]),
			longestList: { length: 1, seenAt: hour },
		};
		const { byId } = diffStatuses(known, seenOf({ 77777: '-' }), plain).known;
		expect([...byId.keys()]).toEqual(['1', '2']);
	});

	it('measures the room by the longest list of a week', () => {
		const lengthAfter = (length: number, hoursAgo: number, ids: number, isComplete = true) => {
			const known = { byId: new Map(), longestList: { length, seenAt: hour - hoursAgo } };
			const answers = Object.fromEntries(Array.from({ length: ids }, (_, id) => [id, 'Pending']));
			return diffStatuses(known, seenOf(answers, isComplete), plain).known.longestList;
		};
		expect(lengthAfter(5, 100, 3)).toEqual({ length: 5, seenAt: hour - 100 });
		expect(lengthAfter(5, 169, 3)).toEqual({ length: 3, seenAt: hour });
		expect(lengthAfter(5, 169, 3, false)).toEqual({ length: 5, seenAt: hour - 169 });
		expect(lengthAfter(5, 100, 6)).toEqual({ length: 6, seenAt: hour });
		expect(lengthAfter(5, 23, 5)).toEqual({ length: 5, seenAt: hour - 23 });
		expect(lengthAfter(5, 24, 5)).toEqual({ length: 5, seenAt: hour });
	});
});

describe('an order that does not move', () => {
	const now = 1_800_000_000_000;
	const minute = minuteOf(now);
	const still = (minutes: number, more: Partial<KnownStatus> = {}): KnownStatus => ({
		status: 'Pending',
		remains: 100,
		movedAt: minute - minutes,
		...more,
	});
	const told = { isTold: true } as const;
	type Case = [string, KnownStatus | undefined, string, string[], KnownStatus | undefined];

	it.each<Case>([
		['is not stuck when it is seen first', undefined, 'Pending 100', [], still(0)],
		['is not stuck a minute too early', still(59), 'Pending 100', [], still(59)],
		['is stuck when the time is over', still(60), 'Pending 100', ['7'], still(60, told)],
		['is stuck once', still(90, told), 'Pending 100', [], still(90, told)],
		['in another spelling has not moved', still(60), 'pending 100', ['7'], still(60, told)],
		['without a word about remains has not moved', still(60), 'Pending', ['7'], still(60, told)],
		['has moved with what remains', still(60), 'Pending 99', [], still(0, { remains: 99 })],
		[
			'has moved with its status',
			still(60),
			'Processing 100',
			[],
			still(0, { status: 'Processing' }),
		],
		[
			'can be stuck again after it moved',
			still(90, told),
			'Pending 99',
			[],
			still(0, { remains: 99 }),
		],
		['is known without an answer', still(60), '-', [], still(60)],
		['is done when it is finished', still(60), 'Completed 0', [], { status: 'Completed' }],
		['starts again when it was finished', { status: 'Completed' }, 'Pending 100', [], still(0)],
		[
			'keeps its time over absence',
			still(60, { missingSince: hour - 5 }),
			'Pending 100',
			['7'],
			still(60, told),
		],
		['has no time in the future', still(-500), 'Pending 100', [], still(0)],
	])('%s', (_what, before, seen, stuck, next) => {
		const rules = { stateOf: orderStateOf, longestStill: 60 };
		const known = knownOf(before ? { 7: before } : {});
		const difference = diffMoves(known, seenOf({ 7: seen }), rules, now);
		expect(difference.stuck.map(({ id }) => id)).toEqual(stuck);
		expect(difference.known.byId.get('7')).toEqual(next);
	});

	it('is known by the minute', () => {
		expect(timeOfMinute(minuteOf(now + 59_999))).toBe(now);
	});
});
