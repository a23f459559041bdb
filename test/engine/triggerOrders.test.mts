import { type SandboxPanel, startSandboxPanel } from '../sandbox/panel.mts';
import { engineKinds, TriggerEngine, type TriggerSetup } from './triggerEngines.mts';

let panel: SandboxPanel;
beforeAll(async () => {
	panel = await startSandboxPanel();
});
beforeEach(() => panel.reset());
afterAll(async () => await panel.close());

function engineFor(parameters: TriggerSetup['parameters'], more: Partial<TriggerSetup> = {}) {
	return new TriggerEngine({
		parameters: { event: 'orderStatusChanged', ...parameters },
		credentials: { smmPanelApi: { url: panel.url, apiKey: panel.apiKey } },
		...more,
	});
}

describe.each(engineKinds)('Order Status Changed in the %s engine', (kind) => {
	it('notes how things stand first, and fires nothing', async () => {
		const [order] = panel.seedOrders(1);
		const engine = engineFor({ orderIds: order }, { kind });
		await engine.activate();
		await engine.tick();
		expect(engine.executions).toEqual([]);
	});

	it('fires once for a change, with both states', async () => {
		const [order] = panel.seedOrders(1);
		const engine = engineFor({ orderIds: order }, { kind });
		await engine.activate();
		panel.setOrder(order as string, { status: 'Completed', startCount: 5 });
		await engine.tick();
		await engine.tick();
		expect(engine.executions).toEqual([
			[
				{
					event: 'orderStatusChanged',
					order,
					status: 'Completed',
					state: 'completed',
					isFinal: true,
					previousStatus: 'Pending',
					previousState: 'pending',
					charge: expect.any(Number),
					currency: 'USD',
					startCount: 5,
					remains: 0,
				},
			],
		]);
	});
});
