/**
 * One row per field that an order can carry: its name on the wire, how its value is read and limited, and the
 * words a person sees. The editor's fields, the checks before sending, the request body and docs/order-types.md
 * come from it. Wire names and limits: the seed for `link` to `interval`, Perfect Panel for the others.
 */
interface OrderFieldRow {
	wire: string;
	kind: 'text' | 'wholeNumber' | 'lines' | 'choice' | 'date';
	label: string;
	help: string;
	/** Stands below the field all the time, so only where most people go wrong. */
	hint?: string;
	placeholder?: string;
	/** Smallest value of a whole number. */
	least?: number;
	/** For choices: the value on the wire and the words for it. */
	choices?: ReadonlyArray<{ value: string; label: string }>;
	/** Needed, and shown, only while another field of the same order has this value. */
	onlyWith?: { field: string; value: string };
}

const table = {
	link: {
		wire: 'link',
		kind: 'text',
		label: 'Link',
		help: 'Public address of the post, profile, video or page that the service is for',
		placeholder: 'e.g. https://www.instagram.com/p/Cx1',
	},
	quantity: {
		wire: 'quantity',
		kind: 'wholeNumber',
		label: 'Quantity',
		help: 'How many to deliver, between the minimum and maximum of the service. With drip-feed this is the quantity of each run.',
		hint: "Must be within the service's minimum and maximum",
		placeholder: 'e.g. 1000',
		least: 1,
	},
	keywords: {
		wire: 'keywords',
		kind: 'lines',
		label: 'Keywords',
		help: 'Keywords to be found by, one per line',
		placeholder: 'e.g. buy running shoes',
	},
	username: {
		wire: 'username',
		kind: 'text',
		label: 'Username',
		help: 'Username or profile address that the service works with: the account to follow, the owner of the comment, the profile whose followers are mentioned',
		placeholder: 'e.g. jane.doe',
	},
	comments: {
		wire: 'comments',
		kind: 'lines',
		label: 'Comments',
		help: 'Comments to be posted, one per line. Each line is delivered and charged; empty lines are dropped.',
		placeholder: 'e.g. Love this!',
	},
	usernames: {
		wire: 'usernames',
		kind: 'lines',
		label: 'Usernames',
		help: 'Usernames to be mentioned, one per line',
		placeholder: 'e.g. jane.doe',
	},
	hashtags: {
		wire: 'hashtags',
		kind: 'lines',
		label: 'Hashtags',
		help: 'Hashtags whose users are mentioned, one per line',
		placeholder: 'e.g. travel',
	},
	hashtag: {
		wire: 'hashtag',
		kind: 'text',
		label: 'Hashtag',
		help: 'Hashtag whose users are mentioned, usually without #',
		placeholder: 'e.g. travel',
	},
	media: {
		wire: 'media',
		kind: 'text',
		label: 'Media URL',
		help: 'Address of the post whose likers are mentioned',
		placeholder: 'e.g. https://www.instagram.com/p/Cx1',
	},
	answerNumber: {
		wire: 'answer_number',
		kind: 'wholeNumber',
		label: 'Answer Number',
		help: 'Number of the poll answer to vote for, counted from 1',
		placeholder: 'e.g. 2',
		least: 1,
	},
	groups: {
		wire: 'groups',
		kind: 'lines',
		label: 'Groups',
		help: 'Groups whose members are invited, one per line',
		placeholder: 'e.g. https://www.facebook.com/groups/runners',
	},
	min: {
		wire: 'min',
		kind: 'wholeNumber',
		label: 'Minimum per Post',
		help: 'Smallest quantity for each new post',
		placeholder: 'e.g. 100',
		least: 1,
	},
	max: {
		wire: 'max',
		kind: 'wholeNumber',
		label: 'Maximum per Post',
		help: 'Largest quantity for each new post',
		placeholder: 'e.g. 150',
		least: 1,
	},
	delay: {
		wire: 'delay',
		kind: 'wholeNumber',
		label: 'Delay (Minutes)',
		help: 'How long to wait after a new post, in minutes. Panels take steps such as 0, 5, 10, 15, 30, 60, 90.',
		placeholder: 'e.g. 15',
		least: 0,
	},
	posts: {
		wire: 'posts',
		kind: 'wholeNumber',
		label: 'New Posts',
		help: 'How many future posts to deliver to. Empty means no end; 0 means old posts only.',
		placeholder: 'e.g. 10',
		least: 0,
	},
	oldPosts: {
		wire: 'old_posts',
		kind: 'wholeNumber',
		label: 'Old Posts',
		help: 'How many posts that are already there to deliver to',
		placeholder: 'e.g. 5',
		least: 0,
	},
	expiry: {
		wire: 'expiry',
		kind: 'date',
		label: 'Expiry Date',
		help: 'Day on which the subscription ends. Empty means no end.',
	},
	country: {
		wire: 'country',
		kind: 'text',
		label: 'Country',
		help: 'Code or name of the country that visitors come from',
		placeholder: 'e.g. US',
	},
	device: {
		wire: 'device',
		kind: 'choice',
		label: 'Device',
		help: 'Devices that visitors use',
		choices: [
			{ value: '1', label: 'Desktop' },
			{ value: '2', label: 'Mobile (Android)' },
			{ value: '3', label: 'Mobile (iOS)' },
			{ value: '4', label: 'Mobile (Mixed)' },
			{ value: '5', label: 'Mobile and Desktop (Mixed)' },
		],
	},
	trafficType: {
		wire: 'type_of_traffic',
		kind: 'choice',
		label: 'Traffic Type',
		help: 'Where visitors seem to come from',
		choices: [
			{ value: '1', label: 'Google Keyword' },
			{ value: '2', label: 'Custom Referrer' },
			{ value: '3', label: 'Blank Referrer' },
		],
	},
	googleKeyword: {
		wire: 'google_keyword',
		kind: 'text',
		label: 'Google Keyword',
		help: 'Keyword that visitors seem to have searched for',
		placeholder: 'e.g. running shoes',
		onlyWith: { field: 'trafficType', value: '1' },
	},
	referringUrl: {
		wire: 'referring_url',
		kind: 'text',
		label: 'Referring URL',
		help: 'Address that visitors seem to come from',
		placeholder: 'e.g. https://example.com/review',
		onlyWith: { field: 'trafficType', value: '2' },
	},
	runs: {
		wire: 'runs',
		kind: 'wholeNumber',
		label: 'Drip-Feed Runs',
		help: 'How many times the quantity is delivered. The panel charges runs times quantity.',
		placeholder: 'e.g. 10',
		least: 1,
	},
	interval: {
		wire: 'interval',
		kind: 'wholeNumber',
		label: 'Drip-Feed Interval (Minutes)',
		help: 'Minutes between two runs',
		placeholder: 'e.g. 60',
		least: 1,
	},
} satisfies Record<string, OrderFieldRow>;

/** The name of one order field, as it is called in the node. */
export type OrderFieldName = keyof typeof table;

/** What each order field is: see the rows. */
export const orderFields: Readonly<Record<OrderFieldName, OrderFieldRow>> = table;
