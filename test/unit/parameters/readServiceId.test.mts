import { readServiceId } from '../../../nodes/parameters/readServiceId.ts';

describe('the ID of a service in a cell', () => {
	it.each([
		[102, '102'],
		['102', '102'],
		[' 102 ', '102'],
		['#102', '102'],
		["'102", '102'],
		['102.0', '102'],
		['102 - Instagram Likes', '102'],
		['102 – Likes', '102'],
		['102: Likes', '102'],
		['#102 | 100% real likes', '102'],
		['102- Likes', '102'],
		['srv_9f', 'srv_9f'],
		['102-likes', '102-likes'],
	])('is read from %p', (value, id) => {
		expect(readServiceId(value)).toEqual({ id });
	});

	it.each([[undefined], [null], [''], ['  ']])('is empty where %p stands', (value) => {
		expect(readServiceId(value)).toEqual({ id: '' });
	});

	it.each([
		[
			'Instagram Likes',
			'is "Instagram Likes", which is not an ID: enter the ID alone, such as 102',
		],
		['102 103', 'is "102 103", which is not an ID: enter the ID alone, such as 102'],
		['102 - 103', 'is "102 - 103", which is not an ID: enter the ID alone, such as 102'],
		[
			'1,02',
			'is "1,02", a number with decimals, which is not an ID: enter the ID alone, such as 102',
		],
		[
			'#REF!',
			'is "#REF!", which stands in a cell for a missing value: enter the ID alone, such as 102',
		],
		[[102, 103], 'must be the ID of one service, but holds a list or an object'],
	])('is refused where %p stands', (value, problem) => {
		expect(readServiceId(value)).toEqual({ problem });
	});
});
