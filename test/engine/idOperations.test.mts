import type { IDataObject } from 'n8n-workflow';

import type { Dialect } from '../sandbox/panel.mts';
import { inputOf, type NodeRun, runNode } from './engine.mts';
import { panelForTests } from '../support/panelForTests.mts';

/** What the operations on ids have in common is shown with statuses; what sets each apart follows below. */
describe('operations on IDs', () => {
	const panel = panelForTests();

	const run = async (parameters: IDataObject, more: Partial<NodeRun> = {}) =>
		await runNode({ panelUrl: panel.url, ...more, parameters: parameters as never });
	const getStatus = async (
		orderIds: unknown,
		more: Partial<NodeRun> & { options?: IDataObject } = {},
	) =>
		await run(
			{
				resource: 'order',
				operation: 'getStatus',
				orderIds: orderIds as string,
				options: more.options ?? {},
			},
			more,
		);
	const perRow = '={{ $json.order }}';
	const outputErrors = { settings: { onError: 'continueErrorOutput' as const } };

	describe('Order: Get Status', () => {
		it('is no failure for an old error in the fields of the input', async () => {
			const [order = ''] = panel.seedOrders(1);
			const { json, failed } = await getStatus(perRow, {
				items: [{ order, error: 'Incorrect link' }],
				options: { includeInputFields: true },
				...outputErrors,
			});
			expect(failed).toEqual([]);
			expect(json).toMatchObject([{ order, error: 'Incorrect link', state: 'pending' }]);
		});

		it('asks for one ID in the single form and puts out its state', async () => {
			const [id = ''] = panel.seedOrders(1, {
				status: 'In progress',
				charge: 0.5,
				startCount: 44,
				remains: 60,
			});
			const { json } = await getStatus(id);
			expect(panel.requests.map(({ form }) => form)).toEqual([
				{ key: panel.apiKey, action: 'status', order: id },
			]);
			expect(json).toEqual([
				{
					order: id,
					status: 'In progress',
					state: 'inProgress',
					isFinal: false,
					charge: 0.5,
					currency: 'USD',
					startCount: 44,
					remains: 60,
				},
			]);
		});

		it('asks for 250 input items in 3 calls and puts them out in order, each paired with its item', async () => {
			const ids = panel.seedOrders(250);
			const { main, json } = await getStatus(perRow, { items: ids.map((order) => ({ order })) });
			const sizes = panel.requests.map(({ form }) => form.orders?.split(',').length);
			expect(sizes.sort()).toEqual([100, 100, 50]);
			expect(json.map(({ order }) => order)).toEqual(ids);
			expect(main.map(inputOf)).toEqual(ids.map((_, index) => index));
		});

		it('asks for an ID once, however often it comes, and answers each input item that has it', async () => {
			const [a = '', b = ''] = panel.seedOrders(2);
			const { json, main } = await getStatus(perRow, {
				items: [{ order: a }, { order: b }, { order: a }],
			});
			expect(panel.requests.map(({ form }) => form.orders)).toEqual([`${a},${b}`]);
			expect(json.map(({ order }) => order)).toEqual([a, b, a]);
			expect(main.map(inputOf)).toEqual([0, 1, 2]);
		});

		it('takes several IDs from one item: text with commas, blanks and line breaks, or a list', async () => {
			const ids = panel.seedOrders(3);
			const [a, b, c] = ids;
			for (const orderIds of [
				`${a}, ${b}\n${c}`,
				`={{ ${JSON.stringify(ids)} }}`,
				JSON.stringify(ids),
			]) {
				const { json, main } = await getStatus(orderIds);
				expect(json.map(({ order }) => order)).toEqual(ids);
				expect(main.map(inputOf)).toEqual([0, 0, 0]);
			}
		});

		it('keeps one bad ID among 100 apart: 99 items, and one on the error branch with its input', async () => {
			const ids = panel.seedOrders(99);
			const items = [...ids.slice(0, 40), '999', ...ids.slice(40)].map((order, row) => ({
				order,
				row,
			}));
			const { json, failed } = await getStatus(perRow, { items, ...outputErrors });
			expect(panel.requests).toHaveLength(1);
			expect(json.map(({ order }) => order)).toEqual(ids);
			expect(failed).toHaveLength(1);
			expect(failed.map(inputOf)).toEqual([40]);
			expect(failed[0]?.json).toMatchObject({
				error: 'Incorrect order ID',
				message: expect.stringContaining('Check that the ID belongs to an order of this account'),
				details: { order: '999', kind: 'orderId' },
				order: '999',
				row: 40,
			});
		});

		it('stops at a bad ID otherwise, says which one and how to get the others', async () => {
			const [good = ''] = panel.seedOrders(1);
			const { error } = await getStatus(perRow, { items: [{ order: good }, { order: '999' }] });
			expect(error?.message).toBe('Incorrect order ID (order 999)');
			expect(error?.context.itemIndex).toBe(1);
			expect(error?.description).toContain('Continue (using error output)');
		});

		it('names all IDs that failed, not only the first', async () => {
			const { error } = await getStatus('997, 998, 999');
			expect(error?.description).toContain('3 of 3 IDs failed: 997, 998, 999.');
		});

		it('never passes an error of one ID on as a success when Simplify is off', async () => {
			const [good = ''] = panel.seedOrders(1, {
				status: 'Completed',
				charge: 1,
				startCount: 2,
				remains: 0,
			});
			const parameters = {
				resource: 'order',
				operation: 'getStatus',
				orderIds: `${good},999`,
				simplify: false,
			};
			const { json, failed } = await run(parameters, outputErrors);
			expect(json).toEqual([
				{ charge: 1, start_count: '2', status: 'Completed', remains: '0', currency: 'USD' },
			]);
			expect(failed.map((item) => item.json.error)).toEqual(['Incorrect order ID']);
		});

		it('puts out an error, never a state, for an ID that the panel leaves out', async () => {
			const [a = '', b = ''] = panel.seedOrders(2);
			panel.misbehave({ on: 'status', does: { kind: 'leaveOut', ids: [b] } });
			const { json, failed } = await getStatus(`${a},${b}`, outputErrors);
			expect(json.map(({ order }) => order)).toEqual([a]);
			expect(failed[0]?.json).toMatchObject({
				error: `no answer for order ${b}`,
				details: { order: b },
			});
		});

		it('puts the input fields into the output when wanted; the answer wins', async () => {
			const [id = ''] = panel.seedOrders(1, { status: 'Completed' });
			const { json } = await getStatus(perRow, {
				items: [{ order: id, customer: 'Ann', status: 'old' }],
				options: { includeInputFields: true },
			});
			expect(json[0]).toMatchObject({ order: id, customer: 'Ann', status: 'Completed' });
		});

		it('puts out only what changed beside the known status, by meaning and not by spelling', async () => {
			const ids = panel.seedOrders(4);
			const words = ['Completed', 'Cancelled', 'In progress', 'Held for checks'];
			ids.forEach((id, index) => panel.setOrder(id, { status: words[index] }));
			const known = ['Pending', 'Canceled', 'in_progress', 'held for checks'];
			const { json, main } = await getStatus(perRow, {
				items: ids.map((order, index) => ({ order, known: known[index] })),
				options: { onlyChanged: true, knownStatus: '={{ $json.known }}' },
			});
			expect(json.map(({ order }) => order)).toEqual([ids[0]]);
			expect(main.map(inputOf)).toEqual([0]);
		});

		it('tells words of other scripts apart', async () => {
			const ids = panel.seedOrders(2, { status: 'Выполнен' });
			const known = ['В обработке', 'выполнен'];
			const { json } = await getStatus(perRow, {
				items: ids.map((order, index) => ({ order, known: known[index] })),
				options: { onlyChanged: true, knownStatus: '={{ $json.known }}' },
			});
			expect(json.map(({ order }) => order)).toEqual([ids[0]]);
		});

		it('puts out an unknown status word as it is, and never as final', async () => {
			const [id = ''] = panel.seedOrders(1, { status: 'Teleported' });
			const { json } = await getStatus(id);
			expect(json[0]).toMatchObject({ status: 'Teleported', state: 'unknown', isFinal: false });
		});

		it('obeys the batch size', async () => {
			const ids = panel.seedOrders(5);
			await getStatus(ids.join(','), { options: { batchSize: 2 } });
			expect(panel.requests.map(({ form }) => form.orders ?? form.order).sort()).toEqual([
				ids.slice(0, 2).join(','),
				ids.slice(2, 4).join(','),
				ids[4],
			]);
		});

		it('refuses an empty ID before anything is sent, and says which item', async () => {
			const [id = ''] = panel.seedOrders(1);
			const { error } = await getStatus(perRow, { items: [{ order: id }, { order: '' }] });
			expect(panel.requests).toHaveLength(0);
			expect(error?.message).toBe('Order IDs is empty: enter at least one ID');
			expect(error?.context.itemIndex).toBe(1);
		});

		it('leaves rows without an ID out when told so, and pairs the others with their rows', async () => {
			const [a = '', b = ''] = panel.seedOrders(2);
			const orders = ['', a, ' ', null, undefined, [], b];
			const { json, main } = await getStatus(perRow, {
				items: orders.map((order) => ({ order })) as IDataObject[],
				options: { skipEmpty: true },
			});
			expect(json.map(({ order }) => order)).toEqual([a, b]);
			expect(main.map(inputOf)).toEqual([1, 6]);
			expect(panel.requests).toHaveLength(1);
		});

		it('sends nothing when every row is left out, and still refuses what is not an ID', async () => {
			const options = { skipEmpty: true };
			const none = await getStatus(perRow, { items: [{ order: '' }, {}], options });
			expect([none.error, none.main]).toEqual([undefined, []]);
			const bad = await getStatus(perRow, { items: [{ order: '' }, { order: '#REF!' }], options });
			expect(bad.error?.message).toContain('Order IDs holds "#REF!"');
			expect(panel.requests).toHaveLength(0);
		});

		it('goes on with the other items when the user continues on error', async () => {
			const [id = ''] = panel.seedOrders(1);
			const items = [{ order: { no: 'id' } }, { order: id }];
			const { json, failed } = await getStatus(perRow, { items, ...outputErrors });
			expect(json.map(({ order }) => order)).toEqual([id]);
			expect(failed[0]?.json.error).toContain('Order IDs holds an object');
		});

		it('asks again when the panel has a hiccup', async () => {
			const [id = ''] = panel.seedOrders(1, { status: 'Completed' });
			panel.misbehave({ does: { kind: 'status', status: 429, headers: { 'retry-after': '0' } } });
			panel.misbehave({ does: { kind: 'dropAfter' } });
			panel.misbehave({ does: { kind: 'html', status: 502 } });
			const { json } = await getStatus(id);
			expect(json).toMatchObject([{ state: 'completed' }]);
			expect(panel.requests).toHaveLength(4);
		});

		it('fails with the words of the panel when the key is wrong, without trying again', async () => {
			const { error } = await getStatus('1', { apiKey: 'wrong-key-wrong-key' });
			expect(error?.message).toBe('Invalid API key (order 1)');
			expect(error?.description).toContain('SMM Panel credential');
			expect(panel.requests).toHaveLength(1);
		});
	});

	describe('Order: Cancel', () => {
		const cancel = { resource: 'order', operation: 'cancel' };

		it('asks order by order, because the seed has no list form, and calls success a request', async () => {
			const ids = panel.seedOrders(2, { service: '101', status: 'Pending' });
			const { json } = await run({ ...cancel, orderIds: ids.join(',') });
			expect(panel.requests.map(({ form }) => form.order)).toEqual(ids);
			expect(json[0]).toEqual({
				order: ids[0],
				cancelRequested: true,
				message: expect.stringContaining('We will attempt to cancel this order'),
			});
		});

		it('says which cancellations were asked for when a later one fails', async () => {
			const [good = ''] = panel.seedOrders(1, { service: '101', status: 'Pending' });
			const [done = ''] = panel.seedOrders(1, { service: '101', status: 'Completed' });
			const { error } = await run({ ...cancel, orderIds: `${good},${done}` });
			expect(error?.message).toBe(`Order not eligible for cancellation. (order ${done})`);
			expect(error?.description).toContain(`Cancellation was requested for: ${good}.`);
			expect(error?.context.done).toMatchObject([{ order: good, cancelRequested: true }]);
		});

		it('is not repeated when the panel may have acted, and its outcome is called unknown', async () => {
			const [id = ''] = panel.seedOrders(1, { service: '101', status: 'Pending' });
			panel.misbehave({ on: 'cancel', times: Infinity, does: { kind: 'dropAfter' } });
			const { error } = await run({ ...cancel, orderIds: id });
			expect(panel.requests).toHaveLength(1);
			expect(error?.message).toMatch(/^Outcome unknown/);
		});

		it('is repeated after a rate limit, because then the panel did nothing', async () => {
			const [id = ''] = panel.seedOrders(1, { service: '101', status: 'Pending' });
			panel.misbehave({
				on: 'cancel',
				does: { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
			});
			const { json } = await run({ ...cancel, orderIds: id });
			expect(panel.requests).toHaveLength(2);
			expect(json).toMatchObject([{ cancelRequested: true }]);
		});
	});

	describe('Refill: Create and Get Status', () => {
		it('asks for nothing while Simplify cannot be read: it would fail when the refill is granted', async () => {
			const [orderIds = ''] = panel.seedOrders(1, { status: 'Completed' });
			const simplify = '={{ $("Nowhere").item.json.simple }}';
			const { error } = await run({ resource: 'refill', operation: 'create', orderIds, simplify });
			expect(error?.message).toMatch(/^Simplify /);
			expect(panel.requests).toHaveLength(0);
		});

		it('asks for one refill and puts out its ID and the words of the panel', async () => {
			const [id = ''] = panel.seedOrders(1, { service: '101', status: 'Completed' });
			const { json } = await run({ resource: 'refill', operation: 'create', orderIds: id });
			expect(json).toEqual([
				{
					order: id,
					refill: '12345',
					message: expect.stringContaining('Your order will be refill asap'),
				},
			]);
		});

		it('asks for many in one call and keeps refusals apart', async () => {
			const ids = panel.seedOrders(2, { service: '101', status: 'Completed' });
			const [open = ''] = panel.seedOrders(1, { service: '101', status: 'Pending' });
			const orderIds = [...ids, open].join(',');
			const { json, failed } = await run(
				{ resource: 'refill', operation: 'create', orderIds },
				outputErrors,
			);
			expect(panel.requests.map(({ form }) => form.orders)).toEqual([orderIds]);
			expect(json.map(({ order, refill }) => [order, refill])).toEqual([
				[ids[0], '12345'],
				[ids[1], '12346'],
			]);
			expect(failed[0]?.json).toMatchObject({ error: 'Invalid Request', details: { order: open } });
		});

		it('keeps the IDs over repeated tries: what was granted is not asked for again', async () => {
			const ids = panel.seedOrders(2, { service: '101', status: 'Completed' });
			const [open = ''] = panel.seedOrders(1, { service: '101', status: 'Pending' });
			const parameters = {
				resource: 'refill',
				operation: 'create',
				orderIds: [...ids, open].join(','),
			};
			const first = await run(parameters);
			expect(first.error?.description).toContain(`Refill was requested for: ${ids.join(', ')}.`);
			panel.setOrder(open, { status: 'Completed' });
			const second = await run(parameters, { continueFrom: first.executionData });
			expect(panel.requests.map(({ form }) => form.orders ?? form.order)).toEqual([
				[...ids, open].join(','),
				open,
			]);
			expect(second.json.map(({ refill }) => refill)).toEqual(['12345', '12346', '12347']);
		});

		it('raises an unknown outcome again over repeated tries, and does not ask again', async () => {
			const [id = ''] = panel.seedOrders(1, { service: '101', status: 'Completed' });
			const parameters = { resource: 'refill', operation: 'create', orderIds: id };
			panel.misbehave({ on: 'refill', does: { kind: 'html', status: 502, acts: true } });
			const first = await run(parameters);
			const second = await run(parameters, { continueFrom: first.executionData });
			expect(second.error?.message).toMatch(/^Outcome unknown/);
			expect(second.error?.message).toBe(first.error?.message);
			expect(second.error?.description).toBe(first.error?.description);
			expect(panel.requestsFor('refill')).toHaveLength(1);
		});

		it('follows refills, one and many', async () => {
			const ids = panel.seedOrders(2, { service: '101', status: 'Completed' });
			await run({ resource: 'refill', operation: 'create', orderIds: ids.join(',') });
			panel.setRefill('12345', { status: 'Completed' });
			const one = await run({ resource: 'refill', operation: 'getStatus', refillIds: '12345' });
			expect(one.json).toEqual([
				{ refill: '12345', status: 'Completed', state: 'completed', isFinal: true },
			]);
			const many = await run(
				{ resource: 'refill', operation: 'getStatus', refillIds: '12345,12346,777' },
				outputErrors,
			);
			expect(many.json.map(({ refill, isFinal }) => [refill, isFinal])).toEqual([
				['12345', true],
				['12346', false],
			]);
			expect(many.failed[0]?.json).toMatchObject({
				error: 'Refill Request Not found',
				details: { refill: '777' },
			});
		});
	});

	it.each([
		['order', 'getStatus', 'orderIds'],
		['order', 'cancel', 'orderIds'],
		['refill', 'create', 'orderIds'],
		['refill', 'getStatus', 'refillIds'],
	])(
		'%s.%s never takes a number written in groups for several IDs',
		async (resource, operation, name) => {
			for (const written of [
				'23,501',
				'1 234 567',
				'1\u202F234',
				'1.234',
				"1'234",
				'12.5',
				'1.2346E+11',
			]) {
				const { error } = await run({ resource, operation, [name]: written });
				expect(error?.message).toMatch(/ IDs holds "/);
			}
			expect(panel.requests).toEqual([]);
		},
	);

	describe.each<Dialect>(['seed', 'perfectPanel', 'smartPanel', 'httpStatus'])(
		'in the dialect %s',
		(dialect) => {
			const other = panelForTests({ dialect, balance: 1000 });
			const ask = async (parameters: IDataObject, more: Partial<NodeRun> = {}) =>
				await run(parameters, { panelUrl: other.url, ...more });

			it('the whole life of orders goes through: place, follow, cancel, refill, follow the refill', async () => {
				const services = await ask({ resource: 'service', operation: 'getMany', returnAll: true });
				expect(services.json).toContainEqual(
					expect.objectContaining({ service: '101', rate: 250, min: 100, max: 100_000 }),
				);
				expect((await ask({ resource: 'account', operation: 'getBalance' })).json).toEqual([
					{ balance: 1000, currency: 'USD' },
				]);

				const placed = await ask(
					{
						resource: 'order',
						operation: 'create',
						service: { __rl: true, mode: 'id', value: '101' },
						link: '={{ $json.link }}',
						quantity: 100,
					},
					{ items: ['a', 'b', 'c', 'd'].map((name) => ({ link: `https://example.com/${name}` })) },
				);
				const ids = placed.json.map(({ order }) => String(order));
				expect(new Set(ids)).toEqual(new Set(other.orders.keys()));
				expect(ids.map((id) => other.orders.get(id)?.link)).toEqual(
					placed.json.map(({ link }) => link),
				);

				for (const orderIds of [ids[0] ?? '', ids.join(',')]) {
					const { json } = await ask({ resource: 'order', operation: 'getStatus', orderIds });
					expect(json.map(({ order, state }) => `${order} ${state}`)).toEqual(
						orderIds.split(',').map((id) => `${id} pending`),
					);
				}
				const bad = await ask(
					{ resource: 'order', operation: 'getStatus', orderIds: `${ids[0]},999999` },
					outputErrors,
				);
				expect(bad.json).toHaveLength(1);
				expect(bad.failed[0]?.json).toMatchObject({ details: { order: '999999' } });

				const [first = '', second = '', ...finished] = ids;
				const cancelled = await ask(
					{ resource: 'order', operation: 'cancel', orderIds: `${first},${second}` },
					outputErrors,
				);
				if (dialect === 'smartPanel') {
					expect(cancelled.failed.map((item) => item.json.error)).toEqual(
						Array(2).fill('This action is invalid'),
					);
				} else {
					expect(
						cancelled.json.map(({ order, cancelRequested }) => [order, cancelRequested]),
					).toEqual([
						[first, true],
						[second, true],
					]);
				}

				for (const id of finished) other.setOrder(id, { status: 'Completed' });
				const refilled = await ask({
					resource: 'refill',
					operation: 'create',
					orderIds: finished.join(','),
				});
				expect(refilled.json.map(({ order }) => order)).toEqual(finished);
				const refillIds = refilled.json.map(({ refill }) => String(refill));
				for (const some of [refillIds[0] ?? '', refillIds.join(',')]) {
					const { json } = await ask({
						resource: 'refill',
						operation: 'getStatus',
						refillIds: some,
					});
					expect(json.map(({ refill }) => refill)).toEqual(some.split(','));
					expect(json.every(({ isFinal }) => isFinal === false)).toBe(true);
				}
			});
		},
	);
});
