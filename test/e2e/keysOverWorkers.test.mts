import { missingForQueueMode, startQueueMode } from '../host/queueMode.mts';
import type { QueueMode, Worker } from '../host/queueMode.mts';
import { until } from '../support/until.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { KeyedWebhook, linkOf, newKeys } from './keyedWebhook.mts';

jest.setTimeout(240_000);

const KEYS = 200;
const ROUNDS = 30;
const REFUSED = 92;

const missing = missingForQueueMode();
const skips = missing.length > 0 && !process.env.CI;
const title = `idempotency keys over two workers${
	skips ? ` (skipped: this machine has no ${missing.join(' and no ')})` : ''
}`;

(skips ? describe.skip : describe)(title, () => {
	let panel: SandboxPanel;
	let queue: QueueMode;
	let webhook: KeyedWebhook;

	beforeAll(async () => {
		panel = await startSandboxPanel({ balance: 1_000_000 });
		queue = await startQueueMode({ workers: 2 });
		await queue.main.client.createCredential({
			type: 'smmPanelApi',
			data: { url: panel.url, apiKey: panel.apiKey },
		});
		webhook = await KeyedWebhook.publish(queue.main);
	});
	beforeEach(() => {
		panel.reset();
		panel.balance = 1_000_000;
	});
	afterAll(async () => {
		await queue?.stop();
		await panel?.close();
	});

	const ordered = () => [...panel.orders.values()].map(({ link }) => link);
	const isUnknown = { error: expect.stringContaining('Outcome unknown') as string };
	const isOrdered = { order: expect.any(String) as string };

	/** Orders twenty at a time. */
	async function orderAll(keys: string[]) {
		const answers = [];
		for (let start = 0; start < keys.length; start += 20)
			answers.push(...(await webhook.orderAtOnce(keys.slice(start, start + 20))));
		return answers;
	}

	it(`${KEYS} keys, 20 at a time: each is ordered once, and each is a duplicate from then on`, async () => {
		const keys = newKeys(KEYS);
		for (const answer of await orderAll(keys)) expect(answer).toMatchObject(isOrdered);
		for (const answer of await orderAll(keys)) expect(answer).toMatchObject({ duplicate: true });
		expect(ordered().sort()).toEqual(keys.map(linkOf).sort());
		for (const worker of queue.workers)
			expect(worker.executions().length).toBeGreaterThan(KEYS / 10);
	});

	it(`one key, ten times at once, ${ROUNDS} rounds: one order in each`, async () => {
		for (let round = 0; round < ROUNDS; round++) {
			const [key] = newKeys(1) as [string];
			const answers = await webhook.orderAtOnce(Array.from({ length: 10 }, () => key));
			expect(answers.filter(({ order }) => order)).toHaveLength(1);
			for (const answer of answers) {
				if (!answer.order && !answer.duplicate) expect(answer).toMatchObject(isUnknown);
			}
		}
		expect(ordered()).toHaveLength(ROUNDS);
	});

	it(`${REFUSED} keys, refused for want of funds: all can be ordered later, none is a duplicate`, async () => {
		const keys = newKeys(REFUSED);
		panel.balance = 0;
		for (const answer of await orderAll(keys))
			expect(answer).toMatchObject({ error: 'Not enough funds on balance' });
		panel.balance = 1_000_000;
		for (const answer of await orderAll(keys)) expect(answer).toMatchObject(isOrdered);
		expect(ordered().sort()).toEqual(keys.map(linkOf).sort());
	});

	describe('when a worker is killed', () => {
		/** The worker that is executing the last execution of the workflow. */
		async function busyWorker(): Promise<Worker> {
			const [last] = await queue.main.client.executions(webhook.workflowId);
			const found = queue.workers.find((worker) => worker.executions().includes(last?.id ?? ''));
			if (!found) throw new Error('No worker has begun the execution');
			return found;
		}

		/** How many calls of the store are being held up. */
		const held = async () =>
			Number(
				await queue.postgres.query(
					`SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%processed_data%'`,
				),
			);
		const oneIsHeld = async () =>
			await until('a call of the store is held up', 30_000, held, (count) => count === 1);
		const panelHasOrder = async () =>
			await until(
				'the panel has the order',
				30_000,
				() => panel.orders.size,
				(count) => count === 1,
			);

		/** Kills the worker that has just begun, and gives what the same key comes to after it. */
		async function killAndOrderAgain(key: string, release = async () => {}) {
			const worker = await busyWorker();
			await worker.kill();
			await release();
			await until('nothing is held up', 30_000, held, (count) => count === 0);
			const again = await webhook.order(key);
			await worker.start();
			return again;
		}

		/** Begins an execution whose end nobody waits for. */
		const begin = (key: string) => void webhook.order(key).catch(() => {});

		it('before it claims the key, the next one orders', async () => {
			const [key] = newKeys(1) as [string];
			const release = await queue.postgres.hold('processed_data', 'reads');
			begin(key);
			await oneIsHeld();
			expect(await killAndOrderAgain(key, release)).toMatchObject(isOrdered);
			expect(ordered()).toEqual([linkOf(key)]);
		});

		it('while it claims the key, nothing is ordered, and nothing says that it was', async () => {
			const [key] = newKeys(1) as [string];
			const release = await queue.postgres.hold('processed_data', 'writes');
			begin(key);
			await oneIsHeld();
			expect(await killAndOrderAgain(key, release)).toMatchObject(isUnknown);
			expect(panel.requestsFor('add')).toHaveLength(0);
		});

		it('before the panel has answered, the outcome is unknown, and nothing is ordered again', async () => {
			const [key] = newKeys(1) as [string];
			panel.misbehave({ on: 'add', does: { kind: 'delay', milliseconds: 30_000 } });
			begin(key);
			await panelHasOrder();
			expect(await killAndOrderAgain(key)).toMatchObject(isUnknown);
			expect(ordered()).toEqual([linkOf(key)]);
		});

		it('after the panel has answered, while it confirms the key, nothing is ordered again', async () => {
			const [key] = newKeys(1) as [string];
			panel.misbehave({ on: 'add', does: { kind: 'delay', milliseconds: 2_000 } });
			begin(key);
			await panelHasOrder();
			const release = await queue.postgres.hold('processed_data', 'writes');
			await oneIsHeld();
			// What a connection was writing when its process was killed, PostgreSQL still writes.
			expect(await killAndOrderAgain(key, release)).toMatchObject({ duplicate: true });
			expect(ordered()).toEqual([linkOf(key)]);
		});

		it('the keys of all others are as they were', async () => {
			const keys = newKeys(20);
			for (const answer of await webhook.orderAtOnce(keys)) expect(answer).toMatchObject(isOrdered);
			for (const answer of await webhook.orderAtOnce(keys))
				expect(answer).toMatchObject({ duplicate: true });
		});
	});
});
