import type { IDataObject, INode } from 'n8n-workflow';

import type { N8nClient } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { until } from '../support/until.mts';
import { workflow } from '../host/workflow.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';

jest.setTimeout(180_000);

const PLACE = 'Place';

describe('what users do with orders besides letting them be placed', () => {
	let panel: SandboxPanel;
	let otherPanel: SandboxPanel;
	let n8n: N8n;
	let client: N8nClient;

	beforeAll(async () => {
		panel = await startSandboxPanel({ balance: 10_000 });
		otherPanel = await startSandboxPanel({ apiKey: 'key-of-the-other-panel' });
		n8n = await startN8n({ name: 'unusual' });
		client = n8n.client;
		await client.createCredential({
			type: 'smmPanelApi',
			data: { url: panel.url, apiKey: panel.apiKey },
		});
	});
	beforeEach(() => panel.reset());
	afterAll(async () => {
		await n8n?.stop();
		await panel?.close();
		await otherPanel?.close();
	});

	const link = (row: number) => `https://www.instagram.com/p/unusual-${row}`;
	const placing = (items: IDataObject[], settings: Partial<INode> = {}) =>
		workflow(
			[
				{
					name: PLACE,
					type: 'n8n-nodes-smm-panel.smmPanel',
					parameters: {
						resource: 'order',
						operation: 'create',
						service: { __rl: true, mode: 'id', value: '101' },
						link: '={{ $json.link }}',
						quantity: 100,
						options: { parallelOrders: 1 },
					},
					...settings,
				},
			],
			{ items },
		);
	const rows = [1, 2, 3].map((row) => ({ row, link: link(row) }));

	describe('stopping the execution while an order is under way', () => {
		async function stopAtRow2(): Promise<string> {
			const executionId = await client.startWorkflow(placing(rows));
			await until(
				'row 2 is under way',
				30_000,
				() => panel.requestsFor('add').length,
				(count) => count === 2,
			);
			await client.request('POST', `/rest/executions/${executionId}/stop`);
			expect((await client.executionEnd(executionId)).status).toBe('canceled');
			return executionId;
		}

		const untilLogged = async (text: string) =>
			await until(
				`the log tells "${text}"`,
				30_000,
				() => n8n.log(),
				(log) => log.includes(text),
			);

		it("sends no further one, and the ID of that one comes into n8n's log, which is all that n8n keeps", async () => {
			panel.misbehave({
				on: 'add',
				when: (form) => form.link === link(2),
				does: { kind: 'delay', milliseconds: 2000 },
			});
			const executionId = await stopAtRow2();
			await untilLogged(`Execution ${executionId} may have placed an order: item 1`);
			const answered = new RegExp(
				`Execution ${executionId} had been stopped when the answer to .*${link(2)}.* came: .*23502`,
			);
			await until(
				'the log has the ID',
				30_000,
				() => n8n.log(),
				(log) => answered.test(log),
			);
			expect(n8n.log()).not.toContain(panel.apiKey);
			expect(panel.requestsFor('add')).toHaveLength(2);
		});

		it("tells n8n's log of an order whose outcome is unknown", async () => {
			panel.misbehave({
				on: 'add',
				when: (form) => form.link === link(2),
				does: { kind: 'dropAfter' },
			});
			const { id } = await client.runWorkflow(placing(rows));
			await untilLogged(
				`Execution ${id} may have placed an order: item 1, service 101, link ${link(2)}`,
			);
		});
	});

	it('a credential that is another account for each item sends each order to its own', async () => {
		const { id, name } = await client.createCredential({
			type: 'smmPanelApi',
			name: 'By item',
			data: { url: '={{ $json.url }}', apiKey: '={{ $json.apiKey }}' },
		});
		const settings = { credentials: { smmPanelApi: { id, name } } };
		const account = ({ url, apiKey }: SandboxPanel) => ({ url, apiKey });

		const mixed = [panel, panel, otherPanel].map((one, row) => ({ ...rows[row], ...account(one) }));
		const execution = await client.runWorkflow(placing(mixed, settings));
		expect(execution.json(PLACE).map((item) => item.link)).toEqual([1, 2, 3].map(link));
		const linksOn = (one: SandboxPanel) => one.requestsFor('add').map(({ form }) => form.link);
		expect(linksOn(panel)).toEqual([link(1), link(2)]);
		expect(linksOn(otherPanel)).toEqual([link(3)]);

		const same = rows.map((row) => ({ ...row, ...account(otherPanel) }));
		expect((await client.runWorkflow(placing(same, settings))).error).toBeUndefined();
		expect(linksOn(otherPanel)).toHaveLength(4);
	});
});
