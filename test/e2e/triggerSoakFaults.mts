import type { Scene } from './triggerScene.mts';
import { pick } from './triggerSoakOrders.mts';

/** A watch list that is in doubt, and a panel in trouble: one of both at a time. */
export class SoakFaults {
	private trouble?: string;

	constructor(private readonly scene: Scene) {
		scene.panel.misbehave({
			when: () => this.trouble === 'down',
			times: Infinity,
			does: { kind: 'status', status: 503, headers: { 'retry-after': '0' } },
		});
		scene.panel.misbehave({
			when: () => this.trouble === 'web page',
			times: Infinity,
			does: { kind: 'html', status: 403 },
		});
	}

	/** Shows the list as it is, from a panel that answers. */
	end(listed: readonly string[]): void {
		this.trouble = undefined;
		this.scene.proxy.drips = false;
		this.show(listed);
	}

	/** @returns what is wrong with the list from now on */
	doubtList(listed: readonly string[]): string {
		const { list } = this.scene;
		const some = new Set(pick(listed, listed.length / 2));
		const cell = (order: string) =>
			some.has(order) ? (pick(['#REF!', 'Loading...', ''], 1)[0] ?? '') : order;
		const doubts: Record<string, () => void> = {
			half: () => this.show(listed.filter((order) => !some.has(order))),
			cells: () => this.show(listed.map(cell)),
			empty: () => list.serve(''),
			page: () => list.serve('<!doctype html><title>Sorry</title>'),
			status: () => list.fail(500),
			'503': () => list.serve('503'),
			drip: () => list.drip(),
		};
		const [doubt = ''] = pick(Object.keys(doubts), 1);
		doubts[doubt]?.();
		return `list ${doubt}`;
	}

	/** @returns what is wrong with the panel from now on */
	disturbPanel(): string {
		const [trouble = ''] = pick(['down', 'web page', 'drip'], 1);
		this.trouble = trouble;
		this.scene.proxy.drips = trouble === 'drip';
		return `panel ${trouble}`;
	}

	private show(cells: readonly string[]): void {
		this.scene.list.serve(`order,customer\n${cells.map((cell) => `${cell},Ann`).join('\n')}`);
	}
}
