import type { IDataObject } from 'n8n-workflow';

import { loadPackage } from './loadedPackage.mts';
import { runNode } from './engine.mts';
import { panelForTests } from '../support/panelForTests.mts';

const link = 'https://example.com/p/1';

/** For each order type: what a user fills in, and what has to go over the wire beside key, action and service. */
const types: Array<[type: string, filledIn: IDataObject, onTheWire: Record<string, string>]> = [
	['default', { link, quantity: 100 }, { link, quantity: '100' }],
	['package', { link }, { link }],
	[
		'seo',
		{ link, quantity: 100, keywords: 'shoes\n\n boots ' },
		{ link, quantity: '100', keywords: 'shoes\nboots' },
	],
	[
		'customComments',
		{ link, comments: ' Nice! \r\n\r\nWow\r\n' },
		{ link, comments: 'Nice!\nWow', quantity: '2' },
	],
	[
		'customCommentsPackage',
		{ link, comments: '={{ ["Nice!", "", "Wow"] }}' },
		{ link, comments: 'Nice!\nWow' },
	],
	[
		'mentions',
		{ link, quantity: 100, usernames: 'ann\nbob' },
		{ link, quantity: '100', usernames: 'ann\nbob' },
	],
	[
		'mentionsWithHashtags',
		{ link, quantity: 100, usernames: 'ann', hashtags: 'a\nb' },
		{ link, quantity: '100', usernames: 'ann', hashtags: 'a\nb' },
	],
	[
		'mentionsCustomList',
		{ link, usernames: 'ann\nbob' },
		{ link, usernames: 'ann\nbob', quantity: '2' },
	],
	[
		'mentionsHashtag',
		{ link, quantity: 100, hashtag: 'a' },
		{ link, quantity: '100', hashtag: 'a' },
	],
	[
		'mentionsUserFollowers',
		{ link, quantity: 100, username: 'ann' },
		{ link, quantity: '100', username: 'ann' },
	],
	[
		'mentionsMediaLikers',
		{ link, quantity: 100, media: link },
		{ link, quantity: '100', media: link },
	],
	[
		'commentLikes',
		{ link, quantity: 100, username: 'ann' },
		{ link, quantity: '100', username: 'ann' },
	],
	['poll', { link, quantity: 100, answerNumber: 2 }, { link, quantity: '100', answer_number: '2' }],
	[
		'commentReplies',
		{ link, username: 'ann', comments: 'Nice!\nWow' },
		{ link, username: 'ann', comments: 'Nice!\nWow', quantity: '2' },
	],
	[
		'invitesFromGroups',
		{ link, quantity: 100, groups: 'g1\ng2' },
		{ link, quantity: '100', groups: 'g1\ng2' },
	],
	[
		'subscriptions',
		{ username: 'ann', min: 100, max: 150, posts: 0, oldPosts: 5, delay: 0, expiry: '2030-12-31' },
		{
			username: 'ann',
			min: '100',
			max: '150',
			posts: '0',
			old_posts: '5',
			delay: '0',
			expiry: '31/12/2030',
		},
	],
	[
		'webTraffic',
		{ link, quantity: 100, country: 'US', device: '5', trafficType: '1', googleKeyword: 'shoes' },
		{
			link,
			quantity: '100',
			country: 'US',
			device: '5',
			type_of_traffic: '1',
			google_keyword: 'shoes',
		},
	],
];

describe('the order types', () => {
	const panel = panelForTests({ balance: 1_000_000 });

	const create = async (orderType: string, filledIn: IDataObject) =>
		await runNode({
			panelUrl: panel.url,
			parameters: {
				resource: 'order',
				operation: 'create',
				service: {
					__rl: true,
					mode: 'list',
					value: String(serviceOf(orderType)),
					cachedResultName: 'x',
				},
				orderType,
				...filledIn,
			} as never,
		});
	const serviceOf = (orderType: string) =>
		panel.services.find(({ type }) => type === orderType)?.service;

	it('are all there, each with a service in the sandbox', async () => {
		const { loader } = await loadPackage();
		const node = loader.getNode('smmPanel').type;
		const dropdown =
			'nodeVersions' in node
				? undefined
				: node.description.properties.find(({ name }) => name === 'orderType');
		const values = (dropdown?.options ?? []).map((option) =>
			'value' in option ? option.value : '',
		);
		expect(values).toEqual(['auto', ...types.map(([type]) => type)]);
		expect(types.map(([type]) => serviceOf(type))).not.toContain(undefined);
	});

	describe.each(types)('%s', (type, filledIn, onTheWire) => {
		it('sends exactly its fields, and the panel takes the order', async () => {
			const { json, error } = await create(type, filledIn);
			expect(error).toBeUndefined();
			expect(panel.requests.map(({ form }) => form)).toEqual([
				{ key: panel.apiKey, action: 'add', service: String(serviceOf(type)), ...onTheWire },
			]);
			expect(json).toMatchObject([{ order: '23501', service: String(serviceOf(type)) }]);
		});

		it('leaves out what belongs to other types', async () => {
			const surplus = {
				keywords: 'x',
				hashtag: 'x',
				answerNumber: 7,
				groups: 'x',
				country: 'x',
				media: 'x',
			};
			await create(type, { ...surplus, ...filledIn });
			expect(panel.requests[0]?.form).toEqual({
				key: panel.apiKey,
				action: 'add',
				service: String(serviceOf(type)),
				...onTheWire,
			});
		});

		const optional = new Set(['posts', 'oldPosts', 'expiry']);
		// A dropdown has no empty choice: without a value it takes its default.
		const dropdowns = new Set(['device', 'trafficType']);
		const needed = Object.keys(filledIn).filter(
			(name) => !optional.has(name) && !dropdowns.has(name),
		);
		it.each(needed)('insists on %s before anything is sent', async (name) => {
			const { error } = await create(type, { ...filledIn, [name]: '' });
			expect(error?.message).toMatch(/ is required$/);
			expect(panel.requests).toHaveLength(0);
		});
	});

	it('tell apart no new posts and an endless number of them', async () => {
		const [, subscription = {}] = types.find(([type]) => type === 'subscriptions') ?? [];
		await create('subscriptions', { ...subscription, posts: '' });
		expect(panel.requests[0]?.form).not.toHaveProperty('posts');
	});

	it('return the number of lines, which is sent as the quantity', async () => {
		const { json } = await create('customComments', { link, comments: 'a\n\nb\nc' });
		expect(json[0]).toMatchObject({ quantity: 3, comments: ['a', 'b', 'c'] });
	});
});
