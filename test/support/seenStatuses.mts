import type { IdOutcome } from '../../nodes/panelApi/batches/askAboutIds.ts';
import { PanelError } from '../../nodes/panelApi/panelError.ts';
import { orderStateOf } from '../../nodes/panelApi/vocabulary/statusWords.ts';
import type { SeenStatuses } from '../../nodes/SmmPanelTrigger/watching/diffStatuses.ts';
import type { Known, KnownStatus } from '../../nodes/SmmPanelTrigger/watching/knownStatuses.ts';
import type { SeenStatus } from '../../nodes/SmmPanelTrigger/watching/statusNews.ts';

/** The hour of every poll in these tests, since 1970. */
export const hour = 500_000;

/** What a poll saw: "Pending 5" is an order that is pending with 5 remaining; `-` one without an answer. */
export function seenOf(
	answers: Record<string, string>,
	isComplete = true,
): SeenStatuses<SeenStatus> {
	const outcomes = new Map(
		Object.entries(answers).map(([id, answer]): [string, IdOutcome<SeenStatus>] => {
			if (answer === '-') return [id, { error: new PanelError('noAnswer', 'no answer') }];
			const [, status = '', remains] = /^(.*?)(?: (\d+))?$/.exec(answer) ?? [];
			const value: SeenStatus = {
				status,
				...orderStateOf(status),
				remains: remains === undefined ? null : Number(remains),
			};
			return [id, { value, raw: {} }];
		}),
	);
	return { ids: Object.keys(answers), outcomes, isComplete, hour };
}

/** What is known before a poll, each ID with its status word or with all that is known of it. */
export function knownOf(statuses: Record<string, string | KnownStatus>): Known {
	const byId = Object.entries(statuses).map(([id, known]): [string, KnownStatus] => [
		id,
		typeof known === 'string' ? { status: known } : known,
	]);
	return { byId: new Map(byId), longestList: { length: 10, seenAt: hour } };
}
