import type { IDataObject } from 'n8n-workflow';

import { type SandboxPanel } from '../sandbox/panel.mts';
import { inputOf, type NodeRun, runNode } from './engine.mts';
import { panelForTests } from '../support/panelForTests.mts';

describe('the catalogue', () => {
	const panel = panelForTests({ catalogueSize: 300 });

	const run = async (parameters: IDataObject, more: Partial<NodeRun> = {}) =>
		await runNode({ panelUrl: panel.url, ...more, parameters: parameters as never });

	describe('Service: Get Many', () => {
		const getMany = async (parameters: IDataObject = {}, more: Partial<NodeRun> = {}) =>
			await run(
				{ resource: 'service', operation: 'getMany', returnAll: true, ...parameters },
				more,
			);

		it('puts out every service with numbers, switches and its order type', async () => {
			const { json } = await getMany();
			expect(json).toHaveLength(panel.services.length);
			expect(json[0]).toEqual({
				service: '101',
				name: 'Real & Active Followers',
				category: 'Instagram Followers',
				type: 'default',
				orderType: 'default',
				rate: 250,
				min: 100,
				max: 100_000,
				dripfeed: true,
				refill: true,
				cancel: true,
				description: expect.any(String),
			});
		});

		it('stops at the limit, 50 unless told otherwise', async () => {
			expect((await getMany({ returnAll: false })).json).toHaveLength(50);
			expect((await getMany({ returnAll: false, limit: 7 })).json).toHaveLength(7);
		});

		it.each(['={{ "abc" }}', '={{ null }}', '', 0, -1, 1.5])(
			'says what is wrong with the limit %j, and which item has it',
			async (limit) => {
				const { error } = await getMany({ returnAll: false, limit });
				expect(error?.message).toMatch(/^Limit must be a whole number of at least 1 \(got ".*"\)$/);
				expect(error?.context.itemIndex).toBe(0);
			},
		);

		it('takes a limit from the text of a cell, and fails only the item whose limit is none', async () => {
			const { json, failed } = await getMany(
				{ returnAll: false, limit: '={{ $json.limit }}' },
				{
					items: [{ limit: '2' }, { limit: 'all' }],
					settings: { onError: 'continueErrorOutput' },
				},
			);
			expect(json).toHaveLength(2);
			expect(failed).toMatchObject([
				{
					json: {
						error: expect.stringContaining(
							'Limit must be a whole number of at least 1 (got "all")',
						),
					},
					pairedItem: { item: 1 },
				},
			]);
		});

		it.each<[string, IDataObject, (service: SandboxPanel['services'][number]) => boolean]>([
			[
				'words, in any order',
				{ search: 'followers instagram' },
				({ name, category }) =>
					/instagram/i.test(name + category) && /followers/i.test(name + category),
			],
			[
				'category',
				{ category: 'instagram followers' },
				({ category }) => category === 'Instagram Followers',
			],
			['type', { type: 'customComments' }, ({ type }) => type === 'customComments'],
			['IDs', { ids: '101, 30067' }, ({ service }) => [101, 30067].includes(service)],
			['lowest rate', { minRate: 100 }, ({ rate }) => rate >= 100],
			['highest rate', { maxRate: 100 }, ({ rate }) => rate <= 100],
			['refill', { refill: true }, ({ refill }) => refill],
			['no refill', { refill: false }, ({ refill }) => !refill],
			['cancel', { cancel: true }, ({ cancel }) => cancel],
			['drip-feed', { dripfeed: false }, ({ dripfeed }) => !dripfeed],
			[
				'several filters at once',
				{ refill: true, maxRate: 100 },
				({ refill, rate }) => refill && rate <= 100,
			],
		])('filters by %s', async (_name, filters, isWanted) => {
			const wanted = panel.services.filter(isWanted).map(({ service }) => String(service));
			const { json } = await getMany({ filters });
			expect(json.map(({ service }) => service)).toEqual(wanted);
			expect(wanted.length).toBeGreaterThan(0);
			expect(wanted.length).toBeLessThan(panel.services.length);
		});

		it.each<[string, IDataObject, IDataObject]>([
			['a number to search for', { search: '={{ 101 }}' }, { search: '101' }],
			['switches from cells', { refill: '={{ "true" }}' }, { refill: true }],
			['switched off cells', { refill: '={{ "FALSE" }}' }, { refill: false }],
			['a rate from a cell', { maxRate: '={{ "99.5" }}' }, { maxRate: 99.5 }],
			[
				'empty cells beside a filter',
				{ refill: true, maxRate: '={{ null }}', minRate: '={{ "" }}', cancel: '={{ "" }}' },
				{ refill: true },
			],
		])('reads %s from expressions like what is typed', async (_name, written, typed) => {
			const { json } = await getMany({ filters: written });
			const wanted = await getMany({ filters: typed });
			expect(json).toEqual(wanted.json);
			expect(json.length).toBeGreaterThan(0);
			expect(json.length).toBeLessThan(panel.services.length);
		});

		it.each<[IDataObject, string]>([
			[{ maxRate: '={{ "abc" }}' }, 'Maximum Rate must be a number (got "abc")'],
			[{ minRate: '={{ "1,5" }}' }, 'Minimum Rate must be a number (got "1,5"): write 1.5'],
			[{ refill: '={{ "maybe" }}' }, 'Refill must be true or false (got "maybe")'],
			[{ search: '={{ [101] }}' }, 'Search must be one value, but holds a list or an object'],
		])('tells the name of the field that holds nonsense: %j', async (filters, message) => {
			const { error } = await getMany({ filters });
			expect(error?.message).toBe(message);
			expect(error?.context.itemIndex).toBe(0);
		});

		it('reads the catalogue once for all input items, each with its own filter', async () => {
			const { json, main } = await getMany(
				{ filters: { ids: '={{ $json.id }}' } },
				{ items: [{ id: 30067 }, { id: 101 }] },
			);
			expect(panel.requestsFor('services')).toHaveLength(1);
			expect(json.map(({ service }) => service)).toEqual(['30067', '101']);
			expect(main.map(inputOf)).toEqual([0, 1]);
		});

		it.each([true, false])(
			'gives each input item services of its own, with Simplify %s',
			async (simplify) => {
				const { json } = await getMany(
					{ simplify, filters: { ids: '101' } },
					{ items: [{ row: 1 }, { row: 2 }] },
				);
				expect(json[1]).toEqual(json[0]);
				expect(json[1]).not.toBe(json[0]);
			},
		);

		const impossible = [{ id: '101' }, { id: { number: 101 } }];
		const reason = 'Service IDs holds an object: enter IDs only';

		it('says which item filters by something that is no ID', async () => {
			const { error } = await getMany(
				{ filters: { ids: '={{ $json.id }}' } },
				{ items: impossible },
			);
			expect(error?.message).toContain(reason);
			expect(error?.context.itemIndex).toBe(1);
		});

		it('puts such an item on the error output, and the services of the others out', async () => {
			const { json, failed } = await getMany(
				{ filters: { ids: '={{ $json.id }}' } },
				{ items: impossible, settings: { onError: 'continueErrorOutput' } },
			);
			expect(json).toMatchObject([{ service: '101' }]);
			expect(failed).toMatchObject([
				{ json: { error: expect.stringContaining(reason) }, pairedItem: { item: 1 } },
			]);
		});

		it('puts out the rows of the panel untouched when Simplify is off', async () => {
			const { json } = await getMany({ simplify: false, filters: { ids: '101, 107' } });
			expect(json[0]).toMatchObject({ service: 101, rate: '250.00', min: '100', max: '100000' });
			expect(json[1]).toMatchObject({ service: 107, name: 'YouTube Custom Comments' });
		});

		it("reads the seed's own example, trailing commas and bare words included", async () => {
			panel.misbehave({ on: 'services', does: { kind: 'dirtyJson' } });
			const { json, error } = await getMany();
			expect(error).toBeUndefined();
			expect(json).toHaveLength(panel.services.length);
		});

		it('says what came instead of a catalogue', async () => {
			panel.misbehave({ on: 'services', times: Infinity, does: { kind: 'html' } });
			const { error } = await getMany();
			expect(error?.message).toBe('The panel answered with a web page (HTTP status 200)');
			expect(error?.description).toContain('/api/v2');
		});
	});

	describe('Order: Quote', () => {
		const quote = async (parameters: IDataObject, service: number | string = 101) =>
			await run({
				resource: 'order',
				operation: 'quote',
				service: { __rl: true, mode: 'id', value: String(service) },
				...parameters,
			});

		it('tells what an order would cost now, in the currency of the account, and orders nothing', async () => {
			const { json } = await quote({ quantity: 1500 });
			expect(json).toEqual([
				{
					service: '101',
					name: 'Real & Active Followers',
					rate: 250,
					totalQuantity: 1500,
					cost: 375,
					currency: 'USD',
					valid: true,
					problems: [],
				},
			]);
			expect(panel.requests.map(({ action }) => action)).toEqual(['services', 'balance']);
		});

		it('multiplies by the runs of a drip-feed', async () => {
			const { json } = await quote({
				quantity: 100,
				options: { dripFeed: { schedule: { runs: 5 } } },
			});
			expect(json[0]).toMatchObject({ totalQuantity: 500, cost: 125, valid: true });
		});

		it('takes the whole rate for a package', async () => {
			const service = panel.services.find(({ type }) => type === 'package');
			const { json } = await quote({ orderType: 'package' }, service?.service);
			expect(json[0]).toMatchObject({ totalQuantity: null, cost: service?.rate, valid: true });
		});

		it.each<[string, IDataObject, number | null]>([
			['seo', { quantity: 1000 }, 250],
			['customComments', { quantity: 200 }, 50],
			['package', {}, 250],
		])(
			'believes the user who orders %s where the catalogue says Default, as some say of everything',
			async (orderType, parameters, cost) => {
				const { json } = await quote({ orderType, ...parameters });
				expect(json[0]).toMatchObject({ cost, valid: true, problems: [] });
			},
		);

		it.each<[string, IDataObject, number | string, string]>([
			['too few', { quantity: 99 }, 101, 'Quantity is 99, but the minimum for service 101 is 100'],
			[
				'too many',
				{ quantity: 100_001 },
				101,
				'Quantity is 100001, but the maximum for service 101 is 100000',
			],
			[
				'too many in all runs',
				{ quantity: 60_000, options: { dripFeed: { schedule: { runs: 2 } } } },
				101,
				'Quantity is 120000 in all runs',
			],
			['no whole number', { quantity: 1.5 }, 101, 'Quantity must be a whole number (got "1.5")'],
			['no quantity', {}, 101, 'Quantity is required'],
			[
				'another type',
				{ orderType: 'default', quantity: 100 },
				106,
				'Order Type is Default, but service 106 takes SEO orders',
			],
			['a type nobody knows', { orderType: 'gift', quantity: 100 }, 101, 'Order Type is "gift"'],
			[
				'a special type for another one',
				{ orderType: 'poll', quantity: 100 },
				106,
				'Order Type is Poll, but service 106 takes SEO orders',
			],
			['no service', { quantity: 100 }, '', 'Service is empty: pick a service from the list'],
			['no text for a service', { quantity: 100 }, '={{ null }}', 'Service is empty'],
			['a service that is gone', { quantity: 100 }, 404, 'Service 404 is not in the catalogue'],
		])('tells what is wrong with an order: %s', async (_name, parameters, service, problem) => {
			const { json } = await quote(parameters, service);
			expect(json[0]).toMatchObject({ valid: false });
			expect(String(json[0]?.problems)).toContain(problem);
		});
	});
});
