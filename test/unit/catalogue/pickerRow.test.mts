import { readPickedRow, rowOf } from '../../../nodes/catalogue/pickerRow.ts';
import type { Service } from '../../../nodes/panelApi/answers/services.ts';

const likes: Service = {
	service: '102',
	name: 'Instagram Likes [Instant, No Refill, Max 50k, Worldwide]',
	category: 'Instagram Likes',
	type: 'Default',
	orderType: 'default',
	rate: 1.2,
	min: 10,
	max: 50_000,
	dripfeed: null,
	refill: null,
	cancel: null,
	description: '',
};

/** About as much of a row as n8n's editor shows in its list, and of the picked one. */
const shownInList = 48;
const shownPicked = 34;

describe('a row of the picker', () => {
	it('shows name, price and ID in the list, and the price of what was picked', () => {
		const row = rowOf(likes);
		expect(row).toBe('Instagram Likes [Instan… | 1.2 per 1k | 102 | 10 to 50k | Default');
		expect(row.slice(0, shownInList)).toContain('1.2 per 1k | 102');
		expect(row.slice(0, shownPicked)).toContain('| 1.2');
	});

	it.each<[string, Partial<Service>, object]>([
		['a type and limits', {}, { orderType: 'default', min: 10, max: 50_000 }],
		['limits that are not round', { min: 1, max: 12_345 }, { min: 1, max: 12_345 }],
		['limits in millions', { min: 1500, max: 2_500_000 }, { min: 1500, max: 2_500_000 }],
		['no limits', { min: null, max: null }, { min: null, max: null }],
		['a package', { orderType: 'package' }, { orderType: 'package', min: null, max: null }],
		['a type nobody knows', { orderType: null, type: 'Magic' }, { orderType: undefined }],
		['a name with bars', { name: 'Likes | 5 to 7 | Package' }, { orderType: 'default', min: 10 }],
		['a name from right to left', { name: 'لايكات انستقرام' }, { orderType: 'default', min: 10 }],
		['no name', { name: '' }, { orderType: 'default', min: 10 }],
		['an ID that is not a number', { service: 'srv_9f' }, { min: 10 }],
	])('is read as it was written: %s', (_what, changes, expected) => {
		const service = { ...likes, ...changes };
		expect(readPickedRow(rowOf(service), service.service)).toMatchObject(expected);
	});

	it('says nothing of another service than the one in its row', () => {
		expect(readPickedRow(rowOf(likes), '103')).toBeUndefined();
		expect(readPickedRow(undefined, '102')).toBeUndefined();
		expect(readPickedRow('102', '102')).toBeUndefined();
	});
});
