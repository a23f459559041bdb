import type { INodeParameters } from 'n8n-workflow';

/** The parameters of Create Order for the sandbox's first service, with this idempotency key: the one place that knows where the key is entered. */
export function keyed(key: string, more: INodeParameters = {}): INodeParameters {
	return {
		resource: 'order',
		operation: 'create',
		service: { __rl: true, mode: 'id', value: '101' },
		link: '={{ $json.link }}',
		quantity: 100,
		idempotencyKey: key,
		...more,
	};
}
