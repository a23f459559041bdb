import type { IDataObject } from 'n8n-workflow';

import { type Dialect, type SandboxPanel, startSandboxPanel } from '../sandbox/panel.mts';
import { type NodeResult, type NodeRun, runNode } from './engine.mts';

/** What a user should know and could not see in the items, and what guards make of it. */
describe('on a panel that is', () => {
	let panel: SandboxPanel;

	const speaking = (name: string, dialect: Dialect, tests: () => void) =>
		describe(name, () => {
			beforeAll(async () => {
				panel = await startSandboxPanel({ dialect });
			});
			beforeEach(() => panel.reset());
			afterAll(async () => await panel.close());
			tests();
		});
	const run = async (parameters: IDataObject, more: Partial<NodeRun> = {}) =>
		await runNode({ panelUrl: panel.url, ...more, parameters: parameters as never });
	const hintsOf = ({ run: { data } }: NodeResult) =>
		Object.values(data.resultData.runData)
			.flatMap((tasks) => tasks.at(-1)?.hints ?? [])
			.map(({ message }) => message);
	const serviceOf = (value: string) => ({ __rl: true, mode: 'id', value });

	const link = 'https://x.example/p/1';
	const create = async (parameters: IDataObject, more: Partial<NodeRun> = {}) =>
		await run({ resource: 'order', operation: 'create', link, ...parameters }, more);
	const comments = async (parameters: IDataObject = {}) =>
		await create({
			service: serviceOf('107'),
			orderType: 'customComments',
			comments: 'A, B, C\nD, E, F\nG, H, I',
			...parameters,
		});

	speaking('a SmartPanel', 'smartPanel', () => {
		it('orders comments that it splits only below a Maximum Cost for all of them', async () => {
			const dear = await comments({ maxCost: '0.161' });
			expect(dear.error?.message).toContain('these 3 may be charged as 9');
			expect(panel.requestsFor('add')).toHaveLength(0);

			const { json, ...others } = await comments({ maxCost: '0.162' });
			expect(json).toMatchObject([{ order: '23501', quantity: 3 }]);
			expect(panel.orders.get('23501')).toMatchObject({ quantity: 9, charge: 0.162 });
			expect(hintsOf({ json, ...others })).toEqual([expect.stringContaining('item 0 may become')]);
		});

		it('warns of links that it changes, with a guard and without', async () => {
			for (const maxCost of ['', '100']) {
				const result = await create(
					{ service: serviceOf('102'), quantity: 100, link: '={{ $json.link }}', maxCost },
					{
						items: [{ link }, { link: 'https://t.me/+AbC' }, { link: 'https://x.example/%C3%BC' }],
					},
				);
				expect(result.error).toBeUndefined();
				expect(hintsOf(result)).toEqual([
					expect.stringContaining('the link of item 1, 2 is right'),
				]);
			}
		});

		it('places a package that carries the quantity it wants', async () => {
			const order = { service: serviceOf('105'), orderType: 'package', maxCost: '1000' };
			const refused = await create(order);
			expect(refused.error?.message).toBe('Quantity is required');
			expect(refused.error?.description).toContain('add an Extra Field with the name quantity');

			const field = [{ name: 'quantity', value: '1' }];
			const { json } = await create({ ...order, options: { extraFields: { field } } });
			expect(json).toEqual([
				{ order: '23501', service: '105', link, extraFields: { quantity: '1' } },
			]);
		});

		it('says in Quote what a quantity of comments does not show', async () => {
			const quote = async (service: string, quantity: number) =>
				await run({
					resource: 'order',
					operation: 'quote',
					service: serviceOf(service),
					quantity,
				});
			expect(hintsOf(await quote('107', 3))).toEqual([
				expect.stringContaining('count the parts, not the lines'),
				expect.stringContaining('hold + or % codes'),
			]);
			expect(hintsOf(await quote('101', 100))).toEqual([
				expect.stringContaining('hold + or % codes'),
			]);
		});
	});

	speaking('none of those', 'perfectPanel', () => {
		it('warns only where the catalogue was not read', async () => {
			expect(hintsOf(await comments())).toEqual([expect.stringContaining('item 0 may become')]);
			expect(hintsOf(await comments({ maxCost: '100', link: 'https://t.me/+AbC' }))).toEqual([]);
			expect(hintsOf(await comments({ comments: 'A\nB', link: `${link}/2` }))).toEqual([]);
		});

		it('says nothing in Quote', async () => {
			const parameters = { service: serviceOf('107'), quantity: 3 };
			expect(hintsOf(await run({ resource: 'order', operation: 'quote', ...parameters }))).toEqual(
				[],
			);
		});
	});

	speaking('the sandbox', 'seed', () => {
		const willList = (...rows: unknown[]) =>
			panel.misbehave({ on: 'services', does: { kind: 'answer', body: JSON.stringify(rows) } });
		const likes = { service: 7, name: 'Likes', type: 'default', rate: '2', min: 1, max: 1000 };

		it('says how many rows of a catalogue could not be read', async () => {
			const getMany = { resource: 'service', operation: 'getMany', returnAll: true };
			willList(likes, null, { name: '★ Instagram ★' });
			const dirty = await run(getMany, { items: [{}, {}] });
			expect(dirty.json).toHaveLength(2);
			expect(hintsOf(dirty)).toEqual([expect.stringMatching(/^2 rows of the panel's catalogue/)]);
			willList(likes, null);
			expect(hintsOf(await run(getMany))).toEqual([expect.stringMatching(/^1 row of/)]);
			willList(likes);
			expect(hintsOf(await run(getMany))).toEqual([]);
		});

		it('says so too where a service is not found', async () => {
			const unread = 'Rows of the catalogue that could not be read: 1';
			willList(likes, null);
			const order = { service: serviceOf('8'), quantity: 100 };
			const quote = await run({ resource: 'order', operation: 'quote', ...order });
			expect(String(quote.json[0]?.problems)).toContain(unread);
			willList(likes, null);
			expect((await create({ ...order, maxCost: '5' })).error?.message).toContain(unread);
		});

		it('refuses a price in another currency under a guard, and Quote names the currency', async () => {
			const euros = { ...likes, currency: 'EUR' };
			const order = { service: serviceOf('7'), quantity: 100 };
			willList(euros);
			const { error } = await create({ ...order, maxCost: '5' });
			expect(error?.message).toContain('in EUR, and the account is in USD');
			expect(panel.requestsFor('add')).toHaveLength(0);
			willList(euros);
			const { json } = await run({ resource: 'order', operation: 'quote', ...order });
			expect(json).toMatchObject([{ cost: 0.2, currency: 'EUR', valid: true }]);
			willList(euros);
			const [service] = (await run({ resource: 'service', operation: 'getMany' })).json;
			expect(service).not.toHaveProperty('currency');
		});
	});
});
