import { orderStateOf } from '../../nodes/panelApi/vocabulary/statusWords.ts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import type { EngineKind, KillPoint } from './triggerEngines.mts';
import type { ListDoubt, Timeline } from './triggerTimelines.mts';

type Known = ReadonlyMap<string, string>;

/** An execution for the sake of the state alone does not come sooner after another one. */
const savesAloneEveryMs = 3 * 60_000;

interface PollKind {
	/** The orders about which the panel says nothing. */
	silent?: readonly string[];
	isActivation?: boolean;
	killAt?: KillPoint;
	/** Whether n8n does not take what the poll comes to. */
	isInVain?: boolean;
}

/**
 * What a trigger promises, said in another way than its code: it knows a word for each order that it ever saw in its
 * list; `saved` is what of that outlives the process. A poll that sees another state than the known one outputs it.
 *
 * Without durable cursors, what must not be lost is saved by the poll that learns it, or three minutes after the last
 * such saving. A restart before that loses it: the order is seen for the first time afterwards.
 */
export class Promised {
	known: Known = new Map();
	/** Whether anything was ever learnt, be it that nothing is known; and whether that outlives the process. */
	hasLearnt = false;
	readonly items: string[] = [];
	private saved: Known = new Map();
	private hasSaved = false;
	private hasToBeSaved = false;
	private savedAloneAt = -Infinity;
	private readonly kind: EngineKind;
	private readonly timeline: Timeline;

	constructor(kind: EngineKind, timeline: Timeline) {
		this.kind = kind;
		this.timeline = timeline;
	}

	/** A poll that got through, with these orders in its list. */
	poll(panel: SandboxPanel, listed: readonly string[], poll: PollKind = {}): void {
		const next = new Map(this.known);
		const items: string[] = [];
		let hidesSomething = false;
		for (const order of listed) {
			const before = this.known.get(order);
			if (this.isLeftAlone(before) || poll.silent?.includes(order)) continue;
			const now = panel.orders.get(order)?.status as string;
			next.set(order, now);
			const isNews = before === undefined ? this.timeline.emitFirst : state(before) !== state(now);
			if (isNews && this.isWanted(now)) items.push(move(order, before, now));
			else if (before === undefined) hidesSomething ||= !this.isLeftAlone(now);
			else hidesSomething ||= isNews && this.isWanted(before);
		}
		if (items.length > 0 && poll.isInVain) return;
		this.known = next;
		this.hasLearnt = true;
		if (items.length > 0 && poll.killAt) return this.dieIn(poll.killAt, items, next);
		this.items.push(...items);
		this.hasToBeSaved ||= hidesSomething;
		if (items.length > 0 || this.isSavedByN8n(poll)) return this.save(next);
		// With durable cursors what an activation learns is saved with the first poll by the clock.
		if (!this.hasToBeSaved || this.kind === 'durable' || poll.isInVain) return;
		if (Date.now() < this.savedAloneAt + savesAloneEveryMs) return;
		this.savedAloneAt = Date.now();
		this.save(next);
	}

	restart(): void {
		this.known = this.saved;
		this.hasLearnt = this.hasSaved;
		this.hasToBeSaved = false;
		this.savedAloneAt = -Infinity;
	}

	/** Also when nothing goes out. Where a poll is in vain as the workflow was published again, an activation follows. */
	private isSavedByN8n({ isActivation = false, isInVain = false }: PollKind): boolean {
		if (this.kind === 'durable') return !isActivation && !isInVain;
		return isActivation || (isInVain && this.kind === 'default');
	}

	/** n8n begins with the state, then the execution; with durable cursors it does both or nothing. */
	private dieIn(killAt: KillPoint, items: readonly string[], next: Known): void {
		if (this.kind === 'durable' || killAt === 'beforeEmission') return;
		if (killAt === 'beforeSaving') this.items.push(...items);
		else this.save(next);
	}

	private save(next: Known): void {
		this.saved = next;
		this.hasSaved = true;
		this.hasToBeSaved = false;
	}

	private isLeftAlone(word: string | undefined): boolean {
		return word !== undefined && orderStateOf(word).isFinal && !this.timeline.keepFinal;
	}

	private isWanted(word: string): boolean {
		const { states } = this.timeline;
		return states.length === 0 || states.includes(orderStateOf(word).state);
	}
}

/** The orders that a list in doubt still names; undefined where it cannot be read. */
export function listedIn(
	watched: readonly string[],
	doubt: ListDoubt | undefined,
): readonly string[] | undefined {
	if (doubt === undefined) return watched;
	if (doubt === 'empty' || doubt === 'header' || doubt === 'otherOrder') return [];
	if (typeof doubt === 'string') return undefined;
	const gone = 'hidden' in doubt ? doubt.hidden : doubt.broken;
	const listed = watched.filter((order) => !gone.includes(order));
	return listed.length > 0 || 'hidden' in doubt ? listed : undefined;
}

export function state(word: string): string {
	const state = orderStateOf(word).state;
	return state === 'unknown' ? word : state;
}

function move(order: string, before: string | undefined, now: string): string {
	return `${order}: ${before === undefined ? null : orderStateOf(before).state} > ${orderStateOf(now).state}`;
}
