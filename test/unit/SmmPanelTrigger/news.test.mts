import { orderStateOf } from '../../../nodes/panelApi/vocabulary/statusWords.ts';
import type { Service } from '../../../nodes/panelApi/answers/services.ts';
import { compareCatalogue } from '../../../nodes/SmmPanelTrigger/catalogue/catalogueChanges.ts';
import { isNews, nowKnown } from '../../../nodes/SmmPanelTrigger/watching/statusNews.ts';
import { stateOptions } from '../../../nodes/SmmPanelTrigger/watching/stateOptions.ts';
import { pollDeadline } from '../../../nodes/SmmPanelTrigger/polling/pollTime.ts';

describe('a status', () => {
	it.each([
		['Pending', 'Completed', true],
		['Pending', 'pending', false],
		['Canceled', 'Cancelled', false],
		['In progress', 'in_progress', false],
		['On hold', 'on hold ', false],
		['On hold', 'Frozen', true],
		['Ожидание', 'Готово', true],
		['On hold', 'Pending', true],
	])('%s, then %s: news is %s', (before, now, expected) => {
		expect(isNews({ status: before }, { status: now }, orderStateOf)).toBe(expected);
	});

	it.each([
		[undefined, 5, undefined, false],
		[5, 5, 5, false],
		[5, 4, 4, true],
		[5, null, 5, false],
		[0, null, 0, false],
	])('with %s remaining, then %s: %s is known, news is %s', (before, now, known, expected) => {
		const knownBefore = { status: 'Pending', ...(before !== undefined && { remains: before }) };
		const seen = { status: 'Pending', state: 'pending', isFinal: false, remains: now };
		const knownNow = nowKnown(knownBefore, seen, true);
		if (before !== undefined) expect(knownNow.remains).toBe(known);
		expect(isNews(knownBefore, knownNow, orderStateOf)).toBe(expected);
	});

	it('is known without what remains unless that is followed', () => {
		const seen = { status: 'Pending', state: 'pending', isFinal: false, remains: 5 };
		expect(nowKnown({ status: 'Pending', remains: 7 }, seen, false)).toEqual({ status: 'Pending' });
	});
});

describe('a catalogue', () => {
	const service = (id: string, more: Partial<Service> = {}): Service => ({
		service: id,
		name: `Service ${id}`,
		category: '',
		type: 'Default',
		orderType: 'default',
		rate: 1,
		min: 1,
		max: 10,
		dripfeed: false,
		refill: false,
		cancel: false,
		description: '',
		...more,
	});
	const all = () => true;
	const after = (before: Service[], now: Service[]) => {
		const { known } = compareCatalogue(undefined, before, '', all);
		return compareCatalogue(known, now, '', all).changes.map(
			({ change, service: { service: id } }) => `${id} ${change}`,
		);
	};

	it('gives no change at first', () => {
		expect(compareCatalogue(undefined, [service('1')], '', all).changes).toEqual([]);
	});

	it('reports each kind of change of a service', () => {
		const changed = service('1', { rate: 2, max: 20, cancel: true });
		expect(after([service('1')], [changed]).sort()).toEqual([
			'1 flagsChanged',
			'1 limitsChanged',
			'1 rateChanged',
		]);
	});

	it('takes a switch that is not stated for one that is off', () => {
		expect(after([service('1', { refill: null })], [service('1')])).toEqual([]);
		expect(after([service('1', { refill: null })], [service('1', { refill: true })])).toEqual([
			'1 flagsChanged',
		]);
	});

	it('counts a service that is named twice once, and no new text as a change', () => {
		const renamed = service('1', { name: 'Other', description: 'new' });
		expect(after([service('1')], [renamed, service('1', { rate: 9 })])).toEqual([]);
	});

	it('reports what was added and removed', () => {
		expect(after([service('1'), service('2')], [service('2'), service('3')])).toEqual([
			'3 added',
			'1 removed',
		]);
	});
});

describe('the time of a poll', () => {
	it.each([
		[36_000, 32_400],
		[300_000, 40_500],
		[undefined, 40_500],
	])('with %s ms granted ends after %s ms', (granted, expected) => {
		const poll = granted === undefined ? {} : { getPollBudgetMs: () => granted };
		expect(pollDeadline(poll as never, 1_000)).toBe(1_000 + expected);
	});
});

it('names states as people read them', () => {
	expect(stateOptions(['inProgress', 'completed'])).toEqual([
		{ name: 'Completed', value: 'completed' },
		{ name: 'In Progress', value: 'inProgress' },
	]);
});
