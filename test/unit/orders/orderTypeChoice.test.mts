import { readOrderTypeChoice, typeOfPickedRow } from '../../../nodes/orders/orderTypeChoice.ts';

describe('the order type that a user chose', () => {
	it.each<[unknown, string]>([
		['auto', 'auto'],
		['From Service', 'auto'],
		['', 'auto'],
		[undefined, 'auto'],
		[null, 'auto'],
		['default', 'default'],
		['Default', 'default'],
		['customComments', 'customComments'],
		['Custom Comments', 'customComments'],
		['custom_comments', 'customComments'],
		[' SEO ', 'seo'],
	])('%j is %s', (written, choice) => {
		expect(readOrderTypeChoice(written)).toEqual({ choice });
	});

	it.each<[unknown, string]>([
		['comments', 'is "comments", which isn\'t an order type. Did you mean Custom Comments?'],
		['likes', 'is "likes", which isn\'t an order type. Did you mean Comment Likes?'],
		['blabla', 'is "blabla", which isn\'t an order type.'],
		[7, 'has to be a text, such as Custom Comments'],
		[['default'], 'has to be a text, such as Custom Comments'],
	])('%j is no order type', (written, problem) => {
		expect(readOrderTypeChoice(written)).toEqual({ problem });
	});
});

describe('the order type of a row that was picked', () => {
	it.each([
		['Followers | 1.2 per 1k | 102 | 10 to 50k | Default', 'default'],
		['Comments | 12 per 1k | 107 | 5 to 500 | Custom Comments', 'customComments'],
		['Poll | votes | 1 per 1k | 7 | 5 to 50 | Poll', 'poll'],
	])('%s', (row, type) => {
		expect(typeOfPickedRow(row)).toBe(type);
	});

	it.each([undefined, 7, 'Default', 'Followers', 'Followers | Likes spread', ''])(
		'is not known from %j',
		(row) => {
			expect(typeOfPickedRow(row)).toBeUndefined();
		},
	);
});
