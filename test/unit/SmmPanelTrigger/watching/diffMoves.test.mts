import { orderStateOf } from '../../../../nodes/panelApi/vocabulary/statusWords.ts';
import { diffMoves } from '../../../../nodes/SmmPanelTrigger/watching/diffMoves.ts';
import {
	type KnownStatus,
	minuteOf,
} from '../../../../nodes/SmmPanelTrigger/watching/knownStatuses.ts';
import { knownOf, seenOf } from '../../../support/seenStatuses.mts';

const now = 1_800_000_000_000;
const minute = minuteOf(now);
const since = (minutes: number, more: Partial<KnownStatus> = {}): KnownStatus => ({
	status: 'Pending',
	movedAt: minute - minutes,
	...more,
});

function after(known: Record<string, KnownStatus>, seen: Record<string, string>) {
	const rules = { stateOf: orderStateOf, longestStill: 60 };
	return diffMoves(knownOf(known), seenOf(seen), rules, now);
}

describe('what is known of orders that may stand still', () => {
	it.each<[string, Record<string, KnownStatus>, string, KnownStatus | undefined]>([
		['nothing of one that never had an answer', {}, '-', undefined],
		['no remains of a new one whose panel does not say them', {}, 'Pending', since(0)],
		['no remains of one that was never said to have any', { 7: since(5) }, 'Pending', since(5)],
		[
			'its remains from when the panel says them',
			{ 7: since(5) },
			'Pending 3',
			since(5, { remains: 3 }),
		],
	])('is %s', (_what, known, answer, next) => {
		expect(after(known, { 7: answer }).known.byId.get('7')).toStrictEqual(next);
	});

	it.each<[string, Record<string, KnownStatus>, Record<string, string>, boolean]>([
		['no', {}, {}, false],
		['none that stands still', { 7: since(5) }, { 7: 'Pending' }, false],
		['none without an answer', { 7: since(5) }, { 7: '-' }, false],
		['a new', {}, { 7: 'Pending' }, true],
		['a moved', { 7: since(5) }, { 7: 'Processing' }, true],
		[
			'one that moved among others that did not',
			{ 7: since(5), 8: since(5) },
			{ 7: 'Processing', 8: 'Pending' },
			true,
		],
	])('has moved with %s order', (_what, known, seen, hasMoved) => {
		expect(after(known, seen).hasMoved).toBe(hasMoved);
	});
});
