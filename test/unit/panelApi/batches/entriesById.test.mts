import {
	entriesById,
	entryErrorWords,
	entryNaming,
	grantsNothing,
	type IdField,
} from '../../../../nodes/panelApi/batches/entriesById.ts';

const sorted = (answer: unknown, ids: string[], idField: IdField = 'order', isRead = true) => {
	const entries = entriesById(answer, { ids, idField, isRead });
	return entries && Object.fromEntries(entries);
};
const done = { status: 'Completed' };

describe('an answer about one id', () => {
	it.each<[string, unknown, unknown]>([
		['bare', done, { 5: done }],
		['bare, naming it', { order_id: '5', ...done }, { 5: { order_id: '5', ...done } }],
		['keyed by it', { 5: done }, { 5: done }],
		['as a list of one that names it', [{ order: 5 }], { 5: { order: 5 } }],
		['as a list of one error', [{ error: 'Bad' }], { 5: { error: 'Bad' } }],
		['as a list of one sentence', ['Bad'], { 5: 'Bad' }],
		['as a list of one that does not name it', [done], undefined],
		['about another order', { order: 77, ...done }, undefined],
		['about another order, by another name', { orderId: 77, ...done }, undefined],
		['about another order that is called id', { id: 77, ...done }, undefined],
		['as a list of one error about another order', [{ order: 77, error: 'Bad' }], undefined],
		['as nothing', null, undefined],
		['as an empty list', [], {}],
	])('%s', (_shape, answer, entries) => {
		expect(sorted(answer, ['5'])).toEqual(entries);
	});

	it('may carry the id of the request beside what was granted', () => {
		const granted = { id: 77, refill: 9 };
		expect(sorted(granted, ['5'], 'order', false)).toEqual({ 5: granted });
	});
});

describe('an answer about several ids', () => {
	it.each<[string, unknown, unknown]>([
		['keyed by them', { 5: done, 6: null }, { 5: done, 6: null }],
		['keyed by one of them', { 6: done }, { 6: done }],
		[
			'keyed by one that names another within',
			{ 5: { order: 77 }, 6: { order: '6' } },
			{ 6: { order: '6' } },
		],
		[
			'with an order under each name',
			[{ order_id: 5 }, { id: 6 }],
			{ 5: { order_id: 5 }, 6: { id: 6 } },
		],
		['with one twice, the same', [{ order: 5 }, { order: 5 }], { 5: { order: 5 } }],
		[
			'with one twice, not the same',
			[{ order: 5, a: 1 }, { order: 5 }, { order: 6 }],
			{ 6: { order: 6 } },
		],
		['with nothing but contradictions', [{ order: 5, a: 1 }, { order: 5 }], undefined],
		['without ids', [done, done], undefined],
		['with one entry without an id', [{ order: 5 }, done], undefined],
		['bare', done, undefined],
	])('%s', (_shape, answer, entries) => {
		expect(sorted(answer, ['5', '6'])).toEqual(entries);
	});

	it('keeps what was granted beside an entry without an id', () => {
		const granted = { order: 5, refill: 9 };
		expect(sorted([granted, { error: 'Bad' }], ['5', '6'], 'order', false)).toEqual({ 5: granted });
	});
});

it.each<[string, unknown, boolean]>([
	['a 0 for all', { refill: '0' }, true],
	['a false for all', { cancel: false }, true],
	['errors that name no order', [{ error: 'Bad' }, 'Bad'], true],
	['an empty refill', { refill: null }, false],
	['null', null, false],
	['an empty list', [], false],
	['a 0 beside a sentence', { refill: 0, success: 'Asked' }, false],
	['an error that names its order', [{ order: 5, error: 'Bad' }], false],
	['an error and a grant', [{ error: 'Bad' }, { refill: 9 }], false],
	['a grant', { refill: 9 }, false],
])('a list of requests: %s grants nothing: %s', (_shape, answer, isNothing) => {
	expect(grantsNothing(answer, 'order')).toBe(isNothing);
});

it.each<[string, unknown, unknown]>([
	['its key', { 5: 'Bad' }, 'Bad'],
	['itself', [{ order: 5, error: 'Bad' }], { order: 5, error: 'Bad' }],
	['neither', { error: 'Bad' }, undefined],
])('an entry names an id by %s', (_how, answer, entry) => {
	expect(entryNaming(answer, '5', 'order')).toEqual(entry);
});

it.each<[unknown, string | undefined]>([
	['Bad', 'Bad'],
	[{ error: 'Bad' }, 'Bad'],
	[{ refill: { error: 'Bad' } }, 'Bad'],
	[{ refill: 9 }, undefined],
	[null, undefined],
])('what went wrong with %j is %j', (entry, words) => {
	expect(entryErrorWords(entry)).toBe(words);
});
