import { type SandboxPanel, startSandboxPanel } from '../sandbox/panel.mts';
import { runNode } from './engine.mts';
import { TriggerEngine } from './triggerEngines.mts';

jest.setTimeout(60_000);

let panel: SandboxPanel;
afterEach(async () => await panel.close());

const statusOf = async (ids: readonly string[]) =>
	await runNode({
		parameters: { resource: 'order', operation: 'getStatus', orderIds: '={{ $json.id }}' },
		items: ids.map((id) => ({ id })),
		panelUrl: panel.url,
	});

describe('the status of many orders', () => {
	it('is asked with up to 20 calls at a time where the panel keeps pace', async () => {
		panel = await startSandboxPanel({ latencyMs: 40 });
		const ids = panel.seedOrders(6000);
		const { json } = await statusOf(ids);
		expect(json.map(({ order }) => order)).toEqual(ids);
		expect(panel.requests).toHaveLength(60);
		expect(panel.peakParallel).toBeGreaterThan(5);
		expect(panel.peakParallel).toBeLessThanOrEqual(20);
	});

	it('shares these calls between all executions of the account', async () => {
		panel = await startSandboxPanel({ latencyMs: 40 });
		const ids = panel.seedOrders(4000);
		const runs = await Promise.all([statusOf(ids), statusOf(ids), statusOf(ids)]);
		for (const { json } of runs) expect(json).toHaveLength(4000);
		expect(panel.requests).toHaveLength(120);
		expect(panel.peakParallel).toBeLessThanOrEqual(20);
	});

	it('shares them between all triggers of the account', async () => {
		panel = await startSandboxPanel({ latencyMs: 40 });
		const ids = panel.seedOrders(4000);
		const triggers = [1, 2, 3].map(
			() =>
				new TriggerEngine({
					parameters: { event: 'orderStatusChanged', orderIds: ids.join() },
					credentials: { smmPanelApi: { url: panel.url, apiKey: panel.apiKey } },
				}),
		);
		await Promise.all(triggers.map(async (trigger) => await trigger.activate()));
		expect(panel.requests).toHaveLength(120);
		expect(panel.peakParallel).toBeGreaterThan(5);
		expect(panel.peakParallel).toBeLessThanOrEqual(20);
	});

	it('loses nothing on a panel that allows few requests, of which few are refused', async () => {
		panel = await startSandboxPanel({ latencyMs: 20, requestsPerSecond: 8 });
		const ids = panel.seedOrders(3000);
		const { json } = await statusOf(ids);
		expect(json.map(({ order }) => order)).toEqual(ids);
		const refused = panel.requests.filter(({ answered }) => answered === 429);
		expect(refused.length).toBeLessThanOrEqual(12);
	});
});
