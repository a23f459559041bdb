import type { Service } from '../../../nodes/panelApi/answers/services.ts';
import { serviceFilter } from '../../../nodes/catalogue/filter.ts';
import type { ServiceFilters } from '../../../nodes/catalogue/filter.ts';

const service = (fields: Partial<Service>): Service => ({
	service: '1',
	name: '',
	category: '',
	type: '',
	orderType: null,
	rate: null,
	min: null,
	max: null,
	dripfeed: null,
	refill: null,
	cancel: null,
	description: '',
	...fields,
});

const catalogue: Service[] = [
	service({
		service: '101',
		name: 'Real & Active Followers',
		category: 'Instagram Followers',
		type: 'default',
		orderType: 'default',
		rate: 250,
		dripfeed: true,
		refill: true,
		cancel: true,
	}),
	service({
		service: '102',
		name: 'Likes from the World',
		category: 'Instagram Likes',
		type: 'Default',
		orderType: 'default',
		rate: 1.2,
		dripfeed: false,
		refill: false,
		cancel: true,
		description: 'Followers stay away',
	}),
	service({
		service: '107',
		name: 'YouTube',
		category: ' YouTube Comments ',
		type: 'custom_comments',
		orderType: 'customComments',
		rate: 18,
	}),
	service({ service: '1010', name: 'Old one', type: 'Hologram', rate: null }),
];

describe('services', () => {
	it.each<[string, ServiceFilters, string[]]>([
		['all without a filter', {}, ['101', '102', '107', '1010']],
		['a word of the name', { search: 'world' }, ['102']],
		['a word of the category', { search: 'FOLLOWERS' }, ['101']],
		['a word of the type', { search: 'holo' }, ['1010']],
		['a part of the ID', { search: '101' }, ['101', '1010']],
		['all of several words, in any order', { search: ' likes  instagram ' }, ['102']],
		['no service, if one word is nowhere', { search: 'instagram tiktok' }, []],
		['all for a search of blanks', { search: '  ' }, ['101', '102', '107', '1010']],
		['the whole category', { category: ' instagram followers' }, ['101']],
		['the category, whatever blanks it has', { category: 'YouTube Comments' }, ['107']],
		['no part of a category', { category: 'Instagram' }, []],
		['all for a category of blanks', { category: ' ' }, ['101', '102', '107', '1010']],
		['an order type', { type: 'customComments' }, ['107']],
		["the panel's spelling of a type", { type: 'Custom Comments' }, ['107']],
		['a type in any spelling', { type: 'default' }, ['101', '102']],
		['a type nobody else knows', { type: 'hologram' }, ['1010']],
		['all for an empty type', { type: '' }, ['101', '102', '107', '1010']],
		['IDs', { ids: ['107', '101', '999'] }, ['101', '107']],
		['all for no IDs', { ids: [] }, ['101', '102', '107', '1010']],
		['a rate from', { minRate: 18 }, ['101', '107']],
		['a rate up to', { maxRate: 18 }, ['102', '107']],
		['a rate between', { minRate: 1.3, maxRate: 249.99 }, ['107']],
		['any known rate from 0', { minRate: 0 }, ['101', '102', '107']],
		['no service up to 0', { maxRate: 0 }, []],
		['refill', { refill: true }, ['101']],
		['no refill, told or not', { refill: false }, ['102', '107', '1010']],
		['cancel', { cancel: true }, ['101', '102']],
		['no cancel', { cancel: false }, ['107', '1010']],
		['drip-feed', { dripfeed: true }, ['101']],
		['no drip-feed', { dripfeed: false }, ['102', '107', '1010']],
		['all filters at once', { search: 'followers', cancel: true, maxRate: 300 }, ['101']],
		['nothing, where filters have nothing in common', { refill: true, ids: ['102'] }, []],
	])('by %s', (_what, filters, ids) => {
		expect(catalogue.filter(serviceFilter(filters)).map((row) => row.service)).toStrictEqual(ids);
	});
});
