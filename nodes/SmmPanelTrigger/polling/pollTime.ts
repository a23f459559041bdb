import type { IPollFunctions } from 'n8n-workflow';

/** Polls come each minute at most often, and users wait for the first one when they activate. */
const longestPollMs = 45_000;
/** The rest is for what n8n and the other node do with the answers. */
const usableShare = 0.9;
/** What has not ended so long after that is given up: a call that began before has this time to end by itself. */
const graceMs = 2_000;

/** The time of a poll, as points in milliseconds since 1970. */
export interface PollTime {
	/** No call is waited for beyond this. */
	deadline: number;
	/** The poll itself is over, whatever is still under way. */
	end: number;
}

/**
 * The time of a poll that starts now. n8n 2.x grants a time after which it throws the poll away (36 s in its scheduler,
 * five minutes otherwise); older versions have no such limit.
 */
export function pollTime(poll: IPollFunctions, now = Date.now()): PollTime {
	const { getPollBudgetMs }: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>> = poll;
	const granted = getPollBudgetMs?.call(poll) ?? longestPollMs;
	const deadline = now + Math.min(granted, longestPollMs) * usableShare;
	return { deadline, end: deadline + graceMs };
}

/** When a poll that starts now has to be over with its calls, in milliseconds since 1970. */
export function pollDeadline(poll: IPollFunctions, now = Date.now()): number {
	return pollTime(poll, now).deadline;
}
