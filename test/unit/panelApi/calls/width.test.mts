import {
	firstWidth,
	largestWidth,
	nextWidth,
	type Sign,
	type Width,
} from '../../../../nodes/panelApi/calls/width.ts';

const now = 10_000;
const answer = (facts: Partial<Extract<Sign, { came: 'answer' }>> = {}): Sign => ({
	came: 'answer',
	sentAt: now - 50,
	isFull: true,
	fastest: 50,
	usual: 50,
	...facts,
});
const trouble = (came: 'limit' | 'lost' | 'fault', sentAt = now - 50): Sign => ({ came, sentAt });
const width = (calls: number, facts: Partial<Width> = {}): Width => ({
	...firstWidth,
	calls,
	...facts,
});

describe('how many reads are under way at a time', () => {
	it('is five at first', () => {
		expect(firstWidth).toMatchObject({ calls: 5, because: 'start' });
	});

	it.each<[string, Width, Sign, number, Width['because']]>([
		[
			'grows by five with a round of answers in time',
			width(5, { inTime: 4 }),
			answer(),
			10,
			'keepsPace',
		],
		['grows to twenty', width(19, { inTime: 18 }), answer(), 20, 'keepsPace'],
		['and not beyond', width(largestWidth), answer(), 20, 'start'],
		['stays before the round is whole', width(5, { inTime: 3 }), answer(), 5, 'start'],
		['stays while lanes are free', width(5, { inTime: 4 }), answer({ isFull: false }), 5, 'start'],
		[
			'takes times that differ a little for chance',
			width(8, { inTime: 7 }),
			answer({ usual: 149 }),
			13,
			'keepsPace',
		],
		[
			'takes twice a long time for chance',
			width(8, { inTime: 7 }),
			answer({ fastest: 2000, usual: 4000 }),
			13,
			'keepsPace',
		],
		['halves when answers take much longer', width(16), answer({ usual: 201 }), 8, 'slower'],
		[
			'halves also where lanes are free',
			width(16),
			answer({ usual: 201, isFull: false }),
			8,
			'slower',
		],
		['keeps five for answers that take longer', width(7), answer({ usual: 900 }), 5, 'slower'],
		['halves at a rate limit', width(20), trouble('limit'), 10, 'limit'],
		['goes below five for a rate limit', width(5), trouble('limit'), 2, 'limit'],
		['is one at the least', width(1), trouble('limit'), 1, 'limit'],
		['halves at a lost connection', width(20), trouble('lost'), 10, 'lost'],
		['goes below five for lost connections', width(5), trouble('lost'), 2, 'lost'],
		['halves at a fault of the panel', width(20), trouble('fault'), 10, 'fault'],
		['keeps five for faults', width(6), trouble('fault'), 5, 'fault'],
		['does not grow because of a fault', width(2), trouble('fault'), 2, 'fault'],
		['does not grow because answers take longer', width(2), answer({ usual: 900 }), 2, 'slower'],
	])('%s', (_what, before, sign, calls, because) => {
		expect(nextWidth(before, sign, now)).toMatchObject({ calls, because });
	});

	it.each<[string, Sign]>([
		['refusals', trouble('limit', 9000)],
		['lost connections', trouble('lost', 9000)],
		['slow answers', answer({ usual: 900, sentAt: 9000 })],
		['answers in time', answer({ sentAt: 9000 })],
	])('does not go by %s of calls that left before it was halved', (_what, sign) => {
		const halved = nextWidth(width(20), trouble('limit'), 9001);
		expect(nextWidth(halved, sign, now)).toBe(halved);
	});

	it('grows after trouble by one for each round of answers', () => {
		let present = nextWidth(width(6), trouble('limit'), 9000);
		const grown = Array.from({ length: 3 + 4 + 5 }, () => {
			present = nextWidth(present, answer(), now);
			return present.calls;
		});
		expect(grown).toEqual([3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5, 6]);
	});
});
