import type { SandboxService } from './contract.mts';

type ServiceDraft = Pick<SandboxService, 'service' | 'name' | 'category' | 'rate' | 'min' | 'max'> &
	Partial<SandboxService>;

/** Every order type has a service; 101 and 30067 are the seed document's own. */
const SERVICES: ServiceDraft[] = [
	{
		service: 101,
		name: 'Real & Active Followers',
		category: 'Instagram Followers',
		rate: 250,
		min: 100,
		max: 100000,
		description: 'Service Description',
		dripfeed: true,
		refill: true,
		cancel: true,
	},
	{
		service: 102,
		name: 'Instagram Likes [Instant, No Refill]',
		category: 'Instagram Likes',
		rate: 1.2,
		min: 10,
		max: 50000,
		dripfeed: true,
		cancel: true,
	},
	{
		service: 103,
		name: 'Instagram Views [Cheapest, Often Partial]',
		category: 'Instagram Views',
		rate: 0.05,
		min: 100,
		max: 1000000,
		dripfeed: true,
		refill: true,
		ending: 'partial',
	},
	{
		service: 104,
		name: 'Instagram Followers [Unstable, Often Cancelled]',
		category: 'Instagram Followers',
		rate: 0.9,
		min: 50,
		max: 20000,
		cancel: true,
		ending: 'cancelled',
	},
	{
		service: 105,
		name: 'TikTok Starter Package: 1000 Views + 100 Likes',
		category: 'TikTok Packages',
		type: 'package',
		rate: 4.5,
		min: 1,
		max: 1,
	},
	{
		service: 106,
		name: 'Google Ranking Signals by Keyword',
		category: 'SEO',
		type: 'seo',
		rate: 12,
		min: 50,
		max: 5000,
	},
	{
		service: 107,
		name: 'YouTube Custom Comments',
		category: 'YouTube Comments',
		type: 'customComments',
		rate: 18,
		min: 2,
		max: 500,
		refill: true,
		cancel: true,
	},
	{
		service: 108,
		name: 'Instagram Custom Comments Package',
		category: 'Instagram Comments',
		type: 'customCommentsPackage',
		rate: 3.75,
		min: 1,
		max: 50,
	},
	{
		service: 109,
		name: 'Instagram Mentions',
		category: 'Instagram Mentions',
		type: 'mentions',
		rate: 5,
		min: 10,
		max: 10000,
	},
	{
		service: 110,
		name: 'Instagram Mentions with Hashtags',
		category: 'Instagram Mentions',
		type: 'mentionsWithHashtags',
		rate: 5.5,
		min: 10,
		max: 10000,
	},
	{
		service: 111,
		name: 'Instagram Mentions from your own List',
		category: 'Instagram Mentions',
		type: 'mentionsCustomList',
		rate: 6,
		min: 2,
		max: 1000,
	},
	{
		service: 112,
		name: 'Instagram Mentions by Hashtag',
		category: 'Instagram Mentions',
		type: 'mentionsHashtag',
		rate: 5.25,
		min: 10,
		max: 10000,
	},
	{
		service: 113,
		name: "Instagram Mentions of a User's Followers",
		category: 'Instagram Mentions',
		type: 'mentionsUserFollowers',
		rate: 5.75,
		min: 10,
		max: 10000,
	},
	{
		service: 114,
		name: 'Instagram Mentions of Media Likers',
		category: 'Instagram Mentions',
		type: 'mentionsMediaLikers',
		rate: 5.8,
		min: 10,
		max: 10000,
	},
	{
		service: 115,
		name: 'YouTube Comment Likes',
		category: 'YouTube Comments',
		type: 'commentLikes',
		rate: 2.4,
		min: 20,
		max: 5000,
		refill: true,
	},
	{
		service: 116,
		name: 'Telegram Poll Votes',
		category: 'Telegram',
		type: 'poll',
		rate: 1.1,
		min: 10,
		max: 20000,
	},
	{
		service: 117,
		name: 'YouTube Comment Replies',
		category: 'YouTube Comments',
		type: 'commentReplies',
		rate: 20,
		min: 1,
		max: 200,
	},
	{
		service: 118,
		name: 'Facebook Invites from Groups',
		category: 'Facebook',
		type: 'invitesFromGroups',
		rate: 7,
		min: 50,
		max: 5000,
	},
	{
		service: 119,
		name: 'Instagram Auto Likes [Subscription]',
		category: 'Instagram Subscriptions',
		type: 'subscriptions',
		rate: 1.5,
		min: 20,
		max: 10000,
		cancel: true,
	},
	{
		service: 120,
		name: 'Website Traffic from the World',
		category: 'Web Traffic',
		type: 'webTraffic',
		rate: 0.6,
		min: 100,
		max: 1000000,
		dripfeed: true,
	},
	{
		service: 30067,
		name: 'Instagram - Worldwide',
		category: 'Instagram Followers',
		rate: 103,
		min: 100,
		max: 10000,
		description: 'Service Description',
		dripfeed: true,
		refill: true,
		cancel: true,
	},
];

const FIRST_GENERATED_ID = 100001;
const NETWORKS = ['Instagram', 'TikTok', 'YouTube', 'Facebook', 'Telegram', 'Twitter', 'Spotify'];
const GOODS = ['Followers', 'Likes', 'Views', 'Shares', 'Saves', 'Comments', 'Reposts', 'Plays'];
const QUALITIES = ['Worldwide', 'HQ', 'Real', 'Instant', 'Slow', 'Non Drop', 'Targeted', 'Mixed'];

/** A fresh catalogue: the hand-written services and so many generated ones of type default. */
export function makeCatalogue(generated = 0, descriptionLength?: number): SandboxService[] {
	const drafts = [...SERVICES, ...Array.from({ length: generated }, (_, n) => generate(n))];
	return drafts.map((draft) => complete(draft, descriptionLength));
}

function generate(number: number): ServiceDraft {
	const network = NETWORKS[number % NETWORKS.length];
	const good = GOODS[Math.floor(number / NETWORKS.length) % GOODS.length];
	const quality =
		QUALITIES[Math.floor(number / (NETWORKS.length * GOODS.length)) % QUALITIES.length];
	return {
		service: FIRST_GENERATED_ID + number,
		name: `${network} ${good} - ${quality} [${number + 1}]`,
		category: `${network} ${good}`,
		rate: ((number * 37) % 5000) / 100 + 0.01,
		min: 10,
		max: 100000,
		dripfeed: number % 2 === 0,
		refill: number % 3 === 0,
		cancel: number % 5 !== 0,
	};
}

function complete(draft: ServiceDraft, descriptionLength?: number): SandboxService {
	const service: SandboxService = {
		type: 'default',
		description: `${draft.name} with a start within an hour`.replace(/[^\w ]/g, ''),
		dripfeed: false,
		refill: false,
		cancel: false,
		ending: 'completed',
		...draft,
	};
	if (descriptionLength !== undefined) {
		service.description = `${service.description} `
			.repeat(Math.ceil(descriptionLength / (service.description.length + 1)))
			.slice(0, descriptionLength);
	}
	return service;
}
