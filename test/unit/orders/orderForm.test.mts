import { Settings } from 'luxon';

import { checkOrder } from '../../../nodes/orders/orderForm.ts';
import type { OrderDraft } from '../../../nodes/orders/orderDraft.ts';
import type { CheckedOrder } from '../../../nodes/orders/orderForm.ts';
import { linesOf } from '../../../nodes/orders/readField.ts';
import { orderFields } from '../../../nodes/panelApi/vocabulary/orderFields.ts';
import type { OrderFieldName } from '../../../nodes/panelApi/vocabulary/orderFields.ts';
import { orderTypeNames, orderTypes } from '../../../nodes/panelApi/vocabulary/orderTypes.ts';
import type { OrderType } from '../../../nodes/panelApi/vocabulary/orderTypes.ts';
import { clientOf, sentForms } from '../../support/client.mts';
import { panelForTests } from '../../support/panelForTests.mts';

const link = 'https://www.instagram.com/p/Cx1';

interface CompleteDraft {
	service: string;
	values: OrderDraft['values'];
	/** On the wire, beside `service`. */
	form: Record<string, string>;
	total: number | null;
}

/** A complete draft of each type for the sandbox's service of that type, and what has to go over the wire. */
const complete: Record<OrderType, CompleteDraft> = {
	default: {
		service: '101',
		values: { link, quantity: 100, runs: 3, interval: 60 },
		form: { link, quantity: '100', runs: '3', interval: '60' },
		total: 300,
	},
	package: { service: '105', values: { link }, form: { link }, total: null },
	seo: {
		service: '106',
		values: { link, quantity: 50, keywords: 'shoes\nbuy shoes' },
		form: { link, quantity: '50', keywords: 'shoes\nbuy shoes' },
		total: 50,
	},
	customComments: {
		service: '107',
		values: { link, comments: ['Nice', 'Wow', 'Nice'] },
		form: { link, comments: 'Nice\nWow\nNice', quantity: '3' },
		total: 3,
	},
	customCommentsPackage: {
		service: '108',
		values: { link, comments: 'Nice\nWow' },
		form: { link, comments: 'Nice\nWow' },
		total: null,
	},
	mentions: {
		service: '109',
		values: { link, quantity: 10, usernames: 'jane\njoe' },
		form: { link, quantity: '10', usernames: 'jane\njoe' },
		total: 10,
	},
	mentionsWithHashtags: {
		service: '110',
		values: { link, quantity: 10, usernames: ['jane'], hashtags: ['travel', 'food'] },
		form: { link, quantity: '10', usernames: 'jane', hashtags: 'travel\nfood' },
		total: 10,
	},
	mentionsCustomList: {
		service: '111',
		values: { link, usernames: 'jane\njoe' },
		form: { link, usernames: 'jane\njoe', quantity: '2' },
		total: 2,
	},
	mentionsHashtag: {
		service: '112',
		values: { link, quantity: 10, hashtag: 'travel' },
		form: { link, quantity: '10', hashtag: 'travel' },
		total: 10,
	},
	mentionsUserFollowers: {
		service: '113',
		values: { link, quantity: 10, username: 'jane' },
		form: { link, quantity: '10', username: 'jane' },
		total: 10,
	},
	mentionsMediaLikers: {
		service: '114',
		values: { link, quantity: 10, media: 'https://x.example/p/1' },
		form: { link, quantity: '10', media: 'https://x.example/p/1' },
		total: 10,
	},
	commentLikes: {
		service: '115',
		values: { link, quantity: 20, username: 'jane' },
		form: { link, quantity: '20', username: 'jane' },
		total: 20,
	},
	poll: {
		service: '116',
		values: { link, quantity: 10, answerNumber: 2 },
		form: { link, quantity: '10', answer_number: '2' },
		total: 10,
	},
	commentReplies: {
		service: '117',
		values: { link, username: 'jane', comments: 'Thanks' },
		form: { link, username: 'jane', comments: 'Thanks', quantity: '1' },
		total: 1,
	},
	invitesFromGroups: {
		service: '118',
		values: { link, quantity: 50, groups: 'https://x.example/g/1\nhttps://x.example/g/2' },
		form: { link, quantity: '50', groups: 'https://x.example/g/1\nhttps://x.example/g/2' },
		total: 50,
	},
	subscriptions: {
		service: '119',
		values: {
			username: 'jane',
			min: 20,
			max: 30,
			delay: 0,
			posts: 0,
			oldPosts: 1,
			expiry: '2030-12-31',
		},
		form: {
			username: 'jane',
			min: '20',
			max: '30',
			delay: '0',
			posts: '0',
			old_posts: '1',
			expiry: '31/12/2030',
		},
		total: null,
	},
	webTraffic: {
		service: '120',
		values: {
			link,
			quantity: 100,
			country: 'US',
			device: '5',
			trafficType: '1',
			googleKeyword: 'shoes',
			runs: 2,
			interval: 30,
		},
		form: {
			link,
			quantity: '100',
			country: 'US',
			device: '5',
			type_of_traffic: '1',
			google_keyword: 'shoes',
			runs: '2',
			interval: '30',
		},
		total: 200,
	},
};

const draft = (orderType: OrderType, values: OrderDraft['values'] = {}): OrderDraft => ({
	service: complete[orderType].service,
	orderType,
	values: { ...complete[orderType].values, ...values },
});
const check = (orderType: OrderType, values: OrderDraft['values'] = {}): CheckedOrder =>
	checkOrder(draft(orderType, values));

describe('a complete order', () => {
	const panel = panelForTests();

	it.each(orderTypeNames)(
		'of type %s is sent with its own fields, and accepted',
		async (orderType) => {
			const { service, values, form, total } = complete[orderType];
			const checked = check(orderType);
			expect(checked.problems).toStrictEqual([]);
			expect(checked.form).toStrictEqual({ service, ...form });
			expect(checked.totalQuantity).toBe(total);
			expect(Object.keys(checked.sent).sort()).toStrictEqual(Object.keys(values).sort());

			const { value } = await clientOf(panel).add(checked.form);
			expect(sentForms(panel)).toStrictEqual([{ action: 'add', service, ...form }]);
			expect(panel.orders.get(value.order)).toMatchObject({ service });
			if (total !== null) expect(panel.orders.get(value.order)?.quantity).toBe(total);
		},
	);

	it('of every type leaves out what belongs to other types', () => {
		const everything = Object.assign(
			{},
			...Object.values(complete).map(({ values }) => values),
		) as OrderDraft['values'];
		const { runs: _runs, interval: _interval, ...surplus } = everything;
		for (const orderType of orderTypeNames) {
			const { values, form, service } = complete[orderType];
			const checked = checkOrder({ service, orderType, values: { ...surplus, ...values } });
			expect(checked.problems).toStrictEqual([]);
			expect(Object.keys(checked.form).sort()).toStrictEqual(
				['service', ...Object.keys(form)].sort(),
			);
		}
	});

	it('tells what was sent in our names: numbers, text, lists as arrays', () => {
		expect(check('poll', { answerNumber: ' 2 ' }).sent).toStrictEqual({
			link,
			quantity: 10,
			answerNumber: 2,
		});
		expect(check('customComments', { comments: ' a \n\n b' }).sent).toStrictEqual({
			link,
			comments: ['a', 'b'],
		});
	});
});

describe('a needed field that is missing', () => {
	const needed = orderTypeNames.flatMap((orderType) =>
		orderTypes[orderType].needs
			.filter((name) => name !== 'referringUrl')
			.map((name) => [orderType, name] as const),
	);

	it.each(needed)('%s without %s: one problem that names the field', (orderType, name) => {
		for (const empty of [undefined, null, '', '  ']) {
			const checked = check(orderType, { [name]: empty });
			const problem = 'is required';
			expect(checked.problems).toStrictEqual([{ field: orderFields[name].label, problem }]);
			expect(checked.form).not.toHaveProperty(orderFields[name].wire);
		}
	});

	it.each(['', ' \n'])('a service that is "%s" is empty', (service) => {
		expect(checkOrder({ ...draft('package'), service }).problems).toStrictEqual([
			{ field: 'Service', problem: 'is empty: pick a service from the list or enter its ID' },
		]);
	});

	it('every problem is told, in the order of the fields', () => {
		const { problems } = checkOrder({ service: '', orderType: 'poll', values: { quantity: 'x' } });
		expect(problems.map(({ field }) => field)).toStrictEqual([
			'Service',
			'Link',
			'Quantity',
			'Answer Number',
		]);
	});

	it('a service ID goes without the blanks around it', () => {
		expect(checkOrder({ ...draft('package'), service: ' 105\n' }).form.service).toBe('105');
	});
});

describe('a list', () => {
	it.each<[string, unknown, string[]]>([
		['lines', 'a\nb', ['a', 'b']],
		['lines of Windows', 'a\r\nb\r\n', ['a', 'b']],
		['lines of old Macs', 'a\rb', ['a', 'b']],
		['blank lines', '\n a \n\n \t\nb\n\n', ['a', 'b']],
		['an array', ['a', 'b'], ['a', 'b']],
		['an array with lines and gaps', ['a\nb', '', ' ', null, undefined, 'c'], ['a', 'b', 'c']],
		['numbers', [1, 2], ['1', '2']],
		['a number', 7, ['7']],
		['nothing', undefined, []],
		['null', null, []],
		['commas, which belong to the comment', 'Nice, wow', ['Nice, wow']],
		['the same line twice', 'a\na', ['a', 'a']],
	])('is read from %s', (_what, value, lines) => {
		expect(linesOf(value)).toStrictEqual(lines);
	});

	it('goes over the wire line by line, and its lines are counted', () => {
		const checked = check('customComments', { comments: ' Nice \r\n\r\nWow, so good\r\n' });
		expect(checked.form.comments).toBe('Nice\nWow, so good');
		expect(checked.totalQuantity).toBe(2);
	});

	it.each<[string, unknown]>([
		['blank lines', '\n \n'],
		['an empty array', []],
		['an array of nothing', ['', null]],
	])('of %s is empty', (_what, comments) => {
		const checked = check('customComments', { comments });
		expect(checked.problems).toStrictEqual([{ field: 'Comments', problem: 'is required' }]);
		expect(checked.totalQuantity).toBeNull();
	});

	it.each<[string, unknown]>([
		['objects', [{ text: 'Nice' }]],
		['an object', { text: 'Nice' }],
		['arrays', [['Nice']]],
	])('of %s is a problem: nobody pays for "[object Object]"', (_what, comments) => {
		expect(check('customComments', { comments }).problems).toStrictEqual([
			{ field: 'Comments', problem: 'must be a text or a list of texts, but holds objects' },
		]);
	});
});

describe('a whole number', () => {
	it.each<[unknown, string]>([
		[100, '100'],
		['100', '100'],
		[' 100 ', '100'],
		['100.0', '100'],
		['+100', '100'],
		['0100', '100'],
		[9007199254740991, '9007199254740991'],
	])('%p goes out as %s', (quantity, text) => {
		expect(check('poll', { quantity }).form.quantity).toBe(text);
	});

	it.each<[unknown, string]>([
		['1,000', 'must be a whole number (got "1,000"): write 1000'],
		['1 000', 'must be a whole number (got "1 000"): write 1000'],
		["1'000", `must be a whole number (got "1'000"): write 1000`],
		['1.000.000', 'must be a whole number (got "1.000.000"): write 1000000'],
		['1000,5', 'must be a whole number (got "1000,5")'],
		['1.000', 'is "1.000", which may mean 1000 or 1: write it without a point'],
		['100.000', 'is "100.000", which may mean 100000 or 100: write it without a point'],
		['1e3', 'must be a whole number (got "1e3")'],
		['0x10', 'must be a whole number (got "0x10")'],
		[1.5, 'must be a whole number (got "1.5")'],
		['many', 'must be a whole number (got "many")'],
		[true, 'must be a whole number (got "true")'],
		[Number.NaN, 'must be a whole number (got "NaN")'],
		['9007199254740993', 'must be a whole number (got "9007199254740993")'],
		[0, 'must be at least 1 (got 0)'],
		[-5, 'must be at least 1 (got -5)'],
		['-5', 'must be at least 1 (got -5)'],
	])('%p is a problem', (quantity, problem) => {
		const { problems, form } = check('poll', { quantity });
		expect(problems).toStrictEqual([{ field: 'Quantity', problem }]);
		expect(form).not.toHaveProperty('quantity');
	});

	it.each<[OrderType, OrderFieldName, number]>([
		['default', 'quantity', 1],
		['default', 'runs', 1],
		['default', 'interval', 1],
		['poll', 'answerNumber', 1],
		['subscriptions', 'min', 1],
		['subscriptions', 'max', 20],
		['subscriptions', 'posts', 0],
		['subscriptions', 'oldPosts', 0],
		['subscriptions', 'delay', 0],
	])('%s: %s may be no less than %i', (orderType, name, least) => {
		expect(check(orderType, { [name]: least }).problems).toStrictEqual([]);
		expect(check(orderType, { [name]: least - 1 }).problems).toHaveLength(1);
	});
});

describe('a text', () => {
	it('is sent without the blanks around it', () => {
		expect(check('package', { link: `\n ${link} ` }).form.link).toBe(link);
	});

	it('may be a number', () => {
		expect(check('mentionsHashtag', { hashtag: 2030 }).form.hashtag).toBe('2030');
	});

	it.each<[string, unknown, string]>([
		['several lines', `${link}\n${link}`, 'must be one line'],
		[
			'spaces inside',
			'https://www.instagram.com/p/ab c',
			'is "https://www.instagram.com/p/ab c", but an address has no spaces: copy it again',
		],
		[
			'spaces inside, without its beginning',
			'www.instagram.com/p/ab c',
			'is "www.instagram.com/p/ab c", but an address has no spaces: copy it again',
		],
		['a list', [link], 'must be a text, but holds a list or an object'],
		['an object', { link }, 'must be a text, but holds a list or an object'],
	])('of %s is a problem', (_what, value, problem) => {
		expect(check('package', { link: value }).problems).toStrictEqual([{ field: 'Link', problem }]);
	});
});

describe('drip-feed', () => {
	it.each<[OrderDraft['values'], string, string]>([
		[{ runs: 3, interval: undefined }, 'Drip-Feed Interval (Minutes)', 'Drip-Feed Runs'],
		[{ runs: 3, interval: ' ' }, 'Drip-Feed Interval (Minutes)', 'Drip-Feed Runs'],
		[{ runs: '', interval: 60 }, 'Drip-Feed Runs', 'Drip-Feed Interval (Minutes)'],
		[{ runs: null, interval: 60 }, 'Drip-Feed Runs', 'Drip-Feed Interval (Minutes)'],
	])('needs both runs and interval: %p', (values, missing, given) => {
		for (const orderType of ['default', 'webTraffic'] as const) {
			expect(check(orderType, values).problems).toStrictEqual([
				{ field: missing, problem: `is required with ${given}` },
			]);
		}
	});

	it('is left out with neither', () => {
		for (const nothing of [undefined, null, '', ' ']) {
			const checked = check('default', { runs: nothing, interval: nothing });
			expect(checked.problems).toStrictEqual([]);
			expect(checked.form).toStrictEqual({ service: '101', link, quantity: '100' });
			expect(checked.totalQuantity).toBe(100);
		}
	});

	it('does not go with other types', () => {
		for (const orderType of orderTypeNames) {
			if (orderType === 'default' || orderType === 'webTraffic') continue;
			for (const values of [{ runs: 3 }, { interval: 60 }, { runs: 3, interval: 60 }]) {
				expect(check(orderType, values).problems).toStrictEqual([
					{
						field: 'Drip-Feed Runs',
						problem: `isn't available for ${orderTypes[orderType].label} orders`,
					},
				]);
			}
		}
	});
});

describe('a subscription', () => {
	it('of 0 new posts is for old posts only; without the field it has no end', () => {
		expect(check('subscriptions', { posts: 0 }).form.posts).toBe('0');
		for (const posts of [undefined, null, ''])
			expect(check('subscriptions', { posts }).form).not.toHaveProperty('posts');
	});

	it('may not have a minimum above its maximum', () => {
		expect(check('subscriptions', { min: 31 }).problems).toStrictEqual([
			{ field: 'Minimum per Post', problem: 'is 31, more than Maximum per Post (30)' },
		]);
		expect(check('subscriptions', { min: 30 }).problems).toStrictEqual([]);
	});

	it.each<[string, unknown, string]>([
		['a date', '2030-12-31', '31/12/2030'],
		['a date and time', '2030-12-31T23:59:59', '31/12/2030'],
		['a date and time with a zone, whose day counts', '2030-12-31T23:59:59-11:00', '31/12/2030'],
		['the form of the panels', '31/12/2030', '31/12/2030'],
		['the same, short', '1/2/2030', '01/02/2030'],
		['a Date', new Date('2030-12-31T12:00:00Z'), '31/12/2030'],
		['a Date at midnight in UTC', new Date('2030-12-31T00:00:00Z'), '31/12/2030'],
		['blanks around it', ' 2030-12-31 ', '31/12/2030'],
	])('expires on %s', (_what, expiry, text) => {
		expect(check('subscriptions', { expiry }).form.expiry).toBe(text);
	});

	it("expires on the day that a point in time is in the workflow's time zone", () => {
		Settings.defaultZone = 'Asia/Kolkata';
		const expiry = new Date('2030-12-30T18:30:00Z');
		const { form } = check('subscriptions', { expiry });
		Settings.defaultZone = 'system';
		expect(form.expiry).toBe('31/12/2030');
	});

	it.each(['soon', '12/31/2030', '2030-13-01', '31.12.2030'])(
		'does not expire on "%s"',
		(expiry) => {
			expect(check('subscriptions', { expiry }).problems).toStrictEqual([
				{
					field: 'Expiry Date',
					problem: `must be a date such as 2030-12-31 or 31/12/2030 (got "${expiry}")`,
				},
			]);
		},
	);

	it('need not expire', () => {
		for (const expiry of [undefined, null, '', ' '])
			expect(check('subscriptions', { expiry })).toMatchObject({
				problems: [],
				form: expect.not.objectContaining({ expiry: expect.anything() }),
			});
	});
});

describe('web traffic', () => {
	const keyword = { googleKeyword: 'shoes', referringUrl: 'https://x.example' };

	it.each<[string, unknown, Record<string, string>]>([
		['from Google has a keyword', '1', { google_keyword: 'shoes' }],
		['from elsewhere has a referrer', '2', { referring_url: 'https://x.example' }],
		['from nowhere has neither', '3', {}],
		['of a type that came as a number', 1, { google_keyword: 'shoes' }],
	])('%s', (_what, trafficType, form) => {
		const checked = check('webTraffic', { ...keyword, trafficType });
		expect(checked.problems).toStrictEqual([]);
		const { google_keyword, referring_url } = checked.form;
		expect({
			...(google_keyword && { google_keyword }),
			...(referring_url && { referring_url }),
		}).toStrictEqual(form);
		expect(checked.form.type_of_traffic).toBe(String(trafficType));
	});

	it.each<[string, string, string]>([
		['1', 'googleKeyword', 'Google Keyword'],
		['2', 'referringUrl', 'Referring URL'],
	])('of type %s needs %s', (trafficType, name, field) => {
		expect(check('webTraffic', { trafficType, [name]: '' }).problems).toStrictEqual([
			{ field, problem: 'is required' },
		]);
	});

	it('knows its devices and types of traffic', () => {
		expect(check('webTraffic', { device: 3 }).form.device).toBe('3');
		expect(check('webTraffic', { device: '6' }).problems).toStrictEqual([
			{
				field: 'Device',
				problem:
					'must be one of 1 (Desktop), 2 (Mobile (Android)), 3 (Mobile (iOS)), 4 (Mobile (Mixed)), 5 (Mobile and Desktop (Mixed)) (got "6")',
			},
		]);
		expect(check('webTraffic', { trafficType: '4' }).problems).toStrictEqual([
			{
				field: 'Traffic Type',
				problem:
					'must be one of 1 (Google Keyword), 2 (Custom Referrer), 3 (Blank Referrer) (got "4")',
			},
		]);
	});
});

describe('extra fields', () => {
	const rowsOf = (extraFields: Record<string, unknown>) =>
		Object.entries(extraFields).map(([name, value]) => ({ name, value }));
	const withExtra = (extraFields: Record<string, unknown>) =>
		checkOrder({ ...draft('package'), extraFields: rowsOf(extraFields) });

	it('go out as they are', () => {
		const extra = { request_id: ' r-1 ', coupon: '', toString: 'x' };
		expect(withExtra(extra)).toMatchObject({
			problems: [],
			form: { service: '105', link, ...extra },
			extraFields: extra,
		});
		expect(withExtra({ ' coupon ': 'c' }).form).toStrictEqual({
			service: '105',
			link,
			coupon: 'c',
		});
	});

	it.each<[string, string]>([
		['key', 'may not set "key": the credential and the operation do that'],
		['action', 'may not set "action": the credential and the operation do that'],
		[' KEY ', 'may not set "KEY": the credential and the operation do that'],
		['Action', 'may not set "Action": the credential and the operation do that'],
		['service', 'may not set "service": use the field Service'],
		['link', 'may not set "link": use the field Link'],
		[' link', 'may not set "link": use the field Link'],
		['action[]', 'may not set "action[]": the credential and the operation do that'],
		['Key [x]', 'may not set "Key [x]": the credential and the operation do that'],
		['link[0]', 'may not set "link[0]": use the field Link'],
		['LINK', 'may not set "LINK": use the field Link'],
		['', 'has a field without a name'],
		['  ', 'has a field without a name'],
		['[object Object]', 'has a field without a name'],
	])('"%s" is a problem', (name, problem) => {
		const checked = withExtra({ [name]: 'x' });
		expect(checked.problems).toStrictEqual([{ field: 'Extra Fields', problem }]);
		expect(checked.form).toStrictEqual({ service: '105', link });
	});

	it.each(['old_posts', 'old posts', 'old.posts', 'Old.Posts[]'])(
		'"%s" fills what PHP calls "old_posts"',
		(name) => {
			const { problems } = checkOrder({
				...draft('subscriptions'),
				extraFields: rowsOf({ [name]: 9 }),
			});
			expect(problems).toStrictEqual([
				{ field: 'Extra Fields', problem: `may not set "${name}": use the field Old Posts` },
			]);
		},
	);

	it('cannot go round a field that the order type has: its cost would not be counted', () => {
		const { problems, form } = checkOrder({
			service: '101',
			orderType: 'default',
			values: { link, quantity: 100 },
			extraFields: rowsOf({ runs: '99' }),
		});
		expect(problems).toStrictEqual([
			{ field: 'Extra Fields', problem: 'may not set "runs": use the field Drip-Feed Runs' },
		]);
		expect(form).not.toHaveProperty('runs');
	});

	it.each<[string, unknown]>([
		['a list', ['TEN']],
		['an object', { code: 'TEN' }],
		['a date', new Date(0)],
	])('of %s are a problem', (_what, coupon) => {
		const { problems, form } = withExtra({ coupon });
		expect(problems).toStrictEqual([
			{
				field: 'Extra Fields',
				problem: '"coupon" must be a text, but holds a list or an object',
			},
		]);
		expect(form).not.toHaveProperty('coupon');
	});

	it('may be numbers, switches or nothing', () => {
		expect(withExtra({ a: 1, b: true, c: null }).form).toMatchObject({ a: '1', b: 'true', c: '' });
	});

	it('may each be there once', () => {
		const extraFields = [
			{ name: 'coupon', value: 'TEN' },
			{ name: ' coupon', value: 'TWENTY' },
		];
		expect(checkOrder({ ...draft('package'), extraFields }).problems).toStrictEqual([
			{
				field: 'Extra Fields',
				problem: `may set "coupon" only once, Panel's Key Field included`,
			},
		]);
	});

	it.each<[OrderType, string]>([
		['customComments', 'Quantity[]'],
		['subscriptions', 'quantity'],
		['poll', 'runs'],
		['poll', 'interval'],
		['poll', 'comments'],
		['poll', 'usernames'],
	])('cannot make a guarded order of type %s dearer by %s', (orderType, name) => {
		const order = { ...draft(orderType), extraFields: rowsOf({ [name]: '100000' }) };
		const { problems, form } = checkOrder({ ...order, hasGuard: true });
		expect(problems).toStrictEqual([
			{
				field: 'Extra Fields',
				problem: expect.stringContaining(
					`may not set "${name}" beside a price limit: ${orderTypes[orderType].label} orders do not carry it, so what it adds to the cost cannot be counted`,
				) as unknown,
			},
		]);
		expect(form).not.toHaveProperty(name);
		expect(checkOrder(order).problems).toStrictEqual([]);
	});

	it.each<[OrderType, string]>([
		['package', '1'],
		['customCommentsPackage', '1'],
		['customComments', '3'],
		['mentionsCustomList', '2'],
	])('may send a guarded order of type %s with quantity %s and no other', (orderType, counted) => {
		const withQuantity = (quantity: string) =>
			checkOrder({ ...draft(orderType), extraFields: rowsOf({ quantity }), hasGuard: true });
		expect(withQuantity(counted)).toMatchObject({ problems: [], form: { quantity: counted } });
		expect(withQuantity('100').problems).toStrictEqual([
			{
				field: 'Extra Fields',
				problem: `may set "quantity" to nothing but ${counted} beside a price limit: that is what the cost is counted for`,
			},
		]);
	});

	it('may set what the order itself does not', () => {
		expect(withExtra({ quantity: '1' }).form.quantity).toBe('1');
	});

	it('take the place of the quantity that is counted, which then is not said to have been sent', () => {
		const checked = checkOrder({
			...draft('customComments'),
			extraFields: rowsOf({ quantity: '7' }),
		});
		expect(checked).toMatchObject({ form: { quantity: '7' }, quantity: null });
		expect(check('customComments')).toMatchObject({ form: { quantity: '3' }, quantity: 3 });
		expect(check('package').quantity).toBeNull();
		expect(check('default', { quantity: 50 }).quantity).toBe(50);
	});
});
