import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { workflow } from '../host/workflow.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';

jest.setTimeout(180_000);

const PLACE = 'Place';

describe('an n8n that blocks the address of the panel', () => {
	let panel: SandboxPanel;
	let n8n: N8n;

	beforeAll(async () => {
		panel = await startSandboxPanel();
		n8n = await startN8n({
			name: 'blocked',
			environment: { N8N_SSRF_PROTECTION_ENABLED: 'true' },
		});
		await n8n.client.createCredential({
			type: 'smmPanelApi',
			data: { url: panel.url, apiKey: panel.apiKey },
		});
	});
	afterAll(async () => {
		await n8n?.stop();
		await panel?.close();
	});

	it('tells of an order as a failure, and lets it through with the same key when it blocks no more', async () => {
		const parameters = {
			resource: 'order',
			operation: 'create',
			service: { __rl: true, mode: 'id', value: '101' },
			link: 'https://www.instagram.com/p/blocked',
			quantity: 100,
			idempotencyKey: 'row 1',
		};
		const { id } = await n8n.client.importWorkflow(
			workflow([{ name: PLACE, type: 'n8n-nodes-smm-panel.smmPanel', parameters }]),
		);

		const { error } = await n8n.client.runWorkflow(id);
		expect(error?.message).toBe('The panel cannot be reached');
		expect(error?.description).toContain('blocked');
		expect(error?.description).not.toContain('may have been carried out');
		expect(panel.requests).toHaveLength(0);

		await n8n.restart({ environment: {} });
		const execution = await n8n.client.runWorkflow(id);
		expect(execution.json(PLACE)).toMatchObject([{ order: expect.any(String) }]);
		expect(panel.requestsFor('add')).toHaveLength(1);
	});
});
