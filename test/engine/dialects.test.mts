import type { IDataObject } from 'n8n-workflow';

import { type Dialect, type SandboxPanel, startSandboxPanel } from '../sandbox/panel.mts';
import { type NodeRun, runNode } from './engine.mts';

/** What the operations come to on panels that other people wrote; the client's own tests show how. */
describe('a workflow on', () => {
	let panel: SandboxPanel;

	const speaking = (name: string, dialect: Dialect, tests: () => void) =>
		describe(name, () => {
			beforeAll(async () => {
				panel = await startSandboxPanel({ dialect });
			});
			beforeEach(() => {
				panel.reset();
				panel.seedOrders(1, { order: '1', status: 'Completed' });
				panel.seedOrders(1, { order: '2', status: 'Pending' });
				panel.seedOrders(1, { order: '3', status: 'Pending' });
			});
			afterAll(async () => await panel.close());
			tests();
		});
	const run = async (parameters: IDataObject, more: Partial<NodeRun> = {}) =>
		await runNode({
			panelUrl: panel.url,
			settings: { onError: 'continueErrorOutput' },
			...more,
			parameters: parameters as never,
		});
	const asked = () =>
		panel.requests.map(({ form: { order, orders } }) => (orders ? [orders] : (order ?? '')));

	speaking('CMSNT', 'cmsnt', () => {
		it('cancels two orders with the default Batch Size', async () => {
			const { json, failed } = await run({
				resource: 'order',
				operation: 'cancel',
				orderIds: '2,3',
				options: {},
			});
			expect(failed).toEqual([]);
			expect(json).toMatchObject([
				{ order: '2', cancelRequested: true },
				{ order: '3', cancelRequested: true },
			]);
			// The list form is tried once and remembered.
			expect(asked()).toEqual(['2', ['2'], ['3']]);
		});
	});

	speaking('a relative of Perfect Panel', 'perfectPanelClone', () => {
		it('refills orders one by one where a list grants nothing', async () => {
			panel.seedOrders(1, { order: '4', status: 'Completed' });
			const { json } = await run({
				resource: 'refill',
				operation: 'create',
				orderIds: '1,4',
				options: {},
			});
			expect(json).toMatchObject([
				{ order: '1', refill: '12345' },
				{ order: '4', refill: '12346' },
			]);
			expect(asked()).toEqual([['1,4'], '1', '4']);
		});

		it('says how to go on after a list that says nothing', async () => {
			const { failed } = await run({
				resource: 'order',
				operation: 'cancel',
				orderIds: '2,3',
				options: { batchSize: 100 },
			});
			expect(failed).toMatchObject([
				{ json: { message: expect.stringContaining('Batch Size 1'), details: { order: '2' } } },
				{ json: { message: expect.stringContaining('Batch Size 1'), details: { order: '3' } } },
			]);
			expect(panel.requests).toHaveLength(1);
		});
	});

	speaking('SmartPanel', 'smartPanel', () => {
		it('puts the orders of a drip-feed beside its state, and no currency', async () => {
			panel.misbehave({
				on: 'status',
				does: {
					kind: 'answer',
					body: '{"status":"In progress","runs":"3","orders":["904","905"]}',
				},
			});
			const { json } = await run({
				resource: 'order',
				operation: 'getStatus',
				orderIds: '903',
				options: {},
			});
			expect(json).toEqual([
				{
					order: '903',
					status: 'In progress',
					state: 'inProgress',
					isFinal: false,
					charge: null,
					currency: null,
					startCount: null,
					remains: null,
					runs: 3,
					orders: ['904', '905'],
				},
			]);
		});
	});

	speaking('a panel in PHP', 'laravel', () => {
		it('reads a catalogue that became an object, without its headings', async () => {
			const [likes, views] = [
				{ service: 7, name: 'Likes', rate: '1', min: '10', max: '50.000' },
				{ service: 9, name: 'Views', rate: '2', min: '100', max: '50.000' },
			];
			panel.misbehave({
				on: 'services',
				does: {
					kind: 'answer',
					body: JSON.stringify({ 0: { name: '★ Instagram ★' }, 2: likes, 3: null, 5: views }),
				},
			});
			const { json } = await run({
				resource: 'service',
				operation: 'getMany',
				returnAll: true,
				filters: {},
			});
			expect(json).toMatchObject([
				{ service: '7', min: 10, max: null },
				{ service: '9', min: 100, max: 50000 },
			]);
		});

		it('reports states although lists come without IDs', async () => {
			const { json } = await run({
				resource: 'order',
				operation: 'getStatus',
				orderIds: '2,1',
				options: {},
			});
			expect(json).toMatchObject([
				{ order: '2', state: 'pending' },
				{ order: '1', state: 'completed' },
			]);
		});
	});
});
