import { withMissing } from '../../../../nodes/SmmPanelTrigger/watching/keepMissing.ts';
import type {
	Known,
	KnownStatus,
} from '../../../../nodes/SmmPanelTrigger/watching/knownStatuses.ts';
import { hour } from '../../../support/seenStatuses.mts';

const pending: KnownStatus = { status: 'Pending' };
const gone = (hoursAgo: number): KnownStatus => ({ ...pending, missingSince: hour - hoursAgo });

/** What is known after a list of these IDs. */
function after(ids: string[], before: Known, isComplete = true): Known {
	const listed = new Map(ids.map((id) => [id, before.byId.get(id) ?? pending]));
	return withMissing(listed, before, { ids, isComplete, hour });
}

describe('what is known of IDs that the list no longer holds', () => {
	it.each([
		[168, ['9', '7']],
		[169, ['9']],
	])('is %i hours old: %j are known', (hoursAgo, ids) => {
		const before = { byId: new Map([['7', gone(hoursAgo)]]) };
		expect([...after(['9'], before).byId.keys()]).toEqual(ids);
	});

	it('stays in its order where there is room for all of it', () => {
		const missing: Array<[string, KnownStatus]> = [
			['1', gone(3)],
			['2', gone(1)],
			['3', gone(2)],
		];
		const before = { byId: new Map(missing), longestList: { length: 2, seenAt: hour } };
		expect([...after(['9'], before).byId]).toEqual([['9', pending], ...missing]);
	});

	it('has room by the number of known IDs where no list has been noted yet', () => {
		const before = { byId: new Map(['1', '2', '3', '4'].map((id) => [id, gone(1)])) };
		const { byId, longestList } = after(['9'], before);
		expect(byId.size).toBe(5);
		expect(longestList).toEqual({ length: 4, seenAt: hour });
	});

	it.each<[string, number, number, number, number]>([
		['a longer list counts at once', 5, 1, 6, 6],
		['a shorter one does not for a week', 5, 168, 3, 5],
		['and does after that', 5, 169, 3, 3],
	])('has room by the longest list: %s', (_what, length, hoursAgo, ids, expected) => {
		const before = { byId: new Map(), longestList: { length, seenAt: hour - hoursAgo } };
		const list = Array.from({ length: ids }, (_, id) => String(id));
		expect(after(list, before).longestList?.length).toBe(expected);
	});
});
