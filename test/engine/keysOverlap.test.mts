import type { IDataObject } from 'n8n-workflow';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { DeduplicationStore } from './deduplicationStore.mts';
import { runNode } from './engine.mts';
import { keyed } from '../support/keyedOrder.mts';
import { panelForTests } from '../support/panelForTests.mts';

jest.setTimeout(60_000);

describe('orders with keys, in executions that overlap', () => {
	const panel = panelForTests();
	const store = new DeduplicationStore();
	beforeAll(async () => {
		await store.install();
	});
	beforeEach(async () => {
		panel.balance = 1_000_000;
		await store.clearAllProcessedItems();
	});

	/** One execution that orders once with each of these keys. */
	async function orderAll(...wanted: string[]): Promise<IDataObject[]> {
		const { json, failed } = await runNode({
			panelUrl: panel.url,
			items: wanted.map((key) => ({ key, link: `https://example.com/p/${key}` })),
			parameters: keyed('={{ $json.key }}'),
			settings: { onError: 'continueErrorOutput' },
		});
		const answers = [...json, ...failed.map((item) => item.json)];
		expect(answers).toHaveLength(wanted.length);
		return answers;
	}

	const order = async (key: string) => (await orderAll(key))[0] as IDataObject;

	const atOnce = async (keys: string[]) => await Promise.all(keys.map(order));
	const linksOrdered = () => [...panel.orders.values()].map(({ link }) => link);
	const keys = (round: number, count: number) =>
		Array.from({ length: count }, (_, number) => `${round}-${number}`);

	it('each of 60 keys, 20 at once, is ordered once, and again is a duplicate', async () => {
		const rounds = [1, 2, 3].map((round) => keys(round, 20));
		for (const round of rounds) await atOnce(round);
		expect(linksOrdered()).toHaveLength(60);
		for (const round of rounds) {
			for (const answer of await atOnce(round)) expect(answer).toMatchObject({ duplicate: true });
		}
		expect(new Set(linksOrdered()).size).toBe(linksOrdered().length);
	});

	it('one key, ten times at once, is ordered once, and nobody else says that it was placed before it was', async () => {
		for (let round = 0; round < 20; round++) {
			const answers = await atOnce(Array.from({ length: 10 }, () => `same-${round}`));
			expect(answers.filter(({ order: id }) => id)).toHaveLength(1);
			for (const { order: id, duplicate, details } of answers) {
				if (!id && !duplicate) expect(details).toMatchObject({ kind: 'outcomeUnknown' });
			}
		}
		expect(linksOrdered()).toHaveLength(20);
	});

	it('two executions that each have an answer in doubt do not wait for each other for ever', async () => {
		// What comes first at the store is chance, so that each gets one of the two keys now and then.
		store.beforeStep = async () => {
			for (let turn = Math.floor(Math.random() * 4); turn >= 0; turn--) await nextTurn();
		};
		panel.misbehave({
			on: 'add',
			times: Infinity,
			does: { kind: 'refuse', error: 'There was an error while creating your order.' },
		});
		for (let round = 0; round < 20; round++) {
			const [a, b] = [`a-${round}`, `b-${round}`];
			const answers = (await Promise.all([orderAll(a, b), orderAll(b, a)])).flat();
			for (const { order: id } of answers) expect(id).toBeUndefined();
		}
		expect(linksOrdered()).toEqual([]);
	});

	it('36 keys that were refused at once for want of funds all come back', async () => {
		panel.balance = 0;
		for (const answer of await atOnce(keys(1, 36))) {
			expect(answer).toMatchObject({ details: { kind: 'funds' } });
		}
		expect(linksOrdered()).toHaveLength(0);
		panel.balance = 1_000_000;
		const again = await atOnce(keys(1, 36));
		expect(again.filter(({ order: id }) => id)).toHaveLength(36);
	});
});
