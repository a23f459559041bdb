import type { IExecuteFunctions } from 'n8n-workflow';

import { endWith } from '../panelApi/transport/beforeDeadline';
import { type WireAnswer, wholeText } from '../panelApi/transport/wire';

/** What the user can stop; polls cannot be stopped. */
export type Stoppable = Partial<Pick<IExecuteFunctions, 'getExecutionCancelSignal'>>;

/** The node with another signal at which n8n breaks off a request that is under way: n8n asks the node for it. */
export function endedBy<Node extends object>(signal: AbortSignal, node: Node): Node {
	return Object.create(node, { getExecutionCancelSignal: { value: () => signal } }) as Node;
}

/** Does work that ends when the user stops the execution; the reason is `stopped` then. */
export async function untilStopped<Result>(
	node: Stoppable,
	work: (ending: AbortController) => Promise<Result>,
): Promise<Result> {
	const ending = new AbortController();
	const signal = node.getExecutionCancelSignal?.();
	const stop = () => endWith(ending, 'stopped');
	if (signal?.aborted) stop();
	signal?.addEventListener('abort', stop, { once: true });
	try {
		return await work(ending);
	} finally {
		signal?.removeEventListener('abort', stop);
	}
}

/**
 * The answer to a request with an effect. It is carried out even if the execution is stopped meanwhile: then it is not
 * waited for, but an answer that comes all the same is reported, as it may hold the ID of an order.
 */
export async function unlessStopped(
	node: Stoppable,
	request: Promise<WireAnswer>,
	reportLateAnswer: (answer: WireAnswer) => void,
): Promise<WireAnswer> {
	const signal = node.getExecutionCancelSignal?.();
	return await new Promise((resolve, reject) => {
		const stop = () => {
			void request.then(reportLateAnswer, () => {});
			resolve({ kind: 'lost', reason: 'The execution was stopped before the answer came' });
		};
		signal?.addEventListener('abort', stop, { once: true });
		void request.then((answer) => {
			signal?.removeEventListener('abort', stop);
			resolve(answer);
		}, reject);
	});
}

const longestExcerpt = 500;
const nameOfId = /["']?\b(?:order|id)\w*["']?\s*[:=]/i;

/** What a log line shows of an answer: at most 500 signs, but those around the ID of an order, if it names one. */
export function excerptForLog(answer: WireAnswer): string {
	const received = answer.kind === 'answered' ? answer : 'received' in answer && answer.received;
	const reason = answer.kind === 'answered' ? '' : `${answer.reason}. `;
	if (!received) return reason.trim();
	const text = wholeText(received);
	const named = text.search(nameOfId);
	const start = named + longestExcerpt / 2 > longestExcerpt ? named - longestExcerpt / 2 : 0;
	return reason + text.slice(start, start + longestExcerpt);
}
