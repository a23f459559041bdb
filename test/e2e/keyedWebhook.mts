import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { N8n } from '../host/n8n.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline } from '../host/workflow.mts';
import { keyed } from '../support/keyedOrder.mts';

/** A published workflow that places one order for each call of its webhook, with the key that the call holds. */
export class KeyedWebhook {
	static async publish(n8n: N8n, before: NodeOutline[] = []): Promise<KeyedWebhook> {
		const route = randomUUID();
		const { id } = await n8n.client.importWorkflow(
			workflow(
				[
					...before,
					{
						name: 'Place',
						type: 'n8n-nodes-smm-panel.smmPanel',
						parameters: keyed('={{ $json.body.key }}', { link: '={{ $json.body.link }}' }),
						onError: 'continueRegularOutput',
					},
				],
				{
					trigger: {
						type: 'n8n-nodes-base.webhook',
						typeVersion: 2,
						webhookId: route,
						parameters: {
							httpMethod: 'POST',
							path: route,
							responseMode: 'lastNode',
							responseData: 'allEntries',
						},
					},
				},
			),
		);
		expect(await n8n.client.activate(id)).toMatchObject({ status: 'published' });
		return new KeyedWebhook(id, `${n8n.url}/webhook/${route}`);
	}

	private constructor(
		readonly workflowId: string,
		private readonly address: string,
	) {}

	/** What came out of the one order of an execution. */
	async order(key: string): Promise<IDataObject> {
		const response = await fetch(this.address, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ key, link: linkOf(key) }),
		});
		const items = (await response.json()) as IDataObject[];
		expect(items).toHaveLength(1);
		return items[0] as IDataObject;
	}

	async orderAtOnce(keys: string[]): Promise<IDataObject[]> {
		return await Promise.all(keys.map(async (key) => await this.order(key)));
	}
}

export const linkOf = (key: string): string => `https://example.com/p/${key}`;

/** Keys that no other call of this has. */
export function newKeys(count: number): string[] {
	const name = randomUUID().slice(0, 8);
	return Array.from({ length: count }, (_, number) => `${name}-${number}`);
}
