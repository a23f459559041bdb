import { orderFields } from '../../../../nodes/panelApi/vocabulary/orderFields.ts';
import {
	fieldsOf,
	orderTypeOf,
	orderTypeNames,
	orderTypes,
} from '../../../../nodes/panelApi/vocabulary/orderTypes.ts';
import type { OrderType } from '../../../../nodes/panelApi/vocabulary/orderTypes.ts';

const spellings: Record<OrderType, string[]> = {
	default: ['Default', 'default', 'DEFAULT'],
	package: ['Package', 'package'],
	seo: ['SEO', 'seo', 'SEO2'],
	customComments: [
		'Custom Comments',
		'custom comments',
		'custom_comments',
		'customComments',
		'Custom Comment',
		'Pick a comment',
	],
	customCommentsPackage: ['Custom Comments Package', 'custom_comments_package'],
	mentions: ['Mentions', 'mentions'],
	mentionsWithHashtags: ['Mentions with Hashtags', 'mentions_with_hashtags'],
	mentionsCustomList: ['Mentions Custom List', 'mentions_custom_list'],
	mentionsHashtag: ['Mentions Hashtag', 'mentions_hashtag', 'mentions hastag'],
	mentionsUserFollowers: [
		'Mentions User Followers',
		'mentions_user_followers',
		'Mentions Users Followers',
	],
	mentionsMediaLikers: ['Mentions Media Likers', 'mentions_media_likers'],
	commentLikes: ['Comment Likes', 'comment_likes'],
	poll: ['Poll', 'poll'],
	commentReplies: ['Comment Replies', 'comment_replies'],
	invitesFromGroups: [
		'Invites from Groups',
		'Invites From Groups',
		'invites_from_groups',
		'Invites',
	],
	subscriptions: ['Subscriptions', 'subscriptions', 'subscription', 'subscription reselling'],
	webTraffic: ['Web Traffic', 'web_traffic'],
};

it('there are 17 order types', () => {
	expect(orderTypeNames).toStrictEqual(Object.keys(spellings));
	expect(orderTypeNames).toHaveLength(17);
});

it.each(
	(Object.entries(spellings) as Array<[OrderType, string[]]>).flatMap(([orderType, words]) =>
		words.map((word) => [word, orderType] as const),
	),
)('a service of type "%s" takes %s orders', (word, orderType) => {
	expect(orderTypeOf(word)).toBe(orderType);
});

it.each(['', ' ', '100', 'Hologram', 'Комментарии', 'Custom', 'Mentions of mentions'])(
	'a service of type "%s" takes orders nobody knows',
	(word) => expect(orderTypeOf(word)).toBeNull(),
);

it('packages are priced as a whole, all others per 1,000', () => {
	expect(orderTypeNames.filter((name) => orderTypes[name].isPackage)).toStrictEqual([
		'package',
		'customCommentsPackage',
	]);
});

it('lists that are charged by line go without a quantity', () => {
	const counted = orderTypeNames.filter((name) => orderTypes[name].countedBy);
	expect(counted).toStrictEqual(['customComments', 'mentionsCustomList', 'commentReplies']);
	for (const name of counted) expect(fieldsOf(name)).not.toContain('quantity');
});

it('every field belongs to a type, has its own name on the wire and its own label', () => {
	const used = new Set(orderTypeNames.flatMap((name) => fieldsOf(name)));
	expect([...used].sort()).toStrictEqual(Object.keys(orderFields).sort());
	const rows = Object.values(orderFields);
	expect(new Set(rows.map(({ wire }) => wire)).size).toBe(rows.length);
	expect(new Set(rows.map(({ label }) => label)).size).toBe(rows.length);
});
