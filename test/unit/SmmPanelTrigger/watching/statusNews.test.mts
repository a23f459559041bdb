import { nowKnown } from '../../../../nodes/SmmPanelTrigger/watching/statusNews.ts';

describe('what is known after an answer', () => {
	it.each([
		['its status alone where nobody follows the remains', 9, 5, false, undefined],
		['the remains where they are followed', 9, 5, true, 5],
		['none remaining', 9, 0, true, 0],
		['the remains of before where the panel does not say them', 9, null, true, 9],
		['its status alone where nobody ever said them', undefined, null, true, undefined],
	] as const)('is %s', (_what, before, remains, follows, expected) => {
		const known = { status: 'Pending', ...(before !== undefined && { remains: before }) };
		const seen = { status: 'Processing', state: 'processing', isFinal: false, remains };
		expect(nowKnown(known, seen, follows)).toStrictEqual({
			status: 'Processing',
			...(expected !== undefined && { remains: expected }),
		});
	});
});
