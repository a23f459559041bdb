import fc from 'fast-check';

import { withLongIdsQuoted } from '../../nodes/panelApi/readAnswer.ts';

/** Runs of digits around the length at which a number may lose some, with anything before them. */
const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 24 });
const filler = fc.string({ unit: fc.constantFrom('a', '"', ' ', '\\', '7', '-'), maxLength: 40 });

describe('IDs that are too long for a number', () => {
	it('keep all their digits, wherever they stand', () => {
		fc.assert(
			fc.property(filler, digits, (before, id) => {
				const json = JSON.stringify({ before }).replace(/}$/, `,"order":1${id}}`);
				const { order } = JSON.parse(withLongIdsQuoted(json)) as { order: string | number };
				expect(String(order)).toBe(`1${id}`);
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
