import { machineClock } from '../../../nodes/n8n/machineClock.ts';
import type { AskOptions } from '../../../nodes/panelApi/batches/askAboutIds.ts';
import { type IdOutcomes, PanelClient } from '../../../nodes/panelApi/client.ts';
import type { Patience } from '../../../nodes/panelApi/calls/retryPolicy.ts';
import type { Wire } from '../../../nodes/panelApi/transport/wire.ts';
import { startSandboxPanel } from '../../sandbox/panel.mts';
import type { FaultEffect, Form, SandboxPanel } from '../../sandbox/panel.mts';
import { MovedClock } from '../../support/movedClock.mts';
import {
	clientOf,
	failureOf,
	inShort,
	sentForms,
	shortPatience,
	willAnswer,
	wireTo,
} from '../../support/client.mts';
import { panelForTests } from '../../support/panelForTests.mts';

const panel = panelForTests();
const slowPanel = panelForTests({ latencyMs: 40 });

afterEach(() => jest.restoreAllMocks());

const idsTo = (last: number) => Array.from({ length: last }, (_, index) => String(index + 1));
const seedAll = (where: SandboxPanel, ids: readonly string[]) => {
	for (const order of ids) where.seedOrders(1, { order, status: 'Completed' });
};
const busy: FaultEffect = { kind: 'status', status: 429, body: '' };
const order = { service: '101', link: 'https://x.example', quantity: '100' };

describe('ids are asked about in as few calls as the panel allows', () => {
	it('250 ids are 3 calls, with 100, 100 and 50', async () => {
		const ids = idsTo(250);
		seedAll(panel, ids);
		const outcomes = await clientOf(panel).orderStatus(ids);
		expect(outcomes.size).toBe(250);
		expect(Object.values(inShort(outcomes))).toEqual(
			ids.map(() => expect.objectContaining({ state: 'completed' })),
		);
		expect(sentForms(panel)).toEqual(
			expect.arrayContaining([
				{ action: 'status', orders: ids.slice(0, 100).join(',') },
				{ action: 'status', orders: ids.slice(100, 200).join(',') },
				{ action: 'status', orders: ids.slice(200).join(',') },
			]),
		);
		expect(panel.requests).toHaveLength(3);
	});

	it('an id that is left over goes in the single form', async () => {
		const ids = idsTo(101);
		await clientOf(panel).refill(ids);
		expect(sentForms(panel)).toStrictEqual([
			{ action: 'refill', orders: ids.slice(0, 100).join(',') },
			{ action: 'refill', order: '101' },
		]);
	});

	it.each(['orderStatus', 'refill', 'refillStatus', 'cancel'] as const)(
		'%s asks for each id once',
		async (method) => {
			panel.seedOrders(1, { order: '7', status: 'Pending' });
			const outcomes = await clientOf(panel)[method](['7', '7', '7']);
			expect([...outcomes.keys()]).toStrictEqual(['7']);
			expect(panel.requests).toHaveLength(1);
		},
	);

	it('an id twice in a list goes out once', async () => {
		await clientOf(panel).orderStatus(['2', '1', '2', '3', '1']);
		expect(sentForms(panel)).toStrictEqual([{ action: 'status', orders: '2,1,3' }]);
	});

	it('no ids are no calls', async () => {
		expect((await clientOf(panel).orderStatus([])).size).toBe(0);
		expect(panel.requests).toHaveLength(0);
	});

	it.each<[number, number[]]>([
		[1, [1, 1, 1, 1, 1, 1, 1]],
		[3, [3, 3, 1]],
		[2.9, [2, 2, 2, 1]],
		[7, [7]],
		[500, [7]],
		[0, [1, 1, 1, 1, 1, 1, 1]],
		[-4, [1, 1, 1, 1, 1, 1, 1]],
		[Number.NaN, [1, 1, 1, 1, 1, 1, 1]],
	])('batches of %d: 7 ids go in calls with %j', async (batchSize, sizes) => {
		await clientOf(panel).refill(idsTo(7), { batchSize });
		const sent = panel.requests.map(
			({ form }) => (form.orders ?? form.order ?? '').split(',').length,
		);
		expect(sent).toStrictEqual(sizes);
	});

	it('no batch is larger than 100', async () => {
		await clientOf(panel).refill(idsTo(120), { batchSize: 110 });
		expect(panel.requests[0]?.form.orders?.split(',')).toHaveLength(100);
	});

	it('5 reads are under way at once, and up to 20 while the panel keeps pace', async () => {
		const client = clientOf(slowPanel);
		await client.orderStatus(idsTo(5), { batchSize: 1 });
		expect(slowPanel.peakParallel).toBe(5);
		await client.orderStatus(idsTo(100), { batchSize: 1 });
		expect(slowPanel.peakParallel).toBe(20);
		expect(slowPanel.requests).toHaveLength(105);
	});

	it.each(['refill', 'cancel'] as const)('%s has one call under way at a time', async (method) => {
		for (const order of idsTo(5)) slowPanel.seedOrders(1, { order, status: 'Pending' });
		await clientOf(slowPanel)[method](idsTo(5), { batchSize: 1 });
		expect(slowPanel.peakParallel).toBe(1);
		expect(slowPanel.requests).toHaveLength(5);
	});
});

describe('a list that the panel refuses', () => {
	it.each([
		'Incorrect order ID',
		'Refill not found',
		'Missing required parameter: order',
		'Incorrect request',
		'Order not eligible for refill.',
		'Order not eligible for cancellation.',
		'Computer says no',
	])('is asked about id by id after "%s"', async (words) => {
		seedAll(panel, ['1', '2']);
		panel.misbehave({ does: { kind: 'refuse', error: words } });
		expect(inShort(await clientOf(panel).orderStatus(['1', '2']))).toMatchObject({
			1: { state: 'completed' },
			2: { state: 'completed' },
		});
		expect(sentForms(panel)).toStrictEqual([
			{ action: 'status', orders: '1,2' },
			{ action: 'status', order: '1' },
			{ action: 'status', order: '2' },
		]);
	});

	it.each(['Not enough funds', 'Invalid API key', 'Bad link'])(
		'is refused for all of its ids after "%s"',
		async (words) => {
			panel.misbehave({ does: { kind: 'refuse', error: words } });
			expect(inShort(await clientOf(panel).orderStatus(['1', '2']))).toStrictEqual({
				1: expect.stringContaining(words),
				2: expect.stringContaining(words),
			});
			expect(panel.requests).toHaveLength(1);
		},
	);

	const refuse = (error: string, when: (form: Form) => boolean) => {
		panel.misbehave({ when, times: Infinity, does: { kind: 'refuse', error } });
	};
	const asksFor = (id: string) => (form: Form) =>
		[form.order, ...(form.orders ?? '').split(',')].includes(id);

	it('in words nobody knows is asked about in halves, until the one bad id is found', async () => {
		seedAll(panel, idsTo(100));
		refuse('Неверный ID заказа', asksFor('77'));
		const outcomes = inShort(await clientOf(panel).orderStatus(idsTo(100)));
		expect(outcomes['77']).toBe('refused: Неверный ID заказа');
		expect(Object.values(outcomes).filter((outcome) => typeof outcome === 'object')).toHaveLength(
			99,
		);
		expect(panel.requests.length).toBeLessThan(20);
	});

	it('in words nobody knows by a panel without lists costs few calls more', async () => {
		seedAll(panel, idsTo(100));
		refuse('Falscher Auftrag', ({ orders }) => orders !== undefined);
		const outcomes = inShort(await clientOf(panel).orderStatus(idsTo(100)));
		expect(Object.values(outcomes)).toEqual(
			Object.values(outcomes).map(() => expect.objectContaining({ state: 'completed' })),
		);
		expect(panel.requests.length).toBeLessThan(110);
	});

	it.each([
		['Incorrect request', 25],
		['Nicht erlaubt', 120],
	])(
		'id by id too, in the same words "%s", is not asked about to the end',
		async (words, mostRequests) => {
			refuse(words, () => true);
			const outcomes = inShort(await clientOf(panel).orderStatus(idsTo(400)));
			expect(Object.values(outcomes)).toHaveLength(400);
			for (const outcome of Object.values(outcomes))
				expect(outcome).toEqual(expect.stringContaining(words));
			expect(panel.requests.length).toBeLessThan(mostRequests);
		},
	);

	it.each(['orderStatus', 'cancel'] as const)(
		'%s: in words nobody knows for the first ids, is asked about for the last all the same',
		async (method) => {
			seedAll(panel, idsTo(60));
			panel.setOrder('60', { status: 'Pending' });
			refuse('Nicht erlaubt', (form) => !asksFor('60')(form) || form.orders !== undefined);
			const outcomes = inShort(await clientOf(panel)[method](idsTo(60), { batchSize: 60 }));
			expect(outcomes['1']).toBe('refused: Nicht erlaubt');
			expect(outcomes['60']).toEqual(expect.any(Object));
		},
	);

	it('for an id that the panel takes for a wrong request, is asked about for the others', async () => {
		seedAll(panel, ['1', '2']);
		refuse('Incorrect request', asksFor('#N/A'));
		expect(inShort(await clientOf(panel).orderStatus(['1', '#N/A', '2']))).toEqual({
			1: expect.objectContaining({ state: 'completed' }),
			'#N/A': 'unsupportedAction: Incorrect request',
			2: expect.objectContaining({ state: 'completed' }),
		});
	});

	it.each([400, 404, 422, 500])(
		'in part, at HTTP %i, is granted for the others',
		async (status) => {
			const rows = [
				{ order: 1, refill: 901 },
				{ order: 2, refill: { error: 'Order not eligible for refill.' } },
			];
			willAnswer(panel, rows, { status });
			expect(inShort(await clientOf(panel).refill(['1', '2']))).toEqual({
				1: { refill: '901', message: '' },
				2: 'refillRefused: Order not eligible for refill.',
			});
		},
	);

	it('of actions with an effect is not known to have done nothing after a fault', async () => {
		panel.misbehave({ does: { kind: 'status', status: 502 } });
		expect(inShort(await clientOf(panel).refill(['1', '2']))).toStrictEqual({
			1: 'outcomeUnknown: Outcome unknown: The panel answered with a web page (HTTP status 502)',
			2: 'outcomeUnknown: Outcome unknown: The panel answered with a web page (HTTP status 502)',
		});
		expect(panel.requests).toHaveLength(1);
	});
});

describe('a single id that the panel refuses', () => {
	it.each(['Incorrect request', 'Missing required parameter: orders'])(
		'is asked about as a list after "%s"',
		async (words) => {
			seedAll(panel, ['1']);
			panel.misbehave({ does: { kind: 'refuse', error: words } });
			expect(inShort(await clientOf(panel).orderStatus(['1']))).toMatchObject({
				1: { state: 'completed' },
			});
			expect(sentForms(panel)).toStrictEqual([
				{ action: 'status', order: '1' },
				{ action: 'status', orders: '1' },
			]);
		},
	);

	it.each(['Incorrect order ID', 'Order not eligible for refill.', 'Computer says no'])(
		'is refused after "%s"',
		async (words) => {
			panel.misbehave({ does: { kind: 'refuse', error: words } });
			expect(inShort(await clientOf(panel).refill(['1']))).toStrictEqual({
				1: expect.stringContaining(words),
			});
			expect(panel.requests).toHaveLength(1);
		},
	);

	it.each<[string, 'orderStatus' | 'cancel', unknown, string]>([
		['by its key', 'cancel', { 1: { error: 'Cannot cancel' } }, 'cancelRefused: Cannot cancel'],
		['as a bare text', 'orderStatus', { 1: 'Incorrect order ID' }, 'orderId: Incorrect order ID'],
		['in a list', 'orderStatus', [{ order: 1, error: 'Bad ID' }], 'refused: Bad ID'],
	])('%s at HTTP 404 is refused, not unknown', async (_what, method, body, expected) => {
		willAnswer(panel, body, { status: 404 });
		expect(inShort(await clientOf(panel)[method](['1']))).toEqual({ 1: expected });
	});

	it('and refused as a list too is asked in the single form again the next time', async () => {
		panel.misbehave({ does: { kind: 'refuse', error: 'Missing required fields' }, times: 2 });
		seedAll(panel, ['2']);
		await clientOf(panel).refill(['1', '2'], { batchSize: 1 });
		expect(sentForms(panel).map(({ action: _action, ...fields }) => fields)).toStrictEqual([
			{ order: '1' },
			{ orders: '1' },
			{ order: '2' },
		]);
	});
});

describe('an id that the panel leaves out of its answer', () => {
	it.each([1, 50, 100])(
		'has no answer; the others have (%i ids left out of 100)',
		async (count) => {
			const ids = idsTo(100);
			seedAll(panel, ids);
			panel.misbehave({ does: { kind: 'leaveOut', ids: ids.slice(0, count) } });
			const outcomes = inShort(await clientOf(panel).orderStatus(ids));
			for (const [index, id] of ids.entries()) {
				if (index < count && count < 100)
					expect(outcomes[id]).toBe(`noAnswer: no answer for order ${id}`);
				else expect(outcomes[id]).toMatchObject({ state: 'completed' });
			}
			// An answer about none of them may mean that the panel does not know lists.
			expect(panel.requests).toHaveLength(count < 100 ? 1 : 101);
		},
	);
});

describe('a read', () => {
	const reads: Array<[string, (client: PanelClient) => Promise<unknown>]> = [
		['balance', async (client) => await client.balance()],
		['services', async (client) => await client.services()],
		['status', async (client) => await only(client.orderStatus(['1']))],
		['refill_status', async (client) => await only(client.refillStatus(['12345']))],
	];
	const passing: Array<[string, FaultEffect, string]> = [
		['429', busy, 'rateLimit'],
		['429 in words alone', { kind: 'refuse', error: 'Too many requests' }, 'rateLimit'],
		['500', { kind: 'status', status: 500 }, 'panelFault'],
		['502', { kind: 'html', status: 502 }, 'panelFault'],
		['503 without a body', { kind: 'empty', status: 503 }, 'panelFault'],
		['a fault in words', { kind: 'refuse', error: 'Server error' }, 'panelFault'],
		['a lost connection', { kind: 'dropBefore' }, 'connectionLost'],
		['half an answer', { kind: 'cutAfter' }, 'connectionLost'],
	];
	const lasting: Array<[string, FaultEffect, string]> = [
		['a web page', { kind: 'html' }, 'notAPanel'],
		['an empty answer', { kind: 'empty' }, 'notAPanel'],
		['cut JSON', { kind: 'cutJson' }, 'notAPanel'],
		['a redirect', { kind: 'redirect', to: 'https://x.example/' }, 'notAPanel'],
		['a wrong key', { kind: 'refuse', error: 'Invalid API key' }, 'key'],
		['a refusal', { kind: 'refuse', error: 'Computer says no' }, 'refused'],
		['HTTP 404', { kind: 'status', status: 404 }, 'notAPanel'],
	];

	describe.each(reads)('%s', (action, read) => {
		beforeEach(async () => {
			panel.seedOrders(1, { order: '1', status: 'Completed' });
			await clientOf(panel).refill(['1']);
			panel.forgetRequests();
		});

		it.each(passing)('is repeated after %s', async (_what, does) => {
			panel.misbehave({ does });
			await read(clientOf(panel));
			expect(panel.requestsFor(action)).toHaveLength(2);
		});

		it.each(passing)('is given up when %s lasts', async (_what, does, kind) => {
			panel.misbehave({ does, times: Infinity });
			expect((await failureOf(read(clientOf(panel)))).kind).toBe(kind);
			expect(panel.requestsFor(action)).toHaveLength(3);
			panel.forgetRequests();
			expect((await failureOf(read(clientOf(panel, { repeats: 0 })))).kind).toBe(kind);
			expect(panel.requestsFor(action)).toHaveLength(1);
		});

		it.each(lasting)('is not repeated after %s', async (_what, does, kind) => {
			panel.misbehave({ does });
			expect((await failureOf(read(clientOf(panel)))).kind).toBe(kind);
			expect(panel.requests).toHaveLength(1);
		});
	});
});

describe.each(['refill', 'cancel'] as const)('the action %s', (action) => {
	const ask = async () => {
		panel.seedOrders(1, { order: '1', status: action === 'refill' ? 'Completed' : 'Pending' });
		const asked: Promise<IdOutcomes<unknown>> = clientOf(panel)[action](['1']);
		return await only(asked);
	};

	it.each<[string, FaultEffect]>([
		['429', busy],
		['429 in words', { kind: 'refuse', error: 'Too many requests', status: 429 }],
	])('is repeated after %s, which did nothing', async (_what, does) => {
		panel.misbehave({ does });
		await ask();
		expect(panel.requestsFor(action)).toHaveLength(2);
	});

	it.each<[string, FaultEffect]>([
		['a connection lost before', { kind: 'dropBefore' }],
		['a connection lost after', { kind: 'dropAfter' }],
		['half an answer', { kind: 'cutAfter' }],
		['cut JSON', { kind: 'cutJson' }],
		['500', { kind: 'status', status: 500 }],
		['502 that did it', { kind: 'html', status: 502, acts: true }],
		['503 in words', { kind: 'refuse', error: 'Service Unavailable', status: 503 }],
		['a fault in words', { kind: 'refuse', error: 'Server error' }],
		['a web page', { kind: 'html' }],
		['an empty answer', { kind: 'empty', acts: true }],
		['a redirect', { kind: 'redirect', to: 'https://x.example/' }],
		['an answer that tells nothing', { kind: 'answer', body: '{}' }],
	])('is not repeated after %s: its outcome is unknown', async (_what, does) => {
		panel.misbehave({ does });
		const failure = await failureOf(ask());
		expect(failure.kind).toBe('outcomeUnknown');
		expect(failure.description).toMatch(
			new RegExp(`^The "${action}" request was sent at 2.* and may have been carried out\\.`),
		);
		expect(panel.requestsFor(action)).toHaveLength(1);
	});

	it('that was refused is neither repeated nor unknown', async () => {
		panel.misbehave({ does: { kind: 'refuse', error: `${action} not allowed` } });
		expect((await failureOf(ask())).kind).toBe(`${action}Refused`);
		expect(panel.requests).toHaveLength(1);
	});
});

describe('an order is sent once, whatever comes back', () => {
	it.each<[string, FaultEffect, string]>([
		['a connection lost before', { kind: 'dropBefore' }, 'The connection to the panel was lost'],
		['a connection lost after', { kind: 'dropAfter' }, 'The connection to the panel was lost'],
		['half an answer', { kind: 'cutAfter' }, 'The connection to the panel was lost'],
		['502', { kind: 'html', status: 502 }, 'The panel answered with a web page (HTTP status 502)'],
		[
			'502 that placed it',
			{ kind: 'html', status: 502, acts: true },
			'The panel answered with a web page (HTTP status 502)',
		],
		[
			'500 without a body',
			{ kind: 'empty', status: 500 },
			'The panel answered with an empty answer (HTTP status 500)',
		],
		[
			'503 in words',
			{ kind: 'refuse', error: 'Service Unavailable', status: 503 },
			'Service Unavailable',
		],
		['a fault in words', { kind: 'refuse', error: 'Server error' }, 'Server error'],
		['a time-out in words', { kind: 'refuse', error: 'Request timed out' }, 'Request timed out'],
		[
			'an empty answer',
			{ kind: 'empty', acts: true },
			'The panel answered with an empty answer (HTTP status 200)',
		],
		[
			'an answer without an id',
			{ kind: 'withoutOrderId' },
			'the panel answered without an order ID',
		],
		[
			'cut JSON',
			{ kind: 'cutJson' },
			'The panel answered with an answer that is not JSON (HTTP status 200)',
		],
		[
			'dirty JSON',
			{ kind: 'dirtyJson' },
			'The panel answered with an answer that is not JSON (HTTP status 200)',
		],
		[
			'a PHP warning',
			{ kind: 'phpWarning' },
			'The panel answered with a web page (HTTP status 200)',
		],
		[
			'a redirect',
			{ kind: 'redirect', to: 'https://x.example/' },
			'The panel redirects to another address',
		],
		['a web page', { kind: 'html' }, 'The panel answered with a web page (HTTP status 200)'],
		[
			'a page that blocks servers',
			{ kind: 'html', status: 403 },
			'The panel answered with a web page (HTTP status 403)',
		],
	])('%s: the outcome is unknown', async (_what, does, message) => {
		panel.misbehave({ does });
		const failure = await failureOf(clientOf(panel).add(order));
		expect(failure.kind).toBe('outcomeUnknown');
		expect(failure.mayHaveActed).toBe(true);
		expect(failure.message).toBe(`Outcome unknown: ${message}`);
		expect(failure.description).toMatch(
			/^The "add" request was sent at 2\d{3}-.*Z and may have been carried out\..* Check on the panel whether it was carried out\. This execution won't send it again\.$/,
		);
		expect(sentForms(panel)).toStrictEqual([{ action: 'add', ...order }]);
	});

	it('the time is that of the sending', async () => {
		const before = Date.now();
		panel.misbehave({ does: { kind: 'delay', milliseconds: 60 } });
		panel.misbehave({ does: { kind: 'html' } });
		await clientOf(panel).add(order);
		const between = Date.now();
		const { detail } = await failureOf(clientOf(panel).add(order));
		const sentAt = Date.parse(/sent at (\S+Z)/.exec(detail)?.[1] ?? '');
		expect(between - before).toBeGreaterThanOrEqual(55);
		expect(sentAt).toBeGreaterThanOrEqual(between);
		expect(sentAt).toBeLessThanOrEqual(Date.now());
	});

	it.each<[string, FaultEffect, string]>([
		['no funds', { kind: 'refuse', error: 'Not enough funds on balance' }, 'funds'],
		[
			'no funds at 402',
			{ kind: 'refuse', error: 'Not enough funds on balance', status: 402 },
			'funds',
		],
		['402 without words', { kind: 'empty', status: 402 }, 'funds'],
		['401 without words', { kind: 'empty', status: 401 }, 'key'],
		['a wrong link at 422', { kind: 'refuse', error: 'Bad link', status: 422 }, 'link'],
		[
			'a running order',
			{ kind: 'refuse', error: 'Active order with this link exists' },
			'duplicateLink',
		],
		['words nobody knows', { kind: 'refuse', error: 'Computer says no' }, 'refused'],
	])('%s: a definite refusal', async (_what, does, kind) => {
		panel.misbehave({ does });
		const failure = await failureOf(clientOf(panel).add(order));
		expect(failure.kind).toBe(kind);
		expect(failure.mayHaveActed).toBe(false);
		expect(panel.requests).toHaveLength(1);
		expect(panel.orders.size).toBe(0);
	});

	it.each<[string, FaultEffect]>([
		['429', busy],
		['429 in words', { kind: 'refuse', error: 'Too many requests' }],
	])('%s: it is sent again after a pause, until the panel takes it', async (_what, does) => {
		panel.misbehave({ does, times: 2 });
		expect((await clientOf(panel).add(order)).value.order).toBe('23501');
		expect(panel.requests).toHaveLength(3);
		expect(panel.orders.size).toBe(1);
	});

	it('a rate limit that does not end is a definite refusal', async () => {
		panel.misbehave({ does: busy, times: Infinity });
		const failure = await failureOf(clientOf(panel, { repeats: 2, limitedRepeats: 2 }).add(order));
		expect(failure).toMatchObject({ kind: 'rateLimit', certainty: 'refused' });
		expect(panel.requests).toHaveLength(3);
		expect(panel.orders.size).toBe(0);
	});

	it('a byte order mark does not hide the id', async () => {
		panel.misbehave({ does: { kind: 'byteOrderMark' } });
		expect((await clientOf(panel).add(order)).value.order).toBe('23501');
	});
});

describe('a panel that cannot be reached', () => {
	const counting = (url: string) => {
		const wire = wireTo(url, 'key');
		let calls = 0;
		const counted: Wire = async (form, timeoutMs) => {
			calls++;
			return await wire(form, timeoutMs);
		};
		return { client: new PanelClient(counted, machineClock, shortPatience), calls: () => calls };
	};
	const closedPort = async () => {
		const gone = await startSandboxPanel();
		await gone.close();
		return gone.url;
	};

	it.each<[string, () => Promise<string>, RegExp]>([
		['refuses the connection', closedPort, /ECONNREFUSED/],
		[
			'has a name that nobody knows',
			async () => await Promise.resolve('http://no-such-panel.invalid/api/v2'),
			/ENOTFOUND|EAI_AGAIN/,
		],
	])('because it %s has done nothing', async (_what, url, reason) => {
		const { client, calls } = counting(await url());
		const failure = await failureOf(client.add(order));
		expect(failure).toMatchObject({
			kind: 'unreachable',
			message: 'The panel cannot be reached',
			detail: expect.stringMatching(reason),
			mayHaveActed: false,
		});
		expect(calls()).toBe(1);
	});

	it('is tried again for all but orders', async () => {
		const url = await closedPort();
		for (const ask of [
			async (client: PanelClient) => await client.balance(),
			async (client: PanelClient) => await only(client.refill(['1'])),
			async (client: PanelClient) => await only(client.cancel(['1'])),
		]) {
			const { client, calls } = counting(url);
			expect((await failureOf(ask(client))).kind).toBe('unreachable');
			expect(calls()).toBe(3);
		}
	});

	it('is not told from a lost connection by a wire that throws', async () => {
		const broken: Wire = async () => await Promise.reject(new Error('Out of paper'));
		const client = new PanelClient(broken, machineClock, { ...shortPatience, repeats: 0 });
		expect(await failureOf(client.balance())).toMatchObject({
			kind: 'connectionLost',
			message: 'Out of paper',
		});
		expect(await failureOf(client.add(order))).toMatchObject({
			kind: 'outcomeUnknown',
			message: 'Outcome unknown: Out of paper',
		});
	});
});

it.each<[string, (client: PanelClient) => Promise<unknown>, number]>([
	['services', async (client) => await client.services(), 120_000],
	['balance', async (client) => await client.balance(), 30_000],
	['status', async (client) => await client.orderStatus(['1']), 30_000],
	['refill_status', async (client) => await client.refillStatus(['1']), 30_000],
	['refill', async (client) => await client.refill(['1']), 60_000],
	['cancel', async (client) => await client.cancel(['1']), 60_000],
	['add', async (client) => await client.add(order).catch(() => undefined), 60_000],
])('%s has its own time to answer', async (_action, ask, milliseconds) => {
	panel.seedOrders(1, { order: '1', status: 'Pending' });
	const wire = wireTo(panel.url, panel.apiKey);
	const timeouts: number[] = [];
	const watched: Wire = async (form, timeoutMs) => {
		timeouts.push(timeoutMs);
		return await wire(form, timeoutMs);
	};
	await ask(new PanelClient(watched, machineClock, shortPatience));
	expect(timeouts).toStrictEqual([milliseconds]);
});

describe('pauses', () => {
	let clock: MovedClock;
	let start: number;
	let sentAfter: number[];
	beforeEach(() => {
		clock = new MovedClock();
		start = clock.now();
		sentAfter = [];
	});

	/** A client in the time of the clock; notes after how many milliseconds each call goes out. */
	const timedClientOf = (where: SandboxPanel, patience: Partial<Patience> = {}) => {
		const wire = clock.around(wireTo(where.url, where.apiKey));
		const noting: Wire = async (form, timeoutMs) => {
			sentAfter.push(clock.now() - start);
			return await wire(form, timeoutMs);
		};
		return new PanelClient(noting, clock, { ...shortPatience, ...patience });
	};

	it.each<[number, number[]]>([
		[0, [0, 50, 150, 350]],
		[0.5, [0, 100, 300, 700]],
		[1, [0, 150, 450, 1050]],
	])('grow, and spread by chance (%d)', async (chance, expected) => {
		clock.chance = chance;
		panel.misbehave({ does: { kind: 'status', status: 503 }, times: Infinity });
		const client = timedClientOf(panel, { repeats: 3, firstPauseMs: 100 });
		await clock.until(failureOf(client.balance()));
		expect(sentAfter).toEqual(expected);
	});

	it.each<[string, FaultEffect]>([
		['429', { kind: 'status', status: 429, headers: { 'retry-after': '30' } }],
		['503', { kind: 'status', status: 503, headers: { 'retry-after': '30' } }],
		[
			'429 with words',
			{ kind: 'answer', status: 429, body: '{"error":"x"}', headers: { 'retry-after': '30' } },
		],
		['429 of notpanel', { kind: 'status', status: 429, headers: { 'x-ratelimit-reset': '30' } }],
	])('are as long as the panel asks for (%s)', async (_what, does) => {
		panel.misbehave({ does });
		await clock.until(timedClientOf(panel, { longestPauseMs: 60_000 }).balance());
		expect(sentAfter).toEqual([0, 30_000]);
	});

	it.each<[string, string, () => Partial<Patience>]>([
		['than a pause may be', 'asks for a pause of 1 s,', () => ({ longestPauseMs: 200 })],
		['than there is time', 'no time left', () => ({ deadline: start + 200 })],
	])('that would be longer %s are not made', async (_what, why, patience) => {
		willAnswer(panel, '', { status: 429, headers: { 'retry-after': '0.3' } });
		const failure = await clock.until(failureOf(timedClientOf(panel, patience()).balance()));
		expect(failure).toMatchObject({ kind: 'rateLimit', retryAfterMs: 300 });
		expect(failure.detail).toContain(why);
		expect(sentAfter).toEqual([0]);
	});

	it('that did not help are in the error, with the number of tries', async () => {
		panel.misbehave({ does: { kind: 'status', status: 503 }, times: Infinity });
		const failure = await clock.until(failureOf(timedClientOf(panel, { repeats: 3 }).balance()));
		expect(failure.detail).toContain('It was tried 4 times.');
		expect(sentAfter).toHaveLength(4);
	});

	it('after a rate limit hold up all calls of the account', async () => {
		panel.misbehave({
			skip: 5,
			does: { kind: 'status', status: 429, headers: { 'retry-after': '0.5' } },
		});
		await clock.until(timedClientOf(panel).orderStatus(idsTo(40), { batchSize: 1 }));
		expect(sentAfter).toHaveLength(41);
		expect(sentAfter.filter((ms) => ms > 0 && ms < 500)).toEqual([]);
		expect(sentAfter.filter((ms) => ms >= 500).length).toBeGreaterThan(10);
	});

	it('after a fault hold up no other call', async () => {
		panel.misbehave({
			does: { kind: 'status', status: 503, headers: { 'retry-after': '0.5' } },
		});
		await clock.until(timedClientOf(panel).orderStatus(idsTo(12), { batchSize: 1 }));
		expect(sentAfter).toEqual([...Array.from({ length: 12 }, () => 0), 500]);
	});

	it('end when the execution is stopped, and nothing is sent any more', async () => {
		const stop = new AbortController();
		willAnswer(panel, '', { status: 429, headers: { 'retry-after': '1.9' } });
		const call = failureOf(timedClientOf(panel, { signal: stop.signal }).balance());
		await clock.pass(50);
		stop.abort();
		expect((await clock.until(call)).kind).toBe('rateLimit');
		expect(clock.now() - start).toBeLessThan(400);
		expect(sentAfter).toEqual([0]);
	});

	it('make no call once the time is up', async () => {
		panel.misbehave({ does: { kind: 'status', status: 429, headers: { 'retry-after': '0.4' } } });
		const ids = idsTo(12);
		const asking = timedClientOf(panel).orderStatus(ids, { batchSize: 1, deadline: start + 200 });
		const outcomes = await clock.until(asking);
		expect(outcomes.size).toBeLessThan(12);
		expect(outcomes.size).toBe(sentAfter.length - 1);
		// The one that was refused is repeated all the same.
		expect(sentAfter.filter((ms) => ms > 0)).toEqual([400]);
	});
});

describe('calls that are not made any more', () => {
	it.each<[string, () => AskOptions]>([
		['the execution was stopped', () => ({ signal: AbortSignal.abort() })],
		['the time is up', () => ({ deadline: Date.now() })],
	])('because %s leave their ids without an outcome', async (_what, options) => {
		expect((await clientOf(panel).orderStatus(['1', '2', '3'], options())).size).toBe(0);
		expect((await clientOf(panel).cancel(['1'], options())).size).toBe(0);
		expect(panel.requests).toHaveLength(0);
	});

	it.each<[string, (ms: number) => AskOptions]>([
		['the execution is stopped', (ms) => ({ signal: AbortSignal.timeout(ms) })],
		['the time is up', (ms) => ({ deadline: Date.now() + ms })],
	])('once %s; what was under way is still told', async (_what, optionsAfter) => {
		seedAll(slowPanel, idsTo(200));
		const outcomes = await clientOf(slowPanel).orderStatus(idsTo(200), {
			batchSize: 1,
			...optionsAfter(100),
		});
		expect(outcomes.size).toBe(slowPanel.requests.length);
		expect(outcomes.size).toBeGreaterThanOrEqual(5);
		expect(outcomes.size).toBeLessThanOrEqual(40);
		for (const outcome of Object.values(inShort(outcomes)))
			expect(outcome).toMatchObject({ state: 'completed' });
	});

	it('not even one by one after a list that was refused', async () => {
		seedAll(slowPanel, idsTo(40));
		slowPanel.misbehave({ does: { kind: 'refuse', error: 'Incorrect request' } });
		const outcomes = await clientOf(slowPanel).orderStatus(idsTo(40), {
			deadline: Date.now() + 150,
		});
		expect(outcomes.size).toBe(slowPanel.requests.length - 1);
		expect(outcomes.size).toBeLessThan(10);
	});

	it('are no orders either', async () => {
		const client = clientOf(panel, { signal: AbortSignal.abort() });
		const failure = await failureOf(client.add(order));
		expect(failure.kind).toBe('stopped');
		expect(failure.mayHaveActed).toBe(false);
		expect(panel.requests).toHaveLength(0);
	});
});

/** The outcome of the one id that was asked about, as if it had been a call of its own. */
async function only<Value>(asked: Promise<IdOutcomes<Value>>): Promise<Value> {
	const [outcome] = [...(await asked).values()];
	if (!outcome) throw new Error('No outcome');
	if ('error' in outcome) throw outcome.error;
	return outcome.value;
}
