import { setTimeout as pause } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { SavedWorkflow } from '../host/client.mts';
import type { Execution } from '../host/execution.mts';
import { type N8n, startN8n } from '../host/n8n.mts';
import { until } from '../support/until.mts';
import { workflow } from '../host/workflow.mts';
import { DrippingPanel } from '../engine/triggerDrip.mts';
import { ListServer } from '../engine/triggerListServer.mts';
import { type SandboxPanel, startSandboxPanel } from '../sandbox/panel.mts';

export const NODE = 'SMM Panel Trigger';
const TRIGGER = 'n8n-nodes-smm-panel.smmPanelTrigger';
/** n8n polls once a minute at most. */
export const twoPollsMs = 135_000;

const scheduler = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
};
/** The ways in which n8n polls, each with the environment variables that switch it on. */
export const engines: Array<[string, Record<string, string>]> = [
	['default', {}],
	['scheduler', scheduler],
	['durable', { ...scheduler, N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true' }],
];

export function triggerWorkflow(parameters: IDataObject) {
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
export async function inTurn<Result>(start: () => Promise<Result>): Promise<Result> {
	const turn = lastStart.then(start, start);
	lastStart = turn.catch(() => undefined);
	return await turn;
}

/** A real n8n, a panel that can drip, and a watch list of its own. */
export class Scene {
	readonly panel: SandboxPanel;
	readonly proxy: DrippingPanel;
	readonly list: ListServer;
	readonly n8n: N8n;

	private constructor(panel: SandboxPanel, proxy: DrippingPanel, list: ListServer, n8n: N8n) {
		this.panel = panel;
		this.proxy = proxy;
		this.list = list;
		this.n8n = n8n;
	}

	static async open(name: string, environment: Record<string, string> = {}): Promise<Scene> {
		const panel = await startSandboxPanel();
		const proxy = await new DrippingPanel(panel.url).start();
		const list = await new ListServer().start();
		const n8n = await inTurn(async () => await startN8n({ name: `trigger-${name}`, environment }));
		await n8n.client.createCredential({
			type: 'smmPanelApi',
			data: { url: proxy.url, apiKey: panel.apiKey },
		});
		return new Scene(panel, proxy, list, n8n);
	}

	async close(): Promise<void> {
		await this.n8n.stop();
		await this.proxy.close();
		await this.list.close();
		await this.panel.close();
	}

	async watch(orders: string[]): Promise<SavedWorkflow> {
		return await this.n8n.client.importWorkflow(
			triggerWorkflow({ event: 'orderStatusChanged', orderIds: orders.join() }),
		);
	}

	async watchList(more: IDataObject = {}): Promise<SavedWorkflow> {
		return await this.n8n.client.importWorkflow(
			triggerWorkflow({
				event: 'orderStatusChanged',
				watchFrom: 'url',
				watchUrl: this.list.url,
				...more,
			}),
		);
	}

	/** The executions so far, the oldest first; those that a failed poll reported are not among them. */
	async executions({ id }: SavedWorkflow): Promise<Execution[]> {
		const summaries = await this.n8n.client.executions(id);
		const all = await Promise.all(
			summaries.reverse().map(async (summary) => await this.n8n.client.execution(summary.id)),
		);
		return all.filter((execution) => execution.error === undefined);
	}

	/** What fired so far, oldest first, as "order: from > to". */
	async moves(saved: SavedWorkflow): Promise<string[]> {
		return (await this.executions(saved)).flatMap((execution) =>
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
		const before = this.panel.requests.length;
		await until(
			'the panel is asked',
			count * twoPollsMs,
			() => this.panel.requests.length,
			(asked) => asked >= before + count,
		);
	}

	/** Waits until the watch list was fetched so often from now on. */
	async untilFetched(count: number): Promise<void> {
		const before = this.list.requests.length;
		await until(
			'the watch list is fetched',
			count * twoPollsMs,
			() => this.list.requests.length,
			(fetched) => fetched >= before + count,
		);
	}
}
