import { events } from '../../nodes/SmmPanelTrigger/events/index.ts';
import { type SandboxPanel, startSandboxPanel } from '../sandbox/panel.mts';
import { ask } from '../support/sandboxClient.mts';
import { engineKinds, TriggerEngine } from './triggerEngines.mts';

jest.setTimeout(30_000);

describe.each(engineKinds)('Refill Status Changed in the %s engine', (kind) => {
	let panel: SandboxPanel;
	let refills: string[];
	beforeEach(async () => {
		panel = await startSandboxPanel();
		const service = panel.services.find(({ refill }) => refill)?.service;
		const orders = panel.seedOrders(2, { service: String(service), status: 'Completed' });
		for (const order of orders) await ask(panel, { action: 'refill', order });
		refills = [...panel.refills.keys()];
		panel.forgetRequests();
	});
	afterEach(async () => await panel.close());

	const engineFor = (parameters: object) =>
		new TriggerEngine({
			kind,
			parameters: { event: 'refillStatusChanged', ...parameters },
			credentials: { smmPanelApi: { url: panel.url, apiKey: panel.apiKey } },
		});

	it('fires once for a change, with the status before and after, and leaves finished ones alone', async () => {
		const [first, second] = refills as [string, string];
		const engine = engineFor({ refillIds: refills.join() });
		await engine.activate();
		await engine.tick();
		panel.setRefill(first, { status: 'Rejected' });
		await engine.tick();
		panel.forgetRequests();
		await engine.tick();
		expect(engine.executions).toEqual([
			[
				{
					event: 'refillStatusChanged',
					refill: first,
					status: 'Rejected',
					state: 'rejected',
					isFinal: true,
					previousStatus: 'Pending',
					previousState: 'pending',
				},
			],
		]);
		expect(events.refillStatusChanged?.output.safeParse(engine.items[0]).success).toBe(true);
		expect(panel.requests.map(({ form }) => form.refill)).toEqual([second]);
	});

	it('delivers what changed while n8n was down, and keeps its state beside that of orders', async () => {
		const engine = engineFor({ refillIds: refills.join() });
		await engine.activate();
		await engine.tick();
		panel.setRefill(refills[1] as string, { status: 'Completed' });
		await engine.restart();
		await engine.tick();
		await engine.tick();
		expect(engine.items).toMatchObject([{ refill: refills[1], state: 'completed' }]);
		expect(Object.keys(engine.saved)).toEqual(['refills']);
	});
});
