import { type Action, actions } from '../actions';
import type { PanelError } from '../panelError';
import type { Form } from '../transport/wire';
import type { ErrorKind } from '../vocabulary/errorKinds';
import type { Lanes } from './lanes';
import type { Trouble } from './width';

/** The reads that come in large numbers; nothing else goes by lanes. */
function goesByLane(action: Action): boolean {
	const { effect, one } = actions[action];
	return effect === 'none' && one !== undefined;
}

/** What failures say of whether the panel keeps up with the calls. */
const signsOfTrouble: Partial<Record<ErrorKind, Trouble>> = {
	rateLimit: 'limit',
	connectionLost: 'lost',
	panelFault: 'fault',
};

/** Notes an answer to a call that was sent at this time. */
export function noteAnswer(lanes: Lanes, action: Action, fields: Form, sentAt: Date): void {
	if (goesByLane(action)) lanes.answered(kindOfCall(action, fields), sentAt.getTime());
}

/**
 * Notes a call that failed, if that says anything: a refusal in the panel's words is an answer like any other, and what
 * we ended ourselves is no sign.
 */
export function noteFailure(
	lanes: Lanes,
	action: Action,
	fields: Form,
	failure: PanelError,
	sentAt: Date,
): void {
	if (!goesByLane(action) || failure.endedBy !== undefined) return;
	const trouble = signsOfTrouble[failure.kind];
	if (trouble) lanes.troubled(trouble, sentAt.getTime());
	else if (failure.answer !== undefined) noteAnswer(lanes, action, fields, sentAt);
}

/** Calls of an action about as many ids, to within a factor of two, take a panel about as long. */
function kindOfCall(action: Action, fields: Form): string {
	const counts = Object.values(fields).map((value) => value.split(',').length);
	return `${action} ${Math.ceil(Math.log2(Math.max(1, ...counts)))}`;
}
