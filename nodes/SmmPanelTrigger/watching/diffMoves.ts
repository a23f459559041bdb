import { inList, type SeenStatuses } from './diffStatuses';
import { withMissing } from './keepMissing';
import { type Known, type KnownStatus, minuteOf } from './knownStatuses';
import { type StateOf, isNews, type SeenStatus } from './statusNews';

/** An order that has not moved for long. */
export interface StuckOrder<Value> {
	id: string;
	value: Value;
	/** When it moved last, or was first seen, in minutes as in `KnownStatus.movedAt`. */
	movedAt: number;
}

export interface MoveRules {
	stateOf: StateOf;
	/** How long an order may stand still, in minutes. */
	longestStill: number;
}

/**
 * Compares what a poll saw with what is known, and finds the orders that are not finished and whose status and remains
 * have not changed for so long. Each is found once, and again only after it has moved.
 * @param now in milliseconds since 1970
 */
export function diffMoves<Value extends SeenStatus>(
	known: Known,
	seen: SeenStatuses<Value>,
	{ stateOf, longestStill }: MoveRules,
	now: number,
): { stuck: Array<StuckOrder<Value>>; known: Known; hasMoved: boolean } {
	const minute = minuteOf(now);
	const stuck: Array<StuckOrder<Value>> = [];
	const listed = new Map<string, KnownStatus>();
	let hasMoved = false;
	for (const id of seen.ids) {
		const before = known.byId.get(id);
		const outcome = seen.outcomes.get(id);
		if (!outcome || 'error' in outcome) {
			if (before) listed.set(id, inList(before));
			continue;
		}
		const { value } = outcome;
		if (value.isFinal) {
			listed.set(id, { status: value.status });
			continue;
		}
		const isStill = before?.movedAt !== undefined && !moved(before, value, stateOf);
		const movedAt = isStill ? Math.min(before.movedAt ?? minute, minute) : minute;
		const wasTold = isStill && before.isTold === true;
		const isStuck = minute - movedAt >= longestStill;
		if (isStuck && !wasTold) stuck.push({ id, value, movedAt });
		hasMoved ||= !isStill;
		const { remains } = withRemains(before, value);
		listed.set(id, {
			status: isStill ? before.status : value.status,
			...(remains !== undefined && { remains }),
			movedAt,
			...((wasTold || isStuck) && { isTold: true }),
		});
	}
	return { stuck, known: withMissing(listed, known, seen), hasMoved };
}

function moved(before: KnownStatus, value: SeenStatus, stateOf: StateOf): boolean {
	return isNews(before, withRemains(before, value), stateOf);
}

/** A panel that does not say what remains does not say that it changed. */
function withRemains(
	before: KnownStatus | undefined,
	{ status, remains }: SeenStatus,
): KnownStatus {
	const known = remains ?? before?.remains;
	return known === undefined ? { status } : { status, remains: known };
}
