import type { IDataObject, IRunExecutionData } from 'n8n-workflow';

import { type Fault, type SandboxPanel, startSandboxPanel } from '../sandbox/panel.mts';
import { DeduplicationStore } from './deduplicationStore.mts';
import { inputOf, type NodeRun, runNode } from './engine.mts';
import { ordersByLink } from '../support/ordersByLink.mts';
import { panelForTests } from '../support/panelForTests.mts';

const link = (name: number | string) => `https://www.instagram.com/p/${name}`;
const store = new DeduplicationStore();
const panel = panelForTests({ balance: 10_000 });

beforeAll(async () => {
	await store.install();
});
beforeEach(async () => {
	await store.clearAllProcessedItems();
});

type Parameters = IDataObject & { options?: IDataObject };

const create = async (
	items: IDataObject[],
	parameters: Parameters = {},
	run: Partial<NodeRun> = {},
) =>
	await runNode({
		panelUrl: panel.url,
		items,
		parameters: {
			resource: 'order',
			operation: 'create',
			service: { __rl: true, mode: 'id', value: '101' },
			link: '={{ $json.link }}',
			quantity: '={{ $json.quantity }}',
			...parameters,
		} as never,
		...run,
	});
const rows = (count: number, quantity = 100) =>
	Array.from({ length: count }, (_, row) => ({ link: link(row), quantity, row }));
const adds = () => panel.requestsFor('add');
const linksOn = (where: SandboxPanel) => ordersByLink(where).map((order) => order.link);
const links = () => linksOn(panel);
const continues = { settings: { onError: 'continueErrorOutput' as const } };
const slow = (milliseconds: number): Fault => ({
	on: 'add',
	times: Infinity,
	does: { kind: 'delay', milliseconds },
});
const onRow = (row: number, does: Fault['does'], times = 1): Fault => ({
	on: 'add',
	when: (form) => form.link === link(row),
	times,
	does,
});
const refused = (error: string): Fault['does'] => ({ kind: 'refuse', error });

describe('several orders at a time', () => {
	it('are five unless told otherwise, and come out in the order of the input', async () => {
		panel.misbehave(slow(40));
		const { json, main } = await create(rows(12));
		expect(panel.peakParallel).toBe(5);
		expect(json.map((item) => item.link)).toEqual(rows(12).map((row) => row.link));
		expect(main.map(inputOf)).toEqual(rows(12).map(({ row }) => row));
		expect(new Set(json.map(({ order }) => order)).size).toBe(12);
	});

	it.each([1, 10])('are %i where the option says so', async (parallelOrders) => {
		panel.misbehave(slow(40));
		await create(rows(12), { options: { parallelOrders } });
		expect(panel.peakParallel).toBe(parallelOrders);
	});

	it.each([0, 11, 2.5, 'many'])('cannot be %s', async (parallelOrders) => {
		const { error } = await create(rows(1), { options: { parallelOrders } });
		expect(error?.message).toContain('Orders at a Time must be a whole number from 1 to 10');
		expect(panel.requests).toHaveLength(0);
	});

	it('are never two for the same service and link', async () => {
		panel.misbehave(slow(20));
		const same = rows(4).map((row) => ({ ...row, link: link('same') }));
		const { json } = await create([...same, ...rows(1)]);
		expect(json).toHaveLength(5);
		const times = adds()
			.filter(({ form }) => form.link === link('same'))
			.map(({ at }) => at);
		for (let one = 1; one < times.length; one++)
			expect((times[one] as number) - (times[one - 1] as number)).toBeGreaterThanOrEqual(18);
	});

	it('after an unknown outcome none is started; what is under way is waited for and reported', async () => {
		panel.misbehave(onRow(0, { kind: 'dropAfter' }));
		panel.misbehave(slow(60));
		const { error } = await create(rows(20));
		expect(adds()).toHaveLength(5);
		expect(error?.message).toMatch(/^Outcome unknown/);
		expect(error?.context.placed).toHaveLength(4);
		for (const { order, link: ordered } of panel.orders.values()) {
			if (ordered !== link(0)) expect(error?.description).toContain(order);
		}
	});

	it('after a refusal the error names what was placed beside it', async () => {
		panel.misbehave(onRow(1, refused('Incorrect link')));
		panel.misbehave(slow(30));
		const { error } = await create(rows(5));
		expect(error?.message).toBe('Incorrect link');
		expect(error?.context).toMatchObject({ itemIndex: 1, kind: 'link' });
		expect((error?.context.placed as IDataObject[]).map(({ item }) => item).sort()).toEqual([
			0, 2, 3, 4,
		]);
	});

	it('name every order that may have been placed', async () => {
		panel.misbehave({ on: 'add', times: 2, does: { kind: 'dropAfter' } });
		const { error } = await create(rows(2));
		expect(error?.description).toContain(link(0));
		expect(error?.description).toContain('The outcome of item 1, 2 of 2 is unknown too');
		expect(error?.description).toContain(link(1));
	});

	it('are all placed, and none twice, on a panel that allows two requests a second', async () => {
		const limited = await startSandboxPanel({ balance: 10_000, requestsPerSecond: 4 });
		const { json, error } = await create(rows(12), {}, { panelUrl: limited.url });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(12);
		expect(limited.orders.size).toBe(12);
		await limited.close();
	}, 30_000);
});

describe('the cap on all orders of an execution', () => {
	// 100 of service 101 cost 25.
	it('lets nothing go out when all of them would cost more', async () => {
		const { error } = await create(rows(5), { options: { maxTotalCost: 100 } });
		expect(error?.message).toBe(
			'Maximum Total Cost is 100, but with this order the execution would cost 125',
		);
		expect(error?.context.kind).toBe('guard');
		expect(adds()).toHaveLength(0);
	});

	it('takes rows in their order as long as it lasts, when the user continues on error', async () => {
		const { json, failed } = await create(rows(5), { options: { maxTotalCost: 60 } }, continues);
		expect(json.map((item) => item.link)).toEqual([link(0), link(1)]);
		expect(failed.map(({ json: item }) => item.details)).toMatchObject(
			[2, 3, 4].map((row) => ({ kind: 'guard', canOrderElsewhere: true, link: link(row) })),
		);
		expect(adds()).toHaveLength(2);
	});

	it('counts what earlier tries of the execution placed', async () => {
		panel.misbehave(onRow(1, refused('Incorrect link')));
		const capped = { options: { maxTotalCost: 60 } };
		const first = await create(rows(2), capped, continues);
		expect(first.json).toHaveLength(1);
		const dearer = rows(2).map((row) => ({ ...row, quantity: row.row === 0 ? 100 : 200 }));
		const again = await create(dearer, capped, { continueFrom: first.executionData });
		expect(again.error?.message).toContain('Maximum Total Cost is 60');
		expect(panel.orders.size).toBe(1);
	});

	it('counts all calls of an AI agent', async () => {
		const call = async (row: number, continueFrom?: IRunExecutionData) =>
			await create(
				rows(row + 1).slice(row),
				{ options: { maxTotalCost: 60 } },
				{ isTool: true, continueFrom, runsAgain: continueFrom !== undefined },
			);
		const first = await call(0);
		const second = await call(1, first.executionData);
		const third = await call(2, second.executionData);
		expect(third.error?.message).toContain('Maximum Total Cost is 60');
		expect(panel.orders.size).toBe(2);
	});

	it('gives back what a refused order would have cost', async () => {
		panel.misbehave(onRow(0, refused('Incorrect link')));
		const capped = { options: { maxTotalCost: 60, parallelOrders: 1 } };
		const first = await create(rows(2), capped, continues);
		expect(first.json).toHaveLength(1);
		const again = await create(rows(2), capped, { continueFrom: first.executionData });
		expect(again.json).toHaveLength(2);
	});

	it('must be a number', async () => {
		const { error } = await create(rows(1), { options: { maxTotalCost: '1,5' } });
		expect(error?.message).toContain('Maximum Total Cost must be a number greater than 0');
		expect(error?.message).toContain('write 1.5');
		expect(panel.requests).toHaveLength(0);
	});
});

describe('the balance under a guard', () => {
	it('has to cover all that is open', async () => {
		panel.balance = 60;
		const { error } = await create(rows(5), { maxCost: 30 });
		expect(error?.message).toBe('Nothing was sent: 3 problems need fixing');
		expect(error?.description).toContain(
			'Balance of the account is 60, and 10 is left for this order',
		);
		expect(error?.description).toContain('Add funds on the panel, then retry this execution.');
		expect(adds()).toHaveLength(0);
	});

	it('pays for the first rows when the user continues on error', async () => {
		panel.balance = 60;
		const { json, failed } = await create(rows(3), { maxCost: 30 }, continues);
		expect(json).toHaveLength(2);
		expect(failed[0]?.json.details).toMatchObject({ kind: 'guard', canOrderElsewhere: true });
	});

	it('is not looked at without one', async () => {
		panel.balance = 60;
		await create(rows(2));
		expect(panel.requestsFor('balance')).toHaveLength(0);
	});
});

describe('evidence by the balance', () => {
	const guarded = { maxCost: 1000 };

	it('makes words in doubt a refusal where it surely stayed', async () => {
		panel.misbehave(onRow(0, refused('There was an error while creating your order.')));
		const { failed, json } = await create(rows(3), guarded, continues);
		expect(failed[0]?.json).toMatchObject({
			error: 'There was an error while creating your order.',
			message: expect.stringContaining('Nothing was charged for this order'),
			details: { kind: 'panelFault', canOrderElsewhere: true },
		});
		expect(json).toHaveLength(2);
	});

	it('leaves them unknown where it fell, with both figures', async () => {
		const body = '{"error":"There was an error while creating your order.","status":114}';
		panel.misbehave(onRow(1, { kind: 'answer', body, acts: true }));
		const { failed, json } = await create(rows(3), guarded, continues);
		expect(failed[0]?.json).toMatchObject({
			error: 'Outcome unknown: There was an error while creating your order.',
			message: expect.stringContaining(
				'The balance was 10000 USD before this run and is 99',
			) as unknown,
			details: { kind: 'outcomeUnknown', canOrderElsewhere: false },
		});
		expect(json).toHaveLength(2);
	});

	it('makes words nobody knows unknown where it fell, with an idempotency key as well', async () => {
		const body = '{"error":"Computer says no"}';
		panel.misbehave(onRow(0, { kind: 'answer', body, acts: true }));
		const { error } = await create(rows(1), { idempotencyKey: '={{ $json.row }}' });
		expect(error?.message).toBe('Outcome unknown: Computer says no');
	});

	it('decides nothing about a lost connection', async () => {
		panel.misbehave(onRow(0, { kind: 'dropBefore' }));
		const { error } = await create(rows(1), guarded);
		expect(error?.message).toMatch(/^Outcome unknown/);
	});

	it('is not asked for without guard and key: words nobody knows are a refusal', async () => {
		panel.misbehave(onRow(0, refused('Computer says no')));
		const { error } = await create(rows(1));
		expect(error?.message).toBe('Computer says no');
		expect(panel.requestsFor('balance')).toHaveLength(0);
	});

	it('gives the key of a refused order back, so that it can be used again', async () => {
		panel.misbehave(onRow(0, refused('There was an error while creating your order.')));
		const keyed = { idempotencyKey: '={{ $json.row }}' };
		const first = await create(rows(1), keyed);
		expect(first.error?.message).toBe('There was an error while creating your order.');
		expect((await create(rows(1), keyed)).json).toMatchObject([{ order: '23501' }]);
	});
});

describe('a failed order says whether another panel may take it', () => {
	it.each<[string, Fault['does'], string, boolean]>([
		['no funds', refused('Not enough funds on balance'), 'funds', true],
		['a service that is off sale', refused('neworder.error.incorrect_service_id'), 'service', true],
		['a quantity', refused('Quantity less than minimal 200'), 'quantity', true],
		['a wrong key', refused('Invalid API key'), 'key', true],
		['a closed account', refused('Your account is inactive'), 'account', true],
		['a bad link', refused('Bad link'), 'link', false],
		['a running order', refused('An identical order was just placed'), 'duplicateLink', false],
		['words nobody knows', refused('Computer says no'), 'refused', false],
		['an unknown outcome', { kind: 'dropAfter' }, 'outcomeUnknown', false],
	])('%s', async (_what, does, kind, canOrderElsewhere) => {
		panel.misbehave({ on: 'add', does });
		const { failed } = await create(rows(1), {}, continues);
		expect(failed[0]?.json.details).toMatchObject({ kind, canOrderElsewhere });
	});

	it('a panel that cannot be reached', async () => {
		const closed = await startSandboxPanel();
		await closed.close();
		const { failed } = await create(rows(1), {}, { ...continues, panelUrl: closed.url });
		expect(failed[0]?.json.details).toMatchObject({ kind: 'unreachable', canOrderElsewhere: true });
	});

	it('a row that is wrong', async () => {
		const { failed } = await create([{ link: '', quantity: 1 }], {}, continues);
		expect(failed[0]?.json.details).toMatchObject({ kind: 'input', canOrderElsewhere: false });
	});
});

describe('retries of retries', () => {
	const noFunds = refused('Not enough funds on balance');

	it('place nothing that another retry of the same execution has placed, and return its IDs', async () => {
		panel.misbehave(onRow(2, noFunds, 2));
		const inTurn = { options: { parallelOrders: 1 } };
		const first = await create(rows(6), inTurn, { executionId: 'E1', mode: 'webhook' });
		expect(first.error?.message).toBe('Not enough funds on balance');
		const from = { continueFrom: first.executionData, mode: 'retry' as const };
		const second = await create(rows(6), inTurn, { ...from, executionId: 'E2' });
		expect(second.error?.message).toBe('Not enough funds on balance');
		const third = await create(rows(6), inTurn, { ...from, executionId: 'E3' });
		const fourth = await create(rows(6), inTurn, { ...from, executionId: 'E4' });
		expect(third.json.map(({ order }) => order)).toHaveLength(6);
		expect(fourth.json).toEqual(third.json);
		expect(links()).toEqual(rows(6).map((row) => row.link));
	});

	it('hold when they run at the same time', async () => {
		panel.misbehave(onRow(0, noFunds));
		const first = await create(rows(5), {}, { executionId: 'E1', mode: 'webhook' });
		expect(first.error).toBeDefined();
		panel.misbehave(slow(30));
		const from = { continueFrom: first.executionData, mode: 'retry' as const };
		await Promise.all(
			['E2', 'E3', 'E4'].map(
				async (executionId) => await create(rows(5), {}, { ...from, executionId }),
			),
		);
		expect(links()).toEqual(rows(5).map((row) => row.link));
	});

	it('a retry of a retry knows what both have placed', async () => {
		panel.misbehave(onRow(1, noFunds, 2));
		const inTurn = { options: { parallelOrders: 1 } };
		const first = await create(rows(3), inTurn, { executionId: 'E1' });
		const second = await create(rows(3), inTurn, {
			executionId: 'E2',
			mode: 'retry',
			continueFrom: first.executionData,
		});
		const third = await create(rows(3), inTurn, {
			executionId: 'E3',
			mode: 'retry',
			continueFrom: second.executionData,
		});
		expect(third.json).toHaveLength(3);
		expect(panel.orders.size).toBe(3);
	});

	it('what was refused in a retry can be sent by the next', async () => {
		panel.misbehave(onRow(0, noFunds, 3));
		const first = await create(rows(1), {}, { executionId: 'E1' });
		const from = { continueFrom: first.executionData, mode: 'retry' as const };
		await create(rows(1), {}, { ...from, executionId: 'E2' });
		await create(rows(1), {}, { ...from, executionId: 'E3' });
		const last = await create(rows(1), {}, { ...from, executionId: 'E4' });
		expect(last.json).toMatchObject([{ order: '23501' }]);
	});
});

describe('a retry after the credential was changed', () => {
	const failFirst = async () => {
		panel.misbehave(onRow(1, refused('Invalid API key')));
		const first = await create(rows(2), { options: { parallelOrders: 1 } });
		expect(first.error?.message).toBe('Invalid API key');
		return first.executionData;
	};

	it('to another panel orders there only what was not placed before', async () => {
		const continueFrom = await failFirst();
		const other = await startSandboxPanel({ balance: 10_000 });
		const { json } = await create(
			rows(2),
			{},
			{ continueFrom, mode: 'retry', panelUrl: other.url },
		);
		expect(json).toHaveLength(2);
		expect(links()).toEqual([link(0)]);
		expect([...other.orders.values()].map((order) => order.link)).toEqual([link(1)]);
		await other.close();
	});
});

describe('an account whose key is refused', () => {
	it('is not asked to place the other rows too', async () => {
		panel.misbehave({ on: 'add', times: Infinity, does: refused('Invalid API key') });
		const { failed } = await create(rows(30), {}, continues);
		expect(failed).toHaveLength(30);
		expect(failed[29]?.json.details).toMatchObject({ kind: 'key', canOrderElsewhere: true });
		expect(adds().length).toBeLessThanOrEqual(5);
	});
});

describe('executions at the same time', () => {
	const keyed = { idempotencyKey: '={{ $json.row }}' };

	it('with one key place one order; the others wait for it and are duplicates', async () => {
		panel.misbehave(slow(50));
		const results = await Promise.all(
			Array.from(
				{ length: 8 },
				async (_, one) => await create(rows(1), keyed, { executionId: `E${one}` }),
			),
		);
		expect(panel.orders.size).toBe(1);
		const items = results.flatMap(({ json }) => json);
		expect(items).toHaveLength(8);
		expect(items.filter(({ duplicate }) => duplicate)).toHaveLength(7);
	});

	it('with different keys lose none of them', async () => {
		const run = async () =>
			await Promise.all(
				rows(20).map(async (row) => await create([row], keyed, { executionId: `E${row.row}` })),
			);
		await run();
		const again = await run();
		expect(panel.orders.size).toBe(20);
		expect(again.flatMap(({ json }) => json).every(({ duplicate }) => duplicate)).toBe(true);
	});

	it('that were refused can all be tried again', async () => {
		panel.misbehave({ on: 'add', times: 20, does: refused('Not enough funds on balance') });
		const run = async () =>
			await Promise.all(rows(20).map(async (row) => await create([row], keyed)));
		expect((await run()).every(({ error }) => error)).toBe(true);
		expect((await run()).flatMap(({ json }) => json).every(({ order }) => order)).toBe(true);
	});

	it('one refused while others wait for it: one of these places the order', async () => {
		panel.misbehave({ on: 'add', does: { kind: 'delay', milliseconds: 60 } });
		panel.misbehave({ on: 'add', does: refused('Not enough funds on balance') });
		const results = await Promise.all(
			Array.from(
				{ length: 4 },
				async (_, one) => await create(rows(1), keyed, { executionId: `E${one}` }),
			),
		);
		expect(panel.orders.size).toBe(1);
		expect(results.flatMap(({ json }) => json).filter(({ order }) => order)).toHaveLength(1);
	});
});

describe('several accounts in one run', () => {
	it('get their own orders, prices and caps, paired with the input', async () => {
		const other = await startSandboxPanel({ balance: 10_000 });
		const accountOf = ({ row }: IDataObject) => {
			const { url, apiKey } = Number(row) % 2 === 0 ? panel : other;
			return { url, apiKey };
		};
		const { json, main } = await create(rows(4), { options: { maxTotalCost: 60 } }, { accountOf });
		expect(json.map((item) => item.link)).toEqual(rows(4).map((row) => row.link));
		expect(main.map(inputOf)).toEqual([0, 1, 2, 3]);
		expect(links()).toEqual([link(0), link(2)]);
		expect(linksOn(other)).toEqual([link(1), link(3)]);
		await other.close();
	});

	it('keep their keys apart', async () => {
		const other = await startSandboxPanel({ balance: 10_000 });
		const keyed = { idempotencyKey: 'the same' };
		const accountOf = ({ row }: IDataObject) => {
			const { url, apiKey } = row === 0 ? panel : other;
			return { url, apiKey };
		};
		const { json } = await create(rows(2), keyed, { accountOf });
		expect(json.map(({ order }) => order)).toEqual(['23501', '23501']);
		await other.close();
	});

	it('a failure of one leaves the other alone, when the user continues on error', async () => {
		const other = await startSandboxPanel({ balance: 10_000 });
		other.misbehave({ on: 'services', times: Infinity, does: refused('Invalid API key') });
		const accountOf = ({ row }: IDataObject) => {
			const { url, apiKey } = row === 0 ? panel : other;
			return { url, apiKey };
		};
		const { json, failed } = await create(rows(2), { maxCost: 100 }, { accountOf, ...continues });
		expect(json).toMatchObject([{ order: '23501' }]);
		expect(failed[0]?.json.details).toMatchObject({ kind: 'key', canOrderElsewhere: true });
		await other.close();
	});
});

describe('the order type that follows the service', () => {
	const picked = (value: string, cachedResultName: string) => ({
		service: { __rl: true, mode: 'list', value, cachedResultName },
	});

	it('is that of the row that was picked', async () => {
		const comments = { comments: 'Nice!\nWow' };
		const service = picked('107', 'Comments | 12 per 1k | 107 | 2 to 500 | Custom Comments');
		const { json } = await create(rows(1), { ...service, ...comments });
		expect(json).toMatchObject([{ service: '107', comments: ['Nice!', 'Wow'], quantity: 2 }]);
		expect(adds()[0]?.form).not.toHaveProperty('answer_number');
	});

	it('is that of the catalogue where a guard reads it anyway', async () => {
		const service = { service: { __rl: true, mode: 'id', value: '107' } };
		const { error } = await create(rows(1), { ...service, maxCost: 100 });
		expect(error?.message).toBe(
			'Comments is required for Custom Comments orders: set Order Type to Custom Comments to show the field',
		);
		expect(adds()).toHaveLength(0);
	});

	it('is Default else, and costs no call', async () => {
		await create(rows(1), { service: { __rl: true, mode: 'id', value: '101' } });
		expect(panel.requests.map(({ action }) => action)).toEqual(['add']);
	});

	it.each(['Custom Comments', 'custom_comments', 'customComments'])(
		'can be written as %s by an expression',
		async (orderType) => {
			const order = { service: { __rl: true, mode: 'id', value: '107' }, comments: 'Nice!\nWow' };
			const { json, error } = await create(rows(1), {
				...order,
				orderType: `={{ "${orderType}" }}`,
			});
			expect(error).toBeUndefined();
			expect(json).toMatchObject([{ order: '23501', comments: ['Nice!', 'Wow'] }]);
		},
	);

	it('that nobody knows is one problem, with a suggestion', async () => {
		const { error } = await create(rows(1), { orderType: '={{ "comments" }}' });
		expect(error?.message).toBe(
			`Order Type is "comments", which isn't an order type. Did you mean Custom Comments?`,
		);
	});
});

it("returns the input's fields too, if wanted", async () => {
	const { json } = await create([{ ...rows(1)[0], customer: 'Ada' }], {
		options: { includeInputFields: true },
	});
	expect(json).toMatchObject([{ customer: 'Ada', row: 0, order: '23501' }]);
});
