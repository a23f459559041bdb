import { setTimeout as pause } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { SavedWorkflow } from '../host/client.mts';
import { ListServer } from '../engine/triggerListServer.mts';
import { type N8n, startN8n } from '../host/n8n.mts';
import { workflow } from '../host/workflow.mts';
import { type SandboxPanel, startSandboxPanel } from '../sandbox/panel.mts';

/** n8n polls once a minute at most, and some of these tests wait for several polls. */
jest.setTimeout(1_200_000);

const TRIGGER = 'n8n-nodes-smm-panel.smmPanelTrigger';
const NODE = 'SMM Panel Trigger';
const twoPollsMs = 135_000;

const scheduler = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
};
const engines: Array<[string, Record<string, string>]> = [
	['default', {}],
	['scheduler', scheduler],
	['durable', { ...scheduler, N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true' }],
];

function triggerWorkflow(parameters: IDataObject) {
	return workflow([{ name: 'Seen', type: 'n8n-nodes-base.noOp' }], {
		trigger: {
			name: NODE,
			type: TRIGGER,
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...parameters } as never,
		},
	});
}

let lastStart: Promise<unknown> = Promise.resolve();

/** Starts one n8n after the other: together they would take each other's time to get ready. */
async function inTurn<Result>(start: () => Promise<Result>): Promise<Result> {
	const turn = lastStart.then(start, start);
	lastStart = turn.catch(() => undefined);
	return await turn;
}

/** A real n8n and a panel of its own. */
class Scene {
	readonly panel: SandboxPanel;
	readonly n8n: N8n;

	private constructor(panel: SandboxPanel, n8n: N8n) {
		this.panel = panel;
		this.n8n = n8n;
	}

	static async open(name: string, environment: Record<string, string> = {}): Promise<Scene> {
		const panel = await startSandboxPanel();
		const n8n = await inTurn(async () => await startN8n({ name: `trigger-${name}`, environment }));
		await n8n.client.createCredential({
			type: 'smmPanelApi',
			data: { url: panel.url, apiKey: panel.apiKey },
		});
		return new Scene(panel, n8n);
	}

	async close(): Promise<void> {
		await this.n8n.stop();
		await this.panel.close();
	}

	async watch(orders: string[]): Promise<SavedWorkflow> {
		return await this.n8n.client.importWorkflow(
			triggerWorkflow({ event: 'orderStatusChanged', orderIds: orders.join() }),
		);
	}

	/** What fired so far, oldest first, as "order: from > to". */
	async moves({ id }: SavedWorkflow): Promise<string[]> {
		const summaries = await this.n8n.client.executions(id);
		const executions = await Promise.all(
			summaries.reverse().map(async (summary) => await this.n8n.client.execution(summary.id)),
		);
		return executions.flatMap((execution) =>
			execution.json(NODE).map((item) => `${item.order}: ${item.previousState} > ${item.state}`),
		);
	}

	/** Waits until so many items fired. */
	async untilMoves(saved: SavedWorkflow, count: number, timeoutMs = twoPollsMs): Promise<string[]> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const seen = await this.moves(saved);
			if (seen.length >= count || Date.now() > deadline) return seen;
			await pause(1_000);
		}
	}

	/** Waits until the panel was asked about orders so often from now on. */
	async untilPolls(count: number): Promise<void> {
		const deadline = Date.now() + count * twoPollsMs;
		const before = this.panel.requests.length;
		while (this.panel.requests.length < before + count && Date.now() < deadline) await pause(500);
	}
}

describe('the trigger in the real n8n', () => {
	it.concurrent.each(engines)(
		'fires once for each change over a kill and a panel that is down: %s engine',
		async (name, environment) => {
			const scene = await Scene.open(name, environment);
			try {
				const { panel, n8n } = scene;
				const orders = panel.seedOrders(3) as [string, string, string];
				const saved = await scene.watch(orders);
				expect(await n8n.client.activate(saved.id)).toMatchObject({ status: 'published' });
				await scene.untilPolls(1);
				expect(await scene.moves(saved)).toEqual([]);

				panel.setOrder(orders[0], { status: 'In progress' });
				const first = `${orders[0]}: pending > inProgress`;
				expect(await scene.untilMoves(saved, 1)).toEqual([first]);

				await n8n.kill('SIGKILL');
				panel.setOrder(orders[0], { status: 'Completed' });
				panel.setOrder(orders[1], { status: 'Cancelled' });
				let isDown = true;
				panel.misbehave({
					when: () => isDown,
					times: Infinity,
					does: { kind: 'status', status: 503 },
				});
				await inTurn(async () => await n8n.start());
				await scene.untilPolls(2);
				isDown = false;
				const all = [
					first,
					`${orders[0]}: inProgress > completed`,
					`${orders[1]}: pending > canceled`,
				];
				expect(await scene.untilMoves(saved, 3)).toEqual(all);

				await scene.untilPolls(1);
				await pause(5_000);
				expect(await scene.moves(saved)).toEqual(all);
			} finally {
				await scene.close();
			}
		},
	);

	it.concurrent('activates, shows test events and fails in plain words', async () => {
		const scene = await Scene.open('editor');
		try {
			const { panel, n8n } = scene;
			const { client } = n8n;
			const orders = panel.seedOrders(2);

			const sample = await client.runWorkflow(await scene.watch(orders));
			expect(sample.status).toBe('success');
			expect(sample.json(NODE)).toMatchObject([
				{ order: orders[0], state: 'pending', previousState: null },
				{ order: orders[1], state: 'pending' },
			]);

			const unknown = await scene.watch(['1', '2']);
			const refused = await client.activate(unknown.id);
			expect(refused.status).toBe('failed');
			expect(JSON.stringify(refused)).toContain('Incorrect order ID');

			const list = await new ListServer().start();
			list.serve(`order,customer\n${orders.join(',Ann\n')},Bob`);
			const header = await client.createCredential({
				type: 'smmPanelWatchListApi',
				data: { url: list.url, headerName: 'X-Sheet-Key', headerSecret: 'Bearer a-list-secret' },
			});
			expect(await client.testCredential(header)).toMatchObject({ status: 'OK' });
			const fromUrl = triggerWorkflow({
				event: 'orderStatusChanged',
				watchFrom: 'url',
				watchUrl: list.url,
			});
			Object.assign(fromUrl.nodes[0] as object, { credentials: { smmPanelWatchListApi: {} } });
			const listed = await client.runWorkflow(fromUrl);
			expect(listed.json(NODE).map(({ order }) => order)).toEqual(orders);
			expect(list.requests.map(({ headers }) => headers['x-sheet-key'])).toEqual([
				'Bearer a-list-secret',
				'Bearer a-list-secret',
			]);
			list.fail(403);
			const unread = await client.runWorkflow(fromUrl);
			expect(unread.error?.message).toBe('The watch list cannot be read');
			expect(listed.text + unread.text).not.toContain('a-list-secret');
			await list.close();

			await client.createCredential({
				type: 'smmPanelApi',
				data: { url: panel.url, apiKey: 'a-wrong-api-key' },
			});
			const wrongKey = await client.activate((await scene.watch(orders)).id);
			expect(wrongKey.status).toBe('failed');
			expect(JSON.stringify(wrongKey)).toMatch(/invalid api key/i);
			expect(n8n.log()).not.toContain(panel.apiKey);
			expect(n8n.log()).not.toContain('a-wrong-api-key');
			expect(n8n.log()).not.toContain('a-list-secret');
		} finally {
			await scene.close();
		}
	});
});
