import { isSame, jumpFrom } from '../../../../nodes/SmmPanelTrigger/catalogue/doubt.ts';
import type { KnownService } from '../../../../nodes/SmmPanelTrigger/catalogue/knownCatalogue.ts';

const ids = (from: number, to: number) =>
	new Set(Array.from({ length: to - from }, (_, index) => String(from + index)));
const known = (from: number, to: number, more: { total?: number; filters?: string } = {}) => ({
	filters: '',
	services: new Map([...ids(from, to)].map((id) => [id, {} as KnownService])),
	...more,
});

describe('a catalogue', () => {
	it.each([
		['that is the same', known(0, 1000), ids(0, 1000), undefined],
		['that lost a tenth', known(0, 1000), ids(100, 1000), undefined],
		['that lost more', known(0, 1000), ids(101, 1000), { lost: 101, gained: 0 }],
		['that gained a tenth', known(0, 1000), ids(0, 1100), undefined],
		['that gained more', known(0, 1000), ids(0, 1101), { lost: 0, gained: 101 }],
		['with as many others', known(0, 1000), ids(500, 1500), { lost: 500, gained: 500 }],
		['of few services that lost 20', known(0, 30), ids(20, 30), undefined],
		['of few services that lost 21', known(0, 30), ids(21, 30), { lost: 21, gained: 0 }],
	])('%s: %#', (_what, before, now, jump) => {
		expect(jumpFrom(before, now, now, '')).toEqual(jump);
	});

	it('is doubted for its whole size where few services match the filters', () => {
		const before = known(0, 5, { total: 1000 });
		expect(jumpFrom(before, ids(0, 500), ids(0, 5), '')).toEqual({ lost: 500, gained: 0 });
	});

	it('is not doubted at first, nor for other filters', () => {
		expect(jumpFrom(undefined, ids(0, 1000), ids(0, 1000), '')).toBeUndefined();
		expect(jumpFrom(known(0, 1000), ids(0, 1000), ids(0, 10), 'other')).toBeUndefined();
	});

	it('is the same as the one before but for a few services', () => {
		expect(isSame(ids(0, 1000), ids(50, 1050))).toBe(true);
		expect(isSame(ids(0, 1000), ids(500, 1500))).toBe(false);
	});
});
