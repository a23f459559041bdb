import type { IPollFunctions } from 'n8n-workflow';

/** Polls come each minute at most often, and users wait for the first one when they activate. */
const longestPollMs = 45_000;
/** The rest is for what n8n and the other node do with the answers. */
const usableShare = 0.9;

/**
 * When a poll that starts now has to be over, in milliseconds since 1970. n8n 2.x grants a time after which it throws
 * the poll away (36 s in its scheduler, five minutes otherwise); older versions have no such limit.
 */
export function pollDeadline(poll: IPollFunctions, now = Date.now()): number {
	const { getPollBudgetMs }: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>> = poll;
	const granted = getPollBudgetMs?.call(poll) ?? longestPollMs;
	return now + Math.min(granted, longestPollMs) * usableShare;
}
