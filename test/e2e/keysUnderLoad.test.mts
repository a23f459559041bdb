import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { KeyedWebhook, linkOf, newKeys } from './keyedWebhook.mts';

jest.setTimeout(180_000);

describe('idempotency keys in one n8n, with executions that overlap', () => {
	let panel: SandboxPanel;
	let n8n: N8n;
	let webhook: KeyedWebhook;

	beforeAll(async () => {
		panel = await startSandboxPanel({ balance: 1_000_000 });
		n8n = await startN8n({ name: 'keys' });
		await n8n.client.createCredential({
			type: 'smmPanelApi',
			data: { url: panel.url, apiKey: panel.apiKey },
		});
		webhook = await KeyedWebhook.publish(n8n);
	});
	beforeEach(() => {
		panel.reset();
		panel.balance = 1_000_000;
	});
	afterAll(async () => {
		await n8n?.stop();
		await panel?.close();
	});

	const ordered = () => [...panel.orders.values()].map(({ link }) => link);

	it('60 keys, 20 at a time: each is ordered once, and each is a duplicate from then on', async () => {
		const rounds = [1, 2, 3].map(() => newKeys(20));
		for (const keys of rounds) {
			const answers = await webhook.orderAtOnce(keys);
			expect(answers.map(({ order }) => typeof order)).toEqual(keys.map(() => 'string'));
		}
		for (const keys of rounds) {
			for (const answer of await webhook.orderAtOnce(keys))
				expect(answer).toMatchObject({ duplicate: true });
		}
		expect(ordered().sort()).toEqual(rounds.flat().map(linkOf).sort());
	});

	it('one key, ten times at once, 20 rounds: one order in each, and a duplicate from then on', async () => {
		for (let round = 0; round < 20; round++) {
			const [key] = newKeys(1) as [string];
			const answers = await webhook.orderAtOnce(Array.from({ length: 10 }, () => key));
			expect(answers.filter(({ order }) => order)).toHaveLength(1);
			for (const { order, duplicate, error } of answers) {
				if (!order && !duplicate) expect(error).toContain('Outcome unknown');
			}
			expect(await webhook.order(key)).toMatchObject({ duplicate: true, idempotencyKey: key });
		}
		expect(ordered()).toHaveLength(20);
	});

	it('36 keys, refused at once for want of funds: all can be ordered later, none is a duplicate', async () => {
		const keys = newKeys(36);
		panel.balance = 0;
		for (const answer of await webhook.orderAtOnce(keys))
			expect(answer.error).toBe('Not enough funds on balance');
		expect(ordered()).toHaveLength(0);

		panel.balance = 1_000_000;
		for (const answer of await webhook.orderAtOnce(keys))
			expect(answer).toMatchObject({ order: expect.any(String) as string });
		expect(ordered().sort()).toEqual(keys.map(linkOf).sort());
	});

	it('a Remove Duplicates node of the same workflow, with the workflow as its scope, and the keys leave each other alone', async () => {
		const both = await KeyedWebhook.publish(n8n, [
			{
				type: 'n8n-nodes-base.removeDuplicates',
				typeVersion: 2,
				parameters: {
					operation: 'removeItemsSeenInPreviousExecutions',
					logic: 'removeItemsWithAlreadySeenKeyValues',
					dedupeValue: '={{ $json.body.key.slice(0, 8) }}',
					options: { scope: 'workflow' },
				},
			},
		]);
		const [first] = newKeys(1) as [string];
		expect(await both.order(first)).toMatchObject({ order: expect.any(String) as string });
		const others = Array.from({ length: 5 }, () => newKeys(1)[0] as string);
		for (const key of others) expect(await both.order(key)).toHaveProperty('order');

		await expect(both.order(first)).rejects.toThrow();
		expect(await n8n.client.executions(both.workflowId)).toMatchObject(
			[...others, first, first].map(() => ({ status: 'success' })),
		);
		expect(ordered()).toHaveLength(1 + others.length);
	});

	it('after kill -9 while the panel is answering, the key is an unknown outcome: no order, no success', async () => {
		const [key, other] = newKeys(2) as [string, string];
		panel.misbehave({ on: 'add', does: { kind: 'delay', milliseconds: 20_000 } });
		const cutOff = webhook.order(key);
		const gone = expect(cutOff).rejects.toThrow();
		while (panel.orders.size === 0) await new Promise((done) => setTimeout(done, 20));
		await n8n.kill('SIGKILL');
		await gone;
		await n8n.start();

		expect(await webhook.order(key)).toMatchObject({
			error: expect.stringContaining('Outcome unknown') as string,
		});
		expect(await webhook.order(other)).toHaveProperty('order');
		expect(ordered()).toEqual([linkOf(key), linkOf(other)]);
	});
});
