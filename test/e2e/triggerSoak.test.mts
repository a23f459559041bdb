import { setTimeout as pause } from 'node:timers/promises';

import { NODE, Scene, engines, inTurn, twoPollsMs } from './triggerScene.mts';
import { until } from '../host/until.mts';
import type { SavedWorkflow } from '../host/client.mts';

/**
 * For how long faults come at random: set TRIGGER_SOAK_MINUTES, or run the npm script "soak" for a quarter of an hour.
 */
const minutes = Number(
	process.env.TRIGGER_SOAK_MINUTES ?? (process.env.npm_lifecycle_event === 'soak' ? 15 : 3),
);
/** n8n with durable cursors polls less often after polls that failed. */
const calmDownMs = 15 * 60_000;
const actionEveryMs = 8_000;
/** A fault lasts long enough for a poll to meet it. */
const faultMs = 65_000;

jest.setTimeout(minutes * 60_000 + 2 * calmDownMs);

const deck = [
	'list',
	'list',
	'list',
	'panel',
	'panel',
	'restart',
	'kill',
	'restartInTrouble',
	'restartInDoubt',
	'join',
];
const life = ['Pending', 'Processing', 'In progress', 'Partial'];
const states = ['pending', 'processing', 'inProgress', 'partial'];

/** A list of orders and a panel whose orders move, lists that break, calls that fail and an n8n that dies. */
class Soak {
	readonly deeds: string[] = [];
	private readonly stages = new Map<string, number>();
	private readonly waiting: string[];
	private listed: string[];
	private readonly deck: string[] = [];
	private until = 0;
	private faulty?: () => void;
	private isPanelDown = false;
	private isWebPage = false;

	constructor(private readonly scene: Scene) {
		const orders = scene.panel.seedOrders(130);
		this.listed = orders.slice(0, 110);
		this.waiting = orders.slice(110);
		for (const order of this.listed) this.stages.set(order, 0);
		this.showList();
		scene.panel.misbehave({
			when: () => this.isPanelDown,
			times: Infinity,
			does: { kind: 'status', status: 503, headers: { 'retry-after': '0' } },
		});
		scene.panel.misbehave({
			when: () => this.isWebPage,
			times: Infinity,
			does: { kind: 'html', status: 403 },
		});
	}

	async run(): Promise<void> {
		const end = Date.now() + minutes * 60_000;
		while (Date.now() < end) {
			this.moveSome();
			if (this.faulty && Date.now() > this.until) this.calm();
			else if (!this.faulty) await this.nextDeed();
			await pause(actionEveryMs);
		}
		this.calm();
	}

	/** Ends the fault that is there. */
	calm(): void {
		this.faulty?.();
		this.faulty = undefined;
		this.showList();
	}

	/** What is wrong with what fired: for each order the moves have to lead from its first state to its last. */
	problems(moves: readonly string[]): string[] {
		return [...this.stages].flatMap(([order, stage]) => {
			let at = 'pending';
			const problems: string[] = [];
			for (const move of moves.filter((one) => one.startsWith(`${order}:`))) {
				const [, from, to = ''] = /: (\w+) > (\w+)$/.exec(move) ?? [];
				if (from !== at) problems.push(`${move}, but it was ${at}`);
				at = to;
			}
			if (at !== states[stage]) problems.push(`${order} is ${states[stage]}, but ${at} fired last`);
			return problems;
		});
	}

	/** All kinds of deeds in a random order, and again when all were done. */
	private async nextDeed(): Promise<void> {
		if (this.deck.length === 0) this.deck.push(...pick(deck, deck.length));
		switch (this.deck.pop()) {
			case 'list':
				return this.doubtList();
			case 'panel':
				return this.disturbPanel();
			case 'join':
				return this.join();
			case 'restart':
				return await this.restart('SIGTERM');
			case 'kill':
				return await this.restart('SIGKILL');
			case 'restartInTrouble':
				this.disturbPanel();
				return await this.restart('SIGTERM');
			case 'restartInDoubt':
				this.doubtList();
				return await this.restart('SIGKILL');
		}
	}

	private moveSome(): void {
		for (const order of pick([...this.stages.keys()], 2)) {
			const stage = Math.min((this.stages.get(order) ?? 0) + 1, life.length - 1);
			this.stages.set(order, stage);
			this.scene.panel.setOrder(order, { status: life[stage] as string });
		}
	}

	private doubtList(): void {
		const cell = () => pick(['#REF!', 'Loading...', ''], 1)[0] as string;
		const some = new Set(pick(this.listed, this.listed.length / 2));
		const [doubt = ''] = pick(['half', 'cells', 'empty', 'page', 'status', '503', 'drip'], 1);
		const show: Record<string, () => void> = {
			half: () => this.show(this.listed.filter((order) => !some.has(order))),
			cells: () => this.show(this.listed.map((order) => (some.has(order) ? cell() : order))),
			empty: () => this.scene.list.serve(''),
			page: () => this.scene.list.serve('<!doctype html><title>Sorry</title>'),
			status: () => this.scene.list.fail(500),
			'503': () => this.scene.list.serve('503'),
			drip: () => this.scene.list.drip(),
		};
		show[doubt]?.();
		this.begin(`list ${doubt}`, () => {});
	}

	private disturbPanel(): void {
		const [fault = ''] = pick(['down', 'web page', 'drip'], 1);
		this.isPanelDown = fault === 'down';
		this.isWebPage = fault === 'web page';
		this.scene.proxy.drips = fault === 'drip';
		this.begin(`panel ${fault}`, () => {
			this.isPanelDown = this.isWebPage = this.scene.proxy.drips = false;
		});
	}

	/** Orders join the list, and stand still until they were surely seen and saved. */
	private join(): void {
		const [order] = this.waiting.splice(0, 1);
		if (order === undefined) return;
		this.listed.push(order);
		this.showList();
		this.deeds.push('join');
		setTimeout(() => this.stages.set(order, 0), 5 * 60_000).unref();
	}

	private async restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
		const { n8n, panel } = this.scene;
		// A kill may not hit the moment in which n8n saves and starts: what is lost then is n8n's.
		const asked = panel.requests.length;
		await pause(3_000);
		if (signal === 'SIGKILL' && panel.requests.length > asked) return;
		this.deeds.push(signal);
		await n8n.kill(signal);
		await pause(Math.random() * 20_000);
		await inTurn(async () => await n8n.start());
	}

	private begin(deed: string, end: () => void): void {
		this.deeds.push(deed);
		this.until = Date.now() + faultMs;
		this.faulty = end;
	}

	private showList(): void {
		this.show(this.listed);
	}

	private show(cells: readonly string[]): void {
		this.scene.list.serve(`order,customer\n${cells.map((cell) => `${cell},Ann`).join('\n')}`);
	}
}

function pick<Value>(values: readonly Value[], count: number): Value[] {
	return [...values].sort(() => Math.random() - 0.5).slice(0, count);
}

/** Waits until every change has fired, or no more comes. */
async function settled(scene: Scene, saved: SavedWorkflow, soak: Soak): Promise<string[]> {
	const deadline = Date.now() + calmDownMs;
	for (;;) {
		const moves = await scene.moves(saved);
		if (soak.problems(moves).length === 0 || Date.now() > deadline) return moves;
		await pause(5_000);
	}
}

describe(`the trigger in ${minutes} minutes of random faults and restarts`, () => {
	it.concurrent.each(engines)(
		'misses and repeats nothing: %s engine',
		async (name, environment) => {
			const scene = await Scene.open(`soak-${name}`, environment);
			try {
				const soak = new Soak(scene);
				const saved = await scene.watchList();
				expect(await scene.n8n.client.activate(saved.id)).toMatchObject({ status: 'published' });
				await until(
					'the panel is asked',
					twoPollsMs,
					() => scene.panel.requests.length,
					(count) => count > 0,
				);
				await pause(3_000);
				await soak.run();
				const moves = await settled(scene, saved, soak);
				const fired = (await scene.executions(saved)).map(
					(execution) => execution.json(NODE).length,
				);
				const empty = fired.filter((count) => count === 0).length;
				console.log(
					`${name}: ${moves.length} changes in ${fired.length} executions, ${empty} of them without items; deeds: ${soak.deeds.join(', ')}`,
				);
				expect(soak.problems(moves)).toEqual([]);
			} finally {
				await scene.close();
			}
		},
	);
});
