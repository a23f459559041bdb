import type { OrderFieldName } from './orderFields';
import { lettersOf } from './statusWords';

/**
 * One row per order type: the name a person sees, how panels spell it in `services`, the fields it needs and the
 * fields it may carry. Types and fields follow Perfect Panel; the seed documents `default`.
 */
interface OrderTypeRow {
	label: string;
	/** Spellings beside the label; only letters count. */
	spellings: readonly string[];
	needs: readonly OrderFieldName[];
	may?: readonly OrderFieldName[];
	/** The list whose number of lines is the quantity that is charged. */
	countedBy?: OrderFieldName;
	/** Whether `rate` is the price of the whole order; otherwise it is the price per 1,000. */
	isPackage?: boolean;
}

const dripFeed = ['runs', 'interval'] as const;

const table = {
	default: { label: 'Default', spellings: [], needs: ['link', 'quantity'], may: dripFeed },
	package: { label: 'Package', spellings: [], needs: ['link'], isPackage: true },
	seo: { label: 'SEO', spellings: ['SEO2'], needs: ['link', 'quantity', 'keywords'] },
	customComments: {
		label: 'Custom Comments',
		spellings: ['custom comment', 'pick a comment'],
		needs: ['link', 'comments'],
		countedBy: 'comments',
	},
	customCommentsPackage: {
		label: 'Custom Comments Package',
		spellings: [],
		needs: ['link', 'comments'],
		isPackage: true,
	},
	mentions: { label: 'Mentions', spellings: [], needs: ['link', 'quantity', 'usernames'] },
	mentionsWithHashtags: {
		label: 'Mentions with Hashtags',
		spellings: [],
		needs: ['link', 'quantity', 'usernames', 'hashtags'],
	},
	mentionsCustomList: {
		label: 'Mentions Custom List',
		spellings: [],
		needs: ['link', 'usernames'],
		countedBy: 'usernames',
	},
	mentionsHashtag: {
		label: 'Mentions Hashtag',
		spellings: ['mentions hastag'],
		needs: ['link', 'quantity', 'hashtag'],
	},
	mentionsUserFollowers: {
		label: 'Mentions User Followers',
		spellings: ['mentions users followers'],
		needs: ['link', 'quantity', 'username'],
	},
	mentionsMediaLikers: {
		label: 'Mentions Media Likers',
		spellings: [],
		needs: ['link', 'quantity', 'media'],
	},
	commentLikes: { label: 'Comment Likes', spellings: [], needs: ['link', 'quantity', 'username'] },
	poll: { label: 'Poll', spellings: [], needs: ['link', 'quantity', 'answerNumber'] },
	commentReplies: {
		label: 'Comment Replies',
		spellings: [],
		needs: ['link', 'username', 'comments'],
		countedBy: 'comments',
	},
	invitesFromGroups: {
		label: 'Invites from Groups',
		spellings: ['invites'],
		needs: ['link', 'quantity', 'groups'],
	},
	subscriptions: {
		label: 'Subscriptions',
		spellings: ['subscription', 'subscription reselling'],
		needs: ['username', 'min', 'max', 'delay'],
		may: ['posts', 'oldPosts', 'expiry'],
	},
	webTraffic: {
		label: 'Web Traffic',
		spellings: [],
		needs: [
			'link',
			'quantity',
			'country',
			'device',
			'trafficType',
			'googleKeyword',
			'referringUrl',
		],
		may: dripFeed,
	},
} satisfies Record<string, OrderTypeRow>;

/** The value of one order type, such as `default` or `customComments`. */
export type OrderType = keyof typeof table;

/** What each order type needs: see the rows. */
export const orderTypes: Readonly<Record<OrderType, OrderTypeRow>> = table;

/** All order types, in the order of the table. */
export const orderTypeNames = Object.keys(table) as [OrderType, ...OrderType[]];

const bySpelling = new Map<string, OrderType>();
for (const orderType of orderTypeNames) {
	const { label, spellings } = orderTypes[orderType];
	for (const spelling of [label, orderType, ...spellings]) {
		bySpelling.set(spelling, orderType);
		bySpelling.set(lettersOf(spelling), orderType);
	}
}

/**
 * The order type behind a panel's word in `services` ("Custom Comments", "custom_comments"); null where the panel
 * sends none or one nobody knows.
 */
export function orderTypeOf(type: string): OrderType | null {
	return bySpelling.get(type) ?? bySpelling.get(lettersOf(type)) ?? null;
}

/** All fields an order of this type can carry, needed ones first. */
export function fieldsOf(orderType: OrderType): readonly OrderFieldName[] {
	const { needs, may = [] } = orderTypes[orderType];
	return [...needs, ...may];
}
