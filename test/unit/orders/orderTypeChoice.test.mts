import { readOrderTypeChoice } from '../../../nodes/orders/orderTypeChoice.ts';

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
		[7, 'must be a text, such as Custom Comments'],
		[['default'], 'must be a text, such as Custom Comments'],
	])('%j is no order type', (written, problem) => {
		expect(readOrderTypeChoice(written)).toEqual({ problem });
	});
});
