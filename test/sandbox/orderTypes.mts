export type OrderType =
	| 'default'
	| 'package'
	| 'seo'
	| 'customComments'
	| 'customCommentsPackage'
	| 'mentions'
	| 'mentionsWithHashtags'
	| 'mentionsCustomList'
	| 'mentionsHashtag'
	| 'mentionsUserFollowers'
	| 'mentionsMediaLikers'
	| 'commentLikes'
	| 'poll'
	| 'commentReplies'
	| 'invitesFromGroups'
	| 'subscriptions'
	| 'webTraffic';

export interface OrderTypeRule {
	/** As Perfect Panel writes it; the other spellings are made from it. */
	title: string;
	/** Fields that `add` must carry. */
	needs: string[];
	/** A field that becomes necessary when another has this value. */
	needsWhen?: Array<{ field: string; is: string; needs: string }>;
	/** What an order's quantity is: a field's number, a field's non-empty lines, one package, or posts. */
	counts: 'quantity' | 'comments' | 'usernames' | 'package' | 'posts';
	/** The rate is the price of the whole order, not of 1000. */
	wholeRate?: boolean;
}

/** Source: the `add` table of Perfect Panel; the seed documents `default` alone. */
export const ORDER_TYPES: Record<OrderType, OrderTypeRule> = {
	default: { title: 'Default', needs: ['link', 'quantity'], counts: 'quantity' },
	package: { title: 'Package', needs: ['link'], counts: 'package', wholeRate: true },
	seo: { title: 'SEO', needs: ['link', 'quantity', 'keywords'], counts: 'quantity' },
	customComments: { title: 'Custom Comments', needs: ['link', 'comments'], counts: 'comments' },
	customCommentsPackage: {
		title: 'Custom Comments Package',
		needs: ['link', 'comments'],
		counts: 'comments',
		wholeRate: true,
	},
	mentions: { title: 'Mentions', needs: ['link', 'quantity', 'usernames'], counts: 'quantity' },
	mentionsWithHashtags: {
		title: 'Mentions with Hashtags',
		needs: ['link', 'quantity', 'usernames', 'hashtags'],
		counts: 'quantity',
	},
	mentionsCustomList: {
		title: 'Mentions Custom List',
		needs: ['link', 'usernames'],
		counts: 'usernames',
	},
	mentionsHashtag: {
		title: 'Mentions Hashtag',
		needs: ['link', 'quantity', 'hashtag'],
		counts: 'quantity',
	},
	mentionsUserFollowers: {
		title: 'Mentions User Followers',
		needs: ['link', 'quantity', 'username'],
		counts: 'quantity',
	},
	mentionsMediaLikers: {
		title: 'Mentions Media Likers',
		needs: ['link', 'quantity', 'media'],
		counts: 'quantity',
	},
	commentLikes: {
		title: 'Comment Likes',
		needs: ['link', 'quantity', 'username'],
		counts: 'quantity',
	},
	poll: { title: 'Poll', needs: ['link', 'quantity', 'answer_number'], counts: 'quantity' },
	commentReplies: {
		title: 'Comment Replies',
		needs: ['link', 'username', 'comments'],
		counts: 'comments',
	},
	invitesFromGroups: {
		title: 'Invites from Groups',
		needs: ['link', 'quantity', 'groups'],
		counts: 'quantity',
	},
	subscriptions: {
		title: 'Subscriptions',
		needs: ['username', 'min', 'max', 'delay'],
		counts: 'posts',
	},
	webTraffic: {
		title: 'Web Traffic',
		needs: ['link', 'quantity', 'country', 'device', 'type_of_traffic'],
		needsWhen: [
			{ field: 'type_of_traffic', is: '1', needs: 'google_keyword' },
			{ field: 'type_of_traffic', is: '2', needs: 'referring_url' },
		],
		counts: 'quantity',
	},
};
