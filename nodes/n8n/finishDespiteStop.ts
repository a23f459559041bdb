import type { IExecuteFunctions } from 'n8n-workflow';

import type { WireAnswer } from '../panelApi/transport/wire';

/** What the user can stop; polls cannot be stopped. */
export type Stoppable = Partial<Pick<IExecuteFunctions, 'getExecutionCancelSignal'>>;

/** The node without the signal at which n8n breaks off a request that is under way. */
export function unstoppable<Node extends Stoppable>(node: Node): Node {
	return Object.create(node, { getExecutionCancelSignal: { value: () => undefined } }) as Node;
}

/**
 * The answer to a request with an effect. It is carried out even if the execution is stopped meanwhile: then it is not
 * waited for, but an answer that comes all the same is told, as it may hold the ID of an order.
 */
export async function unlessStopped(
	node: Stoppable,
	request: Promise<WireAnswer>,
	tellLateAnswer: (answer: WireAnswer) => void,
): Promise<WireAnswer> {
	const signal = node.getExecutionCancelSignal?.();
	return await new Promise((resolve) => {
		const stop = () => {
			void request.then(tellLateAnswer);
			resolve({ kind: 'lost', reason: 'The execution was stopped before the answer came' });
		};
		signal?.addEventListener('abort', stop, { once: true });
		void request.then((answer) => {
			signal?.removeEventListener('abort', stop);
			resolve(answer);
		});
	});
}
