import { readCatalogue } from '../../../../nodes/panelApi/answers/services.ts';
import { readCount } from '../../../../nodes/panelApi/answers/fields.ts';

const likes = { service: 7, name: 'Likes', rate: '1' };
const views = { service: '9', name: 'Views', rate: '2' };

it.each<[string, unknown, string[] | undefined, number]>([
	['a list', [likes, views], ['7', '9'], 0],
	['a list in services', { services: [likes] }, ['7'], 0],
	['a list in data', { status: 'success', data: [likes] }, ['7'], 0],
	['an object keyed by number', { 0: likes, 2: views }, ['7', '9'], 0],
	['such an object beside other fields', { count: 2, 0: likes, 2: views }, ['7', '9'], 0],
	['such an object in services', { services: { 1: likes, 5: views } }, ['7', '9'], 0],
	['such an object in data', { data: { a: likes } }, ['7'], 0],
	['rows that name no service', [null, 'Heading', likes, { name: '★' }, [], 7], ['7'], 5],
	['such rows in an object', { 0: null, 1: likes, 2: { name: '★' } }, ['7'], 2],
	['an empty list', [], [], 0],
	['an empty list in services', { services: [] }, [], 0],
	['"Empty Data"', { status: 'success', data: 'Empty Data' }, [], 0],
	['headings alone', [{ name: '★' }], undefined, 0],
	['an object without rows', { status: 'success' }, undefined, 0],
	['a text', 'services', undefined, 0],
	['null', null, undefined, 0],
])('a catalogue as %s', (_shape, answer, ids, leftOut) => {
	const catalogue = readCatalogue(answer);
	expect(catalogue?.services.map(({ service }) => service)).toEqual(ids);
	if (catalogue) expect(catalogue.leftOut).toBe(leftOut);
	// A row and the service that was read from it stand in the same place.
	expect(catalogue?.rows.map((row) => String((row as typeof likes).service))).toEqual(ids);
});

it.each<[unknown, number, number | null]>([
	[100, 0, 100],
	['100', 0, 100],
	['10.00', 0, 10],
	['0.000', 0, 0],
	['50,000', 0, 50000],
	['1.000.000', 0, 1000000],
	['50 000', 0, 50000],
	['50\u00a0000', 0, 50000],
	['1691.000', 0, 1691],
	['50.000', 0, null],
	['50.000', 100, 50000],
	['50.000', 50, null],
	['1.5', 0, 1.5],
	['', 0, null],
	['Unlimited', 0, null],
	[undefined, 0, null],
	[null, 0, null],
])('the count %j that is at least %i is %j', (text, atLeast, count) => {
	expect(readCount(text, atLeast)).toBe(count);
});
