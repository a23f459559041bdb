import { runNode } from './engine.mts';
import { panelForTests } from '../support/panelForTests.mts';

/** IDs are read in a short way where an expression only names a field. It has to give what n8n itself would give. */
describe('parameters of many items', () => {
	const panel = panelForTests();

	const idsAsked = async (orderIds: string, items: object[]) => {
		await runNode({
			panelUrl: panel.url,
			parameters: { resource: 'order', operation: 'getStatus', orderIds },
			items: items as never,
			settings: { onError: 'continueErrorOutput' },
		});
		return panel.requests.flatMap(({ form }) => (form.orders ?? form.order ?? '').split(','));
	};

	it.each([
		['={{ $json.order }}', { order: '7' }],
		['={{$json.order}}', { order: 7 }],
		["={{ $json['Order ID'] }}", { 'Order ID': '7' }],
		['={{ $json["Order ID"] }}', { 'Order ID': '7' }],
		['={{ $json.row.order }}', { row: { order: '7' } }],
		["={{ $json.row['order'] }}", { row: { order: '7' } }],
		['={{ $json.orders }}', { orders: ['7'] }],
		['={{ $json.order.trim() }}', { order: ' 7 ' }],
		['={{ $json.order }} ', { order: '7' }],
		['={{ $json.a || $json.b }}', { b: '7' }],
		['={{ $json.text.length }}', { text: 'seven!!' }],
		['=7', {}],
		['7', {}],
	])('%s', async (expression, item) => {
		expect(await idsAsked(expression, [item, { ...item }])).toEqual(['7']);
	});

	it('differ from item to item where they do', async () => {
		expect(
			await idsAsked('={{ $json.order }}', [{ order: '1' }, { order: 2 }, {}, { order: '3' }]),
		).toEqual(['1', '2', '3']);
	});
});
