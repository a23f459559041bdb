import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createRunExecutionData, type IDataObject, type IRunExecutionData } from 'n8n-workflow';

import { DeduplicationStore } from './deduplicationStore.mts';
import { inputOf, type NodeRun, runNode } from './engine.mts';
import { panelForTests } from '../support/panelForTests.mts';

/** What version 1 of the node left behind in executions: the first release, as it stored it. */
const storedByVersion1 = JSON.parse(
	readFileSync(path.resolve('test/engine/storedByVersion1.json'), 'utf8'),
) as Record<string, IDataObject>;

/** An execution that ended with this stored for the node. */
function executionWith(stored: unknown): IRunExecutionData {
	const contextData = { 'node:SMM Panel': structuredClone(stored) as IDataObject };
	return createRunExecutionData({
		executionData: { contextData, nodeExecutionStack: [], metadata: {} },
	} as never);
}

const link = (name: number | string) => `https://www.instagram.com/p/${name}`;
const rows = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, row) => ({ link: link(row), quantity: 100 + row, row }));

describe('what an earlier attempt stored', () => {
	const panel = panelForTests({ balance: 10_000 });
	const store = new DeduplicationStore();
	beforeAll(async () => {
		await store.install();
	});
	beforeEach(async () => {
		await store.clearAllProcessedItems();
	});

	const run = async (parameters: IDataObject, options: Partial<NodeRun> = {}) =>
		await runNode({ panelUrl: panel.url, parameters: parameters as never, ...options });
	const create = async (options: Partial<NodeRun> & { options?: IDataObject } = {}) =>
		await run(
			{
				resource: 'order',
				operation: 'create',
				service: { __rl: true, mode: 'id', value: '101' },
				link: '={{ $json.link }}',
				quantity: '={{ $json.quantity }}',
				options: options.options ?? {},
			},
			{ items: rows(3), ...options },
		);
	const orderFor = (name: number) =>
		[...panel.orders.values()].find((order) => order.link === link(name))?.order;
	/** In the order of their names: orders that are on their way at once reach the panel in any order. */
	const linksSent = () =>
		panel
			.requestsFor('add')
			.map(({ form }) => form.link)
			.sort();
	const continues = { settings: { onError: 'continueErrorOutput' as const } };

	describe('by the version before this one', () => {
		/** The orders of the execution before are on the panel. */
		beforeEach(() => panel.seedOrders(5, { service: '101', status: 'Pending' }));

		it('brings back the IDs of the orders it placed; what was refused or not sent is sent', async () => {
			const { json } = await create({ continueFrom: executionWith(storedByVersion1.oneRefused) });
			expect(json.map(({ order }) => order)).toEqual(['23501', orderFor(1), orderFor(2)]);
			expect(linksSent()).toEqual([link(1), link(2)]);
		});

		it('keeps every further retry of that execution from ordering again', async () => {
			const retry = async (executionId: string) =>
				await create({
					continueFrom: executionWith(storedByVersion1.oneRefused),
					mode: 'retry',
					executionId,
				});
			const { json: first } = await retry('7');
			const { json } = await retry('8');
			expect(json).toEqual(first);
			expect(linksSent()).toEqual([link(1), link(2)]);
		});

		it('keeps Retry On Fail from ordering again after such a retry', async () => {
			panel.misbehave({
				on: 'add',
				when: (form) => form.link === link(2),
				times: Infinity,
				does: { kind: 'refuse', error: 'Incorrect link' },
			});
			await create({
				continueFrom: executionWith(storedByVersion1.oneRefused),
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
				options: { parallelOrders: 1 },
			});
			expect(linksSent()).toEqual([link(1), link(2), link(2)]);
		});

		it('raises an unknown outcome again, in its words, and sends nothing', async () => {
			const { error } = await create({ continueFrom: executionWith(storedByVersion1.oneUnknown) });
			expect(error?.message).toBe('Outcome unknown: The connection to the panel was lost');
			expect(error?.description).toContain('Already placed: 23501 (item 0, 1 of 3).');
			expect(linksSent()).toEqual([]);
		});

		it('is an unknown outcome for an item whose order has another form now', async () => {
			const [first, ...others] = rows(3);
			const { failed, main } = await create({
				continueFrom: executionWith(storedByVersion1.oneRefused),
				items: [{ ...first, quantity: 555 }, ...others],
				...continues,
			});
			expect(failed.map((item) => [inputOf(item), item.json])).toMatchObject([
				[
					0,
					{
						message: expect.stringContaining('placed order 23501 for this item') as unknown,
						details: { kind: 'outcomeUnknown', canOrderElsewhere: false },
					},
				],
			]);
			expect(main.map(inputOf)).toEqual([1, 2]);
			expect(linksSent()).toEqual([link(1), link(2)]);
		});

		it("keeps an agent's repeated call from ordering again", async () => {
			const { json } = await create({
				continueFrom: executionWith(storedByVersion1.tool),
				isTool: true,
				items: [{ link: link('t'), quantity: 100 }],
			});
			expect(json).toMatchObject([{ order: '23501', duplicate: true }]);
			expect(linksSent()).toEqual([]);
		});

		it.each<[string, IDataObject, string, string]>([
			['refills', { resource: 'refill', orderIds: '23501,23502' }, 'refill', '12345 12346'],
			['cancels', { resource: 'order', orderIds: '23501' }, 'cancelRequested', 'true'],
		])(
			'brings back what was granted, and asks for nothing again: %s',
			async (name, what, field, values) => {
				const operation = name === 'refills' ? 'create' : 'cancel';
				const { json } = await run(
					{ operation, ...what },
					{ continueFrom: executionWith(storedByVersion1[name]) },
				);
				expect(json.map((item) => String(item[field])).join(' ')).toBe(values);
				expect(panel.requests).toEqual([]);
			},
		);

		it('raises an unknown refill again without asking', async () => {
			const { error } = await run(
				{ resource: 'refill', operation: 'create', orderIds: '23501' },
				{ continueFrom: executionWith(storedByVersion1.refillUnknown) },
			);
			expect(error?.message).toMatch(/^Outcome unknown: The panel answered with a web page/);
			expect(panel.requests).toEqual([]);
		});
	});

	it('stays about the same row when n8n adds a parameter with its empty default, as an update does', async () => {
		const changing = { name: 'request_id', value: '={{ Math.random() }}' };
		const extraFields = { field: [changing] };
		panel.misbehave({ on: 'add', skip: 2, does: { kind: 'refuse', error: 'Incorrect link' } });
		const first = await create({ options: { extraFields, parallelOrders: 1 } });
		const { json } = await create({
			continueFrom: first.executionData,
			options: { extraFields, parallelOrders: 1, sendKeyAs: '', dripFeed: {} },
		});
		expect(json.map(({ order }) => order)).toEqual(['23501', '23502', '23503']);
		expect(linksSent()).toEqual([link(0), link(1), link(2), link(2)]);
	});

	describe('and is damaged', () => {
		/** What an execution stored whose second row was refused; `change` is called with each name and value. */
		const storedWith = async (change: (name: string, value: unknown) => unknown) => {
			panel.misbehave({
				on: 'add',
				when: (form) => form.link === link(1),
				does: { kind: 'refuse', error: 'Incorrect link' },
			});
			const { executionData } = await create({ options: { parallelOrders: 1 } });
			const [stored = {}] = Object.values(executionData.executionData?.contextData ?? {});
			panel.requests.length = 0;
			return executionWith(
				Object.fromEntries(
					Object.entries(stored).map(([name, value]) => [name, change(name, value)]),
				),
			);
		};
		const ofFirstItem = /^0 add 0 /;

		it.each<[string, unknown]>([
			['a number', 5],
			['nothing', null],
			['a text', 'placed'],
			['a list', []],
			['an outcome that nobody knows', { outcome: 'shipped' }],
			['an order without an ID', { outcome: 'placed', answer: '{}' }],
			['an answer that is cut off', { outcome: 'placed', order: '23501', answer: '{"order":' }],
		])('is an unknown outcome, and the others go on: %s', async (_what, damaged) => {
			const continueFrom = await storedWith((name, value) =>
				ofFirstItem.test(name) ? damaged : value,
			);
			const { failed, main } = await create({ continueFrom, ...continues });
			expect(failed.map((item) => [inputOf(item), item.json])).toMatchObject([
				[
					0,
					{
						error: 'Outcome unknown: what an earlier attempt stored cannot be read',
						details: { kind: 'outcomeUnknown', canOrderElsewhere: false },
					},
				],
			]);
			expect(main.map(inputOf)).toEqual([1, 2]);
			expect(linksSent()).toEqual([link(1), link(2)]);
		});

		it('in one of two places: the other still has the ID', async () => {
			const continueFrom = await storedWith((name, value) =>
				name.startsWith('0 add 0 row') ? 'damaged' : value,
			);
			const { json } = await create({ continueFrom });
			expect(json[0]).toMatchObject({ order: '23501' });
			expect(linksSent()).toEqual([link(1), link(2)]);
		});

		it.each<[string, unknown]>([
			['a text', 'damaged'],
			['nothing', null],
			['a list', []],
			['written by a newer version', { version: 99 }],
			['with a version that is none', { version: 'two' }],
			['with an origin that is none', { version: 2, origin: {} }],
		])('as a whole: nothing is sent, and every outcome is unknown: %s', async (_what, stored) => {
			const { failed } = await create({ continueFrom: executionWith(stored), ...continues });
			expect(failed.map(({ json }) => (json.details as IDataObject).kind)).toEqual(
				Array(3).fill('outcomeUnknown'),
			);
			const refill = { resource: 'refill', operation: 'create', orderIds: '23501' };
			const asked = await run(refill, { continueFrom: executionWith(stored) });
			expect(asked.error?.message).toMatch(/^Outcome unknown: what an earlier attempt stored/);
			expect(panel.requests.filter(({ form }) => form.action !== 'balance')).toEqual([]);
		});

		it('in what the orders have cost: a limit for all of them lets none go out', async () => {
			const continueFrom = await storedWith((name, value) =>
				name.startsWith('total ') ? 'a lot' : value,
			);
			const { error } = await create({ continueFrom, options: { maxTotalCost: '100' } });
			expect(error?.description).toContain(
				"Maximum Total Cost can't be checked: what earlier attempts of this execution have cost cannot be read",
			);
			expect(linksSent()).toEqual([]);
		});
	});
});
