import { clippedName } from '../../../nodes/catalogue/clippedName.ts';

describe('the name of a service in the picker', () => {
	it.each([
		['a short one, as it is', 'Instagram Likes', 'Instagram Likes'],
		['one that just has the room', 'instagram likes and savess', 'instagram likes and savess'],
		['one that is a letter too long', 'instagram likes and savesss', 'instagram likes and saves…'],
		['capitals', 'INSTAGRAM FOLLOWERS REAL ACTIVE', 'INSTAGRAM FOLLOWE…'],
		['signs of East Asia', '抖音粉丝真实活跃用户高质量永久保证', '抖音粉丝真实活跃用户高质…'],
		['pictures, none cut in half', '🚀'.repeat(20), `${'🚀'.repeat(12)}…`],
		['bold letters of advertising', '𝗜𝗻𝘀𝘁𝗮𝗴𝗿𝗮𝗺 𝗙𝗼𝗹𝗹𝗼𝘄𝗲𝗿𝘀', '𝗜𝗻𝘀𝘁𝗮𝗴𝗿𝗮𝗺 𝗙𝗼𝗹…'],
		['bars, which part a row', 'Likes | Real  |  Fast', 'Likes / Real / Fast'],
		[
			'spaces, which no longer part two words',
			'followers instagram quick  x',
			'followers instagram quick…',
		],
	])('shows %s', (_what, name, shown) => expect(clippedName(name)).toBe(shown));

	it('ends, also where nothing takes any room', () => {
		expect(clippedName(`a${'\u0301'.repeat(5000)}`).length).toBeLessThan(110);
	});

	it('sets a name apart that is read from right to left, so that the price stays behind it', () => {
		expect(clippedName('متابعين انستقرام')).toBe('\u2068متابعين انستقرام\u2069');
	});
});
