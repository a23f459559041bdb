import fc from 'fast-check';

import { withLongIdsQuoted } from '../../nodes/json.ts';

const text = (characters: string, longest: number) =>
	fc.string({ unit: fc.constantFrom(...characters), maxLength: longest, size: 'max' });

describe('IDs that are too long for a number', () => {
	it('keep all their digits, wherever they stand', () => {
		fc.assert(
			fc.property(text('a" \\7-', 40), text('0123456789', 24), (before, digits) => {
				// A first digit with which some numbers of 16 digits are not safe any more.
				const id = `9${digits}`;
				const json = JSON.stringify({ before }).replace(/}$/, `,"order":${id}}`);
				const { order } = JSON.parse(withLongIdsQuoted(json)) as { order: string | number };
				expect(String(order)).toBe(id);
			}),
			{ numRuns: 2000 },
		);
	});

	it('stay numbers where no digit can be lost', () => {
		const json = '{"order": 9007199254740991, "charge": 0.1234567890123456789}';
		expect(withLongIdsQuoted(json)).toBe(json);
	});

	it('are left alone inside texts', () => {
		const json = '{"link": "https://example.com/12345678901234567890"}';
		expect(withLongIdsQuoted(json)).toBe(json);
	});
});
