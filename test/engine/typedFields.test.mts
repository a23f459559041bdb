import type { IDataObject } from 'n8n-workflow';

import { DeduplicationStore } from './deduplicationStore.mts';
import { runNode } from './engine.mts';
import { panelForTests } from '../support/panelForTests.mts';

const store = new DeduplicationStore();
const panel = panelForTests();

beforeAll(async () => {
	await store.install();
});
beforeEach(async () => {
	await store.clearAllProcessedItems();
});

const rows = [
	{ link: 'https://www.instagram.com/p/1', row: 2 },
	{ link: 'https://www.instagram.com/p/2', row: 3 },
];
const create = async (parameters: IDataObject) =>
	await runNode({
		panelUrl: panel.url,
		items: rows,
		parameters: {
			resource: 'order',
			operation: 'create',
			service: { __rl: true, mode: 'id', value: '102' },
			link: '={{ $json.link }}',
			quantity: 100,
			...parameters,
		} as never,
	});

describe('an expression that was typed into a field which is still on Fixed', () => {
	it.each([
		['link', 'Link'],
		['quantity', 'Quantity'],
		['idempotencyKey', 'Idempotency Key'],
	])('is not ordered with: %s', async (name, label) => {
		const { error } = await create({ [name]: '{{ $json.row }}' });
		expect(error?.message).toBe('Nothing was sent: 2 fields need fixing');
		expect(error?.description).toContain(
			`${label} holds "{{ $json.row }}", which is the text of an expression: switch the field from Fixed to Expression`,
		);
		expect(panel.requests).toHaveLength(0);
	});

	it('is no price limit', async () => {
		const { error } = await create({ maxCost: '{{ $json.row }}' });
		expect(error?.description).toContain('switch the field from Fixed to Expression');
		expect(panel.requests).toHaveLength(0);
	});

	it('is no extra field', async () => {
		const extraFields = { field: [{ name: 'coupon', value: '{{ $json.row }}' }] };
		const { error } = await create({ options: { extraFields } });
		expect(error?.description).toContain('Extra Fields "coupon" holds "{{ $json.row }}"');
		expect(panel.requests).toHaveLength(0);
	});

	it('is no order to ask about', async () => {
		const { error } = await runNode({
			panelUrl: panel.url,
			items: rows,
			parameters: { resource: 'order', operation: 'getStatus', orderIds: '{{ $json.order }}' },
		});
		expect(JSON.stringify([error?.message, error?.description])).toContain(
			'switch the field from Fixed to Expression',
		);
		expect(panel.requests).toHaveLength(0);
	});
});

describe('a field that cannot be read', () => {
	it.each([
		['link', 'Link'],
		['idempotencyKey', 'Idempotency Key'],
		['maxCost', 'Maximum Cost'],
	])('is one problem of its row, by its name on the screen: %s', async (name, label) => {
		const { error } = await create({ [name]: '={{ $("Nowhere").item.json.x }}' });
		expect(error?.message).toBe('Nothing was sent: 2 fields need fixing');
		expect(error?.description).toContain(`${label} cannot be read`);
	});
});

it('does not send a person to a field that the picked service shows already', async () => {
	const cachedResultName = 'Comments | 12 per 1k | 107 | 2 to 500 | Custom Comments';
	const service = { __rl: true, mode: 'list', value: '107', cachedResultName };
	const { error } = await create({ service, comments: '' });
	expect(error?.description).toContain('Comments is required');
	expect(error?.description).not.toContain('Order Type');
});
