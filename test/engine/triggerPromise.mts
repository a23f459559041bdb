import { foldOrderStatus } from '../../nodes/panelApi/vocabulary/statusWords.ts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import type { EngineKind, KillPoint } from './triggerEngines.mts';
import type { ListDoubt, Timeline } from './triggerTimelines.mts';

type Known = ReadonlyMap<string, string>;

interface PollKind {
	/** The orders about which the panel says nothing. */
	silent?: readonly string[];
	isActivation?: boolean;
	killAt?: KillPoint;
	/** Whether n8n does not take the items. */
	inVain?: boolean;
}

/**
 * What a trigger promises, said in another way than its code: it knows a word for each order that it ever saw in its
 * list; `saved` is what of that outlives the process. A poll that sees another state than the known one puts it out.
 */
export class Promised {
	known: Known = new Map();
	/** Whether anything was ever learnt, be it that nothing is known; and whether that outlives the process. */
	hasLearnt = false;
	readonly items: string[] = [];
	private saved: Known = new Map();
	private hasSaved = false;
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
		if (items.length > 0 && poll.inVain) return;
		this.known = next;
		this.hasLearnt = true;
		if (items.length > 0 && poll.killAt) return this.dieIn(poll.killAt, items, next);
		this.items.push(...items);
		const isSavedAlone = this.kind === 'durable' ? !poll.isActivation : poll.isActivation;
		// With durable cursors what an activation learns is saved with the first poll by the clock.
		const hasToBeSaved = hidesSomething && !(this.kind === 'durable' && poll.isActivation);
		if (items.length > 0 || hasToBeSaved || isSavedAlone) this.save(next);
	}

	restart(): void {
		this.known = this.saved;
		this.hasLearnt = this.hasSaved;
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
	}

	private isLeftAlone(word: string | undefined): boolean {
		return word !== undefined && foldOrderStatus(word).isFinal && !this.timeline.keepFinal;
	}

	private isWanted(word: string): boolean {
		const { states } = this.timeline;
		return states.length === 0 || states.includes(foldOrderStatus(word).state);
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
	const folded = foldOrderStatus(word).state;
	return folded === 'unknown' ? word : folded;
}

function move(order: string, before: string | undefined, now: string): string {
	return `${order}: ${before === undefined ? null : foldOrderStatus(before).state} > ${foldOrderStatus(now).state}`;
}
