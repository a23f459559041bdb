import type { PanelClient } from '../../nodes/panelApi/client.ts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { clientOf, failureOf, inShort, sentForms, willAnswer } from './client.mts';
import { seedExample } from './clientAnswersOfSeed.mts';

const completed = {
	status: 'Completed',
	state: 'completed',
	isFinal: true,
	charge: null,
	currency: null,
	startCount: null,
	remains: null,
};

/** How the client reads what panels answer; to be run on each zod that n8n may bring along. */
export function describeAnswers(zodName: string): void {
	describe(`on ${zodName}`, () => {
		let panel: SandboxPanel;
		let client: PanelClient;
		beforeAll(async () => {
			panel = await startSandboxPanel();
			client = clientOf(panel);
		});
		beforeEach(() => panel.reset());
		afterAll(async () => await panel.close());

		const answering = (body: unknown, status?: number) => {
			willAnswer(panel, body, status === undefined ? {} : { status });
			return client;
		};

		describe('the examples of the seed document, verbatim', () => {
			it('add', async () => {
				const placed = await answering(
					seedExample({ action: 'add', service: '', link: '', quantity: '' }),
				).add({ service: '101', link: 'https://x.example', quantity: '100' });
				expect(placed).toStrictEqual({ value: { order: '23501' }, raw: { order: '23501' } });
			});

			it('status of one order', async () => {
				const raw = {
					charge: '0.03300',
					start_count: '1691',
					status: 'Completed',
					remains: '0',
					currency: 'USD',
				};
				const outcomes = await answering(seedExample({ action: 'status', order: '' })).orderStatus([
					'5',
				]);
				expect([...outcomes]).toStrictEqual([
					[
						'5',
						{
							value: {
								status: 'Completed',
								state: 'completed',
								isFinal: true,
								charge: 0.033,
								currency: 'USD',
								startCount: 1691,
								remains: 0,
							},
							raw,
						},
					],
				]);
			});

			it('status of several orders', async () => {
				const outcomes = await answering(seedExample({ action: 'status', orders: '' })).orderStatus(
					['486561', '486450', '486451'],
				);
				expect(inShort(outcomes)).toStrictEqual({
					486450: {
						status: 'Completed',
						state: 'completed',
						isFinal: true,
						charge: 0.08011655652,
						currency: 'USD',
						startCount: 44,
						remains: 0,
					},
					486451: 'orderId: Incorrect order ID',
					486561: {
						status: 'Cancelled',
						state: 'canceled',
						isFinal: true,
						charge: 0.04434830916,
						currency: 'USD',
						startCount: 181,
						remains: 100,
					},
				});
				expect(outcomes.get('486450')).toMatchObject({ raw: { charge: 0.08011655652 } });
			});

			it('refill of one order, accepted', async () => {
				const body = seedExample({ action: 'refill', order: '' }, 'Success');
				expect([...(await answering(body).refill(['5']))]).toStrictEqual([
					[
						'5',
						{
							value: {
								refill: '12345',
								message: 'Your order will be refill asap. Thank you for patience',
							},
							raw: {
								success: 'Your order will be refill asap. Thank you for patience',
								refill: 12345,
							},
						},
					],
				]);
			});

			it('refill of one order, refused', async () => {
				const body = seedExample({ action: 'refill', order: '' }, 'Failure');
				expect(inShort(await answering(body).refill(['5']))).toStrictEqual({
					5: 'refillRefused: Order not eligible for refill.',
				});
				expect(panel.requests).toHaveLength(1);
			});

			it('refill of several orders', async () => {
				const body = seedExample({ action: 'refill', orders: '' });
				const outcomes = await answering(body).refill(['1', '2', '3']);
				expect(inShort(outcomes)).toStrictEqual({
					1: { refill: '1', message: '' },
					2: { refill: '2', message: '' },
					3: 'refillRefused: Invalid Request',
				});
				expect(outcomes.get('2')).toMatchObject({ raw: { order: 2, refill: 2 } });
			});

			it('refill_status of one refill', async () => {
				const body = seedExample({ action: 'refill_status', refill: '' });
				expect([...(await answering(body).refillStatus(['5']))]).toStrictEqual([
					[
						'5',
						{
							value: { status: 'Completed', state: 'completed', isFinal: true },
							raw: { status: 'Completed' },
						},
					],
				]);
			});

			it('refill_status of several refills', async () => {
				const body = seedExample({ action: 'refill_status', refills: '' });
				expect(inShort(await answering(body).refillStatus(['1', '2', '3']))).toStrictEqual({
					1: { status: 'Completed', state: 'completed', isFinal: true },
					2: { status: 'Cancelled', state: 'canceled', isFinal: true },
					3: 'refillId: Refill Request Not found',
				});
			});

			it('cancel of one order, asked for, with its trailing comma', async () => {
				const body = seedExample({ action: 'cancel', order: '' }, 'Success');
				expect(() => JSON.parse(body)).toThrow(SyntaxError);
				const message =
					'We will attempt to cancel this order. Cancellation is not guaranteed. Please check again in 5 minutes.';
				expect([...(await answering(body).cancel(['5']))]).toStrictEqual([
					['5', { value: { cancelRequested: true, message }, raw: { success: message } }],
				]);
			});

			it('cancel of one order, refused', async () => {
				const body = seedExample({ action: 'cancel', order: '' }, 'Failure');
				expect(inShort(await answering(body).cancel(['5']))).toStrictEqual({
					5: 'cancelRefused: Order not eligible for cancellation.',
				});
				expect(panel.requests).toHaveLength(1);
			});

			it('services, with its trailing commas and its description without quotes', async () => {
				const body = seedExample({ action: 'services' });
				expect(() => JSON.parse(body)).toThrow(SyntaxError);
				const { value, raw } = await answering(body).services();
				expect(value).toStrictEqual([
					{
						service: '101',
						name: 'Real & Active Followers',
						category: 'Instagram Followers',
						type: 'default',
						orderType: 'default',
						rate: 250,
						min: 100,
						max: 100000,
						dripfeed: true,
						refill: true,
						cancel: true,
						description: 'Service Description',
					},
					{
						service: '30067',
						name: 'Instagram - Worldwide',
						category: 'Instagram Followers',
						type: 'default',
						orderType: 'default',
						rate: 103,
						min: 100,
						max: 10000,
						dripfeed: true,
						refill: true,
						cancel: true,
						description: 'Service Description',
					},
				]);
				expect(raw[1]).toStrictEqual({
					service: 30067,
					name: 'Instagram - Worldwide',
					rate: '103.00',
					min: '100',
					max: '10000',
					category: 'Instagram Followers',
					type: 'default',
					description: 'Service Description',
					dripfeed: true,
					refill: true,
					cancel: true,
				});
			});

			it('balance', async () => {
				expect(await answering(seedExample({ action: 'balance' })).balance()).toStrictEqual({
					value: { balance: 100.84292, currency: 'USD' },
					raw: { balance: '100.84292', currency: 'USD' },
				});
			});
		});

		describe('the id of a placed order', () => {
			it.each([
				['a number', { order: 23501 }, '23501'],
				['text', { order: '23501' }, '23501'],
				['beside a success (SmartPanel)', { status: 'success', order: 151 }, '151'],
				['with letters (notpanel)', { order: 'ord_01HG5Z' }, 'ord_01HG5Z'],
				['called id', { id: 77 }, '77'],
				['called order_id', { order_id: 5 }, '5'],
				['called orderId', { status: 'success', orderId: 'A5' }, 'A5'],
				['inside data', { data: { order: 5 } }, '5'],
				['called id beside an empty order', { order: null, id: 'x7' }, 'x7'],
				['with blanks around it', { order: ' 23501 ' }, '23501'],
				['beside an error that is none', { error: '', order: 8 }, '8'],
				['beside an empty list of errors, as PHP writes it', { error: [], order: 8 }, '8'],
				['beside an empty object of errors', { error: {}, order: 8 }, '8'],
				['too long for a number', '{"order": 12345678901234567890}', '12345678901234567890'],
				['too long, as text', '{"order":"12345678901234567890"}', '12345678901234567890'],
			])('%s', async (_what, body, order) => {
				expect((await answering(body).add({ service: '1' })).value).toStrictEqual({ order });
			});

			it('comes with HTTP 201 from some panels', async () => {
				expect((await answering({ order: 5 }, 201).add({ service: '1' })).value.order).toBe('5');
			});

			it.each([
				['no id at all', { status: 'success' }],
				['an empty id', { order: '' }],
				['a blank id', { order: ' ' }],
				['an id that is null', { order: null }],
				['an id of 0', { order: 0 }],
				['an id of "0"', { order: '0' }],
				['an object for an id', { order: { id: 5 } }],
				['a switch for an id', { order: true }],
				['a sentence for an id (SmartPanel in lists)', { order: 'Incorrect service ID' }],
				['two ids in one', { order: '5,6' }],
				['what scripts write for nothing', { order: 'undefined' }],
				...['error', 'failed', 'success', 'Pending', 'N/A', 'Processing', 'OK'].map(
					(word): [string, object] => [`the word ${word}`, { order: word }],
				),
				['two IDs that contradict each other', { order: 5, order_id: 6 }],
				['no success, without words', { success: false, id: 23501 }],
				['null as text', { order: 'null' }],
				['an id below 0', { order: -1 }],
				['part of a number', { order: 1.5 }],
				['a number without an end', '{"order":1e+21}'],
				['an id of something else beside an order of 0', { order: 0, id: 77 }],
				['an id of something else beside a sentence', { order: 'Not enough', id: 77 }],
				['an empty list of errors', { error: [] }],
				['a list', [{ order: 5 }]],
				['an empty list', []],
				['an empty object', {}],
				['null', 'null'],
				['a bare text', '"ok"'],
				['a bare number', '23501'],
			])('is never guessed: %s is an unknown outcome', async (_what, body) => {
				const failure = await failureOf(answering(body).add({ service: '1' }));
				expect(failure.kind).toBe('outcomeUnknown');
				expect(failure.message).toBe('Outcome unknown: the panel answered without an order ID');
				expect(failure.description).toMatch(
					/^The "add" request was sent at \d{4}-\d\d-\d\dT[\d:.]+Z and may have been carried out\. The panel answered .*\. Check on the panel whether it was carried out\. This execution won't send it again\.$/,
				);
				expect(failure.description).toContain(
					typeof body === 'string' ? body : JSON.stringify(body),
				);
				expect(sentForms(panel)).toStrictEqual([{ action: 'add', service: '1' }]);
			});
		});

		describe('an order ID beside an error', () => {
			it.each<[string, object, number]>([
				['words', { order: 23501, error: 'Bad link' }, 200],
				['SmartPanel telling of a failure', { status: 'error', message: 'Low', order: 23501 }, 200],
				['a failure without words', { status: 'error', order: 23501 }, 200],
				['words at HTTP 422', { order: 23501, error: 'Bad link' }, 422],
				['HTTP 401', { order: 23501 }, 401],
				['HTTP 402', { order: 23501 }, 402],
				['HTTP 429', { order: 23501 }, 429],
			])('is neither a placed order nor a refusal: %s', async (_what, body, status) => {
				const failure = await failureOf(answering(body, status).add({ service: '1' }));
				expect(failure.message).toBe(
					'Outcome unknown: the panel answered with an order ID, but with an error too',
				);
				expect(failure.mayHaveActed).toBe(true);
				expect(failure.detail).toContain(JSON.stringify(body));
				expect(panel.requests).toHaveLength(1);
			});
		});

		it('an ID that stands far back in an answer to an order is shown', async () => {
			const trace = 'PHP Notice: expected count < 5 in api.php '.repeat(60);
			const failure = await failureOf(
				answering(`${trace}{"order":987655}<br />`).add({ service: '1' }),
			);
			expect(failure).toMatchObject({ kind: 'outcomeUnknown', certainty: 'unknown' });
			expect(failure.detail).toContain('An order ID stands in the answer: 987655.');
		});

		describe('the status of one order', () => {
			const full = {
				status: 'Completed',
				charge: '0.5',
				currency: 'INR',
				start_count: '7',
				remains: '2',
			};
			const { status: _status, ...counts } = full;
			const known = {
				...completed,
				charge: 0.5,
				currency: 'INR',
				startCount: 7,
				remains: 2,
			};

			it.each<[string, unknown, unknown]>([
				['numbers instead of text', { ...full, charge: 0.5, start_count: 7, remains: 2 }, known],
				['its own id beside it (SmartPanel)', { order: 5, ...full }, known],
				['its own id as text', { order: '5', ...full }, known],
				['null for an id', { order: null, ...full }, known],
				['no currency', { ...full, currency: undefined }, { ...known, currency: null }],
				['start_count null', { ...full, start_count: null }, { ...known, startCount: null }],
				['start_count empty', { ...full, start_count: '' }, { ...known, startCount: null }],
				['remains "Unknown"', { ...full, remains: 'Unknown' }, { ...known, remains: null }],
				['thousands separators', { ...full, remains: '1,250' }, { ...known, remains: 1250 }],
				[
					'a charge over a million',
					{ ...full, charge: '1,250,000.50' },
					{ ...known, charge: 1250000.5 },
				],
				[
					'a decimal comma, not taken for thousands',
					{ ...full, charge: '0,033' },
					{ ...known, charge: null },
				],
				['nothing but the word', { status: 'Completed' }, completed],
				['an array of one that names it', [{ order: 5, ...full }], known],
				['an object keyed by its id', { 5: full }, known],
				[
					'a subscription (SmartPanel)',
					{ status: 'Active', expiry: false, posts: 3, orders: [] },
					{
						...completed,
						status: 'Active',
						state: 'active',
						isFinal: false,
						posts: 3,
						orders: [],
					},
				],
				[
					'a drip-feed (SmartPanel)',
					{ status: 'Inprogress', runs: 3, orders: [11, 12] },
					{
						...completed,
						status: 'Inprogress',
						state: 'inProgress',
						isFinal: false,
						runs: 3,
						orders: ['11', '12'],
					},
				],
				[
					'a failed order, which is no failed call',
					{ ...counts, status: 'Error' },
					{ ...known, status: 'Error', state: 'failed' },
				],
				[
					'a failed order with an empty error beside it',
					{ ...counts, status: 'Fail', error: '', message: '' },
					{ ...known, status: 'Fail', state: 'failed' },
				],
				[
					'a failed order that says why, with nothing but what remains',
					{ status: 'Error', remains: '2', message: 'The profile is private' },
					{ ...completed, status: 'Error', state: 'failed', remains: 2 },
				],
				[
					'a failed order that says why, with nothing but its charge',
					{ status: 'Error', charge: '0.5', message: 'The profile is private' },
					{ ...completed, status: 'Error', state: 'failed', charge: 0.5 },
				],
				[
					'a failed order that says why',
					{ ...counts, status: 'Fail', message: 'The profile is private' },
					{ ...known, status: 'Fail', state: 'failed' },
				],
				[
					'Success for completed',
					{ ...full, status: 'Success' },
					{ ...known, status: 'Success', state: 'completed' },
				],
			])('%s', async (_what, body, value) => {
				const outcomes = await answering(body).orderStatus(['5']);
				expect(inShort(outcomes)).toStrictEqual({ 5: value });
				expect(sentForms(panel)).toStrictEqual([{ action: 'status', order: '5' }]);
			});

			it.each<[string, unknown, string]>([
				['an error', { error: 'Incorrect order ID' }, 'orderId: Incorrect order ID'],
				[
					'SmartPanel telling of a failed call',
					{ status: 'error', message: 'Incorrect order ID' },
					'orderId: Incorrect order ID',
				],
				['another order', { order: 6, ...full }, 'noAnswer: no answer for order 5'],
				['an array with another order', [{ order: 6, ...full }], 'noAnswer: no answer for order 5'],
				['an array that does not name it', [full], 'noAnswer: no answer for order 5'],
				['an empty list', [], 'noAnswer: no answer for order 5'],
				['no status', counts, 'noAnswer: no answer for order 5'],
				['an empty status', { ...full, status: '' }, 'noAnswer: no answer for order 5'],
				['a status that is no text', { ...full, status: 1 }, 'noAnswer: no answer for order 5'],
				['a call that failed', { status: 'error' }, 'noAnswer: no answer for order 5'],
				[
					'a call that failed, with a reason',
					{ status: 'fail', reason: 'x' },
					'noAnswer: no answer for order 5',
				],
				[
					'a call that went well, with the order inside',
					{ status: 'success', data: { ...full, status: 'Pending' } },
					'noAnswer: no answer for order 5',
				],
				['null', 'null', 'noAnswer: no answer for order 5'],
				['a bare number', '5', 'noAnswer: no answer for order 5'],
			])('is not made up from %s', async (_what, body, error) => {
				const outcomes = await answering(body).orderStatus(['5']);
				expect(inShort(outcomes)).toStrictEqual({ 5: error });
			});
		});

		describe('the statuses of several orders', () => {
			const two = { 1: completed, 2: { ...completed, status: 'Partial', state: 'partial' } };

			it.each<[string, unknown, Record<string, unknown>]>([
				['an object keyed by id', { 2: { status: 'Partial' }, 1: { status: 'Completed' } }, two],
				[
					'an array that names the orders (Peakerr)',
					[
						{ order: '2', status: 'Partial' },
						{ order: 1, status: 'Completed' },
					],
					two,
				],
				[
					'an array that names them id',
					[
						{ id: 2, status: 'Partial' },
						{ id: '1', status: 'Completed' },
					],
					two,
				],
				[
					'a bare text for a wrong id (SmartPanel)',
					{ 1: { status: 'Completed' }, 2: 'Incorrect order ID' },
					{ 1: completed, 2: 'orderId: Incorrect order ID' },
				],
				[
					'an error object for a wrong id',
					{ 1: { status: 'Completed' }, 2: { error: 'Order not found' } },
					{ 1: completed, 2: 'orderId: Order not found' },
				],
				[
					'an id left out',
					{ 1: { status: 'Completed' } },
					{ 1: completed, 2: 'noAnswer: no answer for order 2' },
				],
				[
					'an id left out of an array',
					[{ order: 2, status: 'Partial' }],
					{ 1: 'noAnswer: no answer for order 1', 2: two[2] },
				],
				[
					'all ids left out, as PHP writes an empty list',
					[],
					{ 1: 'noAnswer: no answer for order 1', 2: 'noAnswer: no answer for order 2' },
				],
				[
					'orders nobody asked for',
					{ 1: { status: 'Completed' }, 2: { status: 'Partial' }, 3: { status: 'Pending' } },
					two,
				],
				[
					'ids with blanks around them',
					[
						{ order: ' 2', status: 'Partial' },
						{ order: '1 ', status: 'Completed' },
					],
					two,
				],
				[
					'an error beside the orders, which is not about all of them',
					{ 1: { status: 'Completed' }, 2: { status: 'Partial' }, error: 'Incorrect order ID' },
					two,
				],
				[
					'an order of which nothing is said',
					{ 1: { status: 'Completed' }, 2: null },
					{ 1: completed, 2: 'noAnswer: no answer for order 2' },
				],
			])('%s', async (_what, body, value) => {
				expect(inShort(await answering(body).orderStatus(['1', '2']))).toStrictEqual(value);
				expect(sentForms(panel)).toStrictEqual([{ action: 'status', orders: '1,2' }]);
			});

			it.each<[string, unknown]>([
				['an array without ids', [{ status: 'Partial' }, { status: 'Completed' }]],
				['an array of words', ['Partial', 'Completed']],
				[
					'an array in which one entry has no id',
					[{ order: 1, status: 'Partial' }, { status: 'x' }],
				],
				['an array with something empty', [{ order: 1, status: 'Partial' }, null]],
				[
					'an array about other things',
					[
						{ id: 901, status: 'Partial' },
						{ id: 902, status: 'x' },
					],
				],
				['a single status', { status: 'Partial' }],
				['a bare text', '"Completed"'],
				['null', 'null'],
			])('are asked one by one after %s', async (_what, body) => {
				panel.seedOrders(1, { order: '1', status: 'Completed' });
				panel.seedOrders(1, { order: '2', status: 'Processing' });
				expect(inShort(await answering(body).orderStatus(['1', '2']))).toMatchObject({
					1: { state: 'completed' },
					2: { state: 'processing' },
				});
				expect(sentForms(panel)).toStrictEqual([
					{ action: 'status', orders: '1,2' },
					{ action: 'status', order: '1' },
					{ action: 'status', order: '2' },
				]);
			});

			it('survive ids that are too long for a number', async () => {
				const body =
					'[{"order":12345678901234567890,"status":"Completed"},{"order":12345678901234567891,"status":"Partial"}]';
				const outcomes = await answering(body).orderStatus([
					'12345678901234567890',
					'12345678901234567891',
				]);
				expect(inShort(outcomes)).toStrictEqual({
					'12345678901234567890': completed,
					'12345678901234567891': two[2],
				});
				expect(outcomes.get('12345678901234567891')).toMatchObject({
					raw: { order: '12345678901234567891' },
				});
			});
		});

		describe('a refill that was accepted', () => {
			it.each<[string, unknown, unknown]>([
				['with its id as text', { refill: '1' }, { refill: '1', message: '' }],
				['with the order beside it', { order: 5, refill: 7 }, { refill: '7', message: '' }],
				['beside a success', { status: 'success', refill: 7 }, { refill: '7', message: '' }],
				['in an array of one', [{ order: 5, refill: 7 }], { refill: '7', message: '' }],
				[
					'without an id (RAJA)',
					{ success: 'Your refill has been requested' },
					{ refill: null, message: 'Your refill has been requested' },
				],
				['without an id or words', { success: true }, { refill: null, message: '' }],
				[
					'with its words beside',
					{ success: true, refill: 7, message: 'In a day' },
					{ refill: '7', message: 'In a day' },
				],
				['by status alone', { status: 'success' }, { refill: null, message: '' }],
				[
					'with an id of 0 beside the words',
					{ success: 'Requested', refill: 0 },
					{ refill: null, message: 'Requested' },
				],
				[
					'with an id too long for a number',
					'{"refill":98765432109876543210}',
					{ refill: '98765432109876543210', message: '' },
				],
				[
					'with such an id in broken JSON',
					'{"refill":98765432109876543210,}',
					{ refill: '98765432109876543210', message: '' },
				],
			])('%s', async (_what, body, value) => {
				expect(inShort(await answering(body).refill(['5']))).toStrictEqual({ 5: value });
			});

			it.each<[string, unknown]>([
				['an empty object', {}],
				['an empty list', []],
				['null for a refill', { refill: null }],
				['0 for a refill', { refill: 0 }],
				['a sentence for a refill', { refill: 'Refill is disabled for this service' }],
				['"0" for a success', { success: '0' }],
				['false for a refill', { refill: false }],
				['a status that is no success', { status: 'unsuccessful' }],
				['a refill of another order', { order: 6, refill: 7 }],
			])('is not made up from %s: the outcome is unknown', async (_what, body) => {
				expect(inShort(await answering(body).refill(['5']))).toStrictEqual({
					5: 'outcomeUnknown: Outcome unknown: no answer for order 5',
				});
				expect(panel.requests).toHaveLength(1);
			});

			it('is told per order, with flat errors too (NJS)', async () => {
				const body = [
					{ order: 2, error: 'Refill not allowed' },
					{ order: 1, refill: 9 },
				];
				expect(inShort(await answering(body).refill(['1', '2', '3']))).toStrictEqual({
					1: { refill: '9', message: '' },
					2: 'refillRefused: Refill not allowed',
					3: 'outcomeUnknown: Outcome unknown: no answer for order 3',
				});
			});

			it.each<[string, unknown]>([
				['an error that names no order', [{ order: 1, refill: 9 }, { error: 'Not found' }]],
				['a bare text', [{ order: 1, refill: 9 }, 'Incorrect order ID']],
				['nothing', [null, { order: 1, refill: 9 }]],
				['an error beside the orders', { 1: { refill: 9 }, error: 'Incorrect order ID' }],
			])('keeps its ID beside %s, and is asked for once', async (_what, body) => {
				expect(inShort(await answering(body).refill(['1', '2']))).toStrictEqual({
					1: { refill: '9', message: '' },
					2: 'outcomeUnknown: Outcome unknown: no answer for order 2',
				});
				expect(sentForms(panel)).toStrictEqual([{ action: 'refill', orders: '1,2' }]);
			});

			it.each<[string, unknown]>([
				['an array without ids', [{ refill: 1 }, { refill: 2 }]],
				['a single answer', { refill: 1 }],
			])(
				'is never paired by position: %s is an unknown outcome, asked once',
				async (_what, body) => {
					const outcomes = await answering(body).refill(['1', '2']);
					expect(inShort(outcomes)).toStrictEqual({
						1: 'outcomeUnknown: Outcome unknown: an answer without IDs',
						2: 'outcomeUnknown: Outcome unknown: an answer without IDs',
					});
					expect(sentForms(panel)).toStrictEqual([{ action: 'refill', orders: '1,2' }]);
				},
			);
		});

		describe('the status of refills', () => {
			it.each<[string, unknown, unknown]>([
				[
					'in lower case (SNS)',
					{ status: 'pending' },
					{ status: 'pending', state: 'pending', isFinal: false },
				],
				[
					'with its id',
					{ refill: 5, status: 'Rejected' },
					{ status: 'Rejected', state: 'rejected', isFinal: true },
				],
				[
					'in an array of one',
					[{ refill: '5', status: 'In Process' }],
					{ status: 'In Process', state: 'inProgress', isFinal: false },
				],
				[
					'failed, which is no failed call',
					{ status: 'Error' },
					{ status: 'Error', state: 'failed', isFinal: true },
				],
				[
					'of another refill',
					{ refill: 6, status: 'Completed' },
					'noAnswer: no answer for refill 5',
				],
				[
					'of a SmartPanel that does not know it',
					{ status: 'error', message: 'Refill not found' },
					'refillId: Refill not found',
				],
				[
					'as an error in place of the word',
					[{ refill: 5, status: { error: 'Refill not found' } }],
					'refillId: Refill not found',
				],
				['as nothing', [], 'noAnswer: no answer for refill 5'],
				['as an empty word', { status: '' }, 'noAnswer: no answer for refill 5'],
			])('%s', async (_what, body, value) => {
				expect(inShort(await answering(body).refillStatus(['5']))).toStrictEqual({ 5: value });
				expect(sentForms(panel)).toStrictEqual([{ action: 'refill_status', refill: '5' }]);
			});

			it('are told per refill; one left out has no answer (NJS)', async () => {
				const body = [{ refill: 2, status: 'Completed' }];
				expect(inShort(await answering(body).refillStatus(['1', '2']))).toStrictEqual({
					1: 'noAnswer: no answer for refill 1',
					2: { status: 'Completed', state: 'completed', isFinal: true },
				});
				expect(sentForms(panel)).toStrictEqual([{ action: 'refill_status', refills: '1,2' }]);
			});
		});

		describe('a cancellation that was asked for', () => {
			const asked = { cancelRequested: true, message: '' };

			it.each<[string, unknown, string]>([
				['{cancel: 1} (NJS)', { cancel: 1 }, ''],
				['{cancel: "requested"}', { cancel: 'requested' }, ''],
				[
					'the sentence of RAJA',
					{ success: 'Your order will be cancel asap.' },
					'Your order will be cancel asap.',
				],
				['a success that is no sentence', { success: true }, ''],
				['a success with its words beside', { status: 'success', message: 'Asked' }, 'Asked'],
				['{status: "success"}', { status: 'success' }, ''],
				['an array of one', [{ order: 5, cancel: 1 }], ''],
				['keyed by id (SNS)', { 5: { cancel: 'requested' } }, ''],
				['a list of ids (Stars Cash Flow)', { canceled: [5] }, ''],
			])('%s', async (_what, body, message) => {
				expect(inShort(await answering(body).cancel(['5']))).toStrictEqual({
					5: { cancelRequested: true, message },
				});
			});

			it.each<[string, unknown, Record<string, unknown>]>([
				[
					'an array with errors in place of results (Perfect Panel)',
					[
						{ order: 2, cancel: { error: 'Incorrect order ID' } },
						{ order: 1, cancel: 1 },
					],
					{ 1: asked, 2: 'orderId: Incorrect order ID' },
				],
				[
					'an array with flat errors (NJS)',
					[
						{ order: 1, cancel: 1 },
						{ order: 2, error: 'Cannot cancel' },
					],
					{ 1: asked, 2: 'cancelRefused: Cannot cancel' },
				],
				[
					'an object keyed by id (SNS)',
					{ 1: { cancel: 'requested' }, 2: { error: 'Cannot cancel' } },
					{ 1: asked, 2: 'cancelRefused: Cannot cancel' },
				],
				[
					'the accepted ids alone (Stars Cash Flow)',
					{ canceled: ['1'] },
					{ 1: asked, 2: 'outcomeUnknown: Outcome unknown: no answer for order 2' },
				],
			])('per order: %s', async (_what, body, value) => {
				expect(inShort(await answering(body).cancel(['1', '2']))).toStrictEqual(value);
				expect(sentForms(panel)).toStrictEqual([{ action: 'cancel', orders: '1,2' }]);
			});

			it.each<[string, unknown]>([
				['{cancel: 0}', { cancel: 0 }],
				['{cancel: false}', { cancel: false }],
				['{cancel: "0"}', { cancel: '0' }],
				['{cancel: "false"}', { cancel: 'false' }],
				['{cancel: []}', { cancel: [] }],
				['a sentence in the place of the result', { cancel: 'Order cannot be cancelled' }],
				['{success: "0"}', { success: '0' }],
				['{success: ""}', { success: '' }],
				['{status: "unsuccessful"}', { status: 'unsuccessful' }],
				['an empty object', {}],
				['an empty list', []],
				['another order', [{ order: 6, cancel: 1 }]],
				['a list of other ids', { canceled: [6] }],
			])('is not made up from %s: the outcome is unknown', async (_what, body) => {
				expect(inShort(await answering(body).cancel(['5']))).toStrictEqual({
					5: 'outcomeUnknown: Outcome unknown: no answer for order 5',
				});
				expect(panel.requests).toHaveLength(1);
			});
		});

		describe('a catalogue', () => {
			const bare = {
				service: '7',
				name: '',
				category: '',
				type: '',
				orderType: null,
				rate: null,
				min: null,
				max: null,
				dripfeed: null,
				refill: null,
				cancel: null,
				description: '',
			};
			const catalogue = async (body: unknown) => (await answering(body).services()).value;

			it.each<[string, object, object]>([
				['nothing but an id', {}, {}],
				['an id that is text', { service: '7' }, {}],
				['a rate as a number', { rate: 0.9 }, { rate: 0.9 }],
				['a rate with thousands', { rate: '95,200.00' }, { rate: 95200 }],
				['bounds as numbers', { min: 10, max: 5000 }, { min: 10, max: 5000 }],
				['switches 1 and 0', { dripfeed: 1, refill: 0 }, { dripfeed: true, refill: false }],
				['switches "1" and "0"', { refill: '1', cancel: '0' }, { refill: true, cancel: false }],
				['switches in words', { refill: 'true', cancel: 'No' }, { refill: true, cancel: false }],
				[
					'switches in other words',
					{ refill: 'Yes', cancel: 'on', dripfeed: 'off' },
					{ refill: true, cancel: true, dripfeed: false },
				],
				['switches left empty', { refill: '', cancel: null }, {}],
				['desc for description', { desc: 'Fast' }, { description: 'Fast' }],
				[
					'desc beside no description',
					{ description: null, desc: 'Fast' },
					{ description: 'Fast' },
				],
				[
					'a type in Title Case',
					{ type: 'Custom Comments' },
					{ type: 'Custom Comments', orderType: 'customComments' },
				],
				[
					'a type in snake_case',
					{ type: 'custom_comments_package' },
					{ type: 'custom_comments_package', orderType: 'customCommentsPackage' },
				],
				['a type nobody knows', { type: 'Hologram' }, { type: 'Hologram' }],
				['a name that is a number', { name: 42 }, { name: '42' }],
				['an id with letters', { service: 'sv-7b' }, { service: 'sv-7b' }],
			])('with %s', async (_what, row, value) => {
				expect(await catalogue([{ service: 7, ...row }])).toStrictEqual([{ ...bare, ...value }]);
			});

			it('comes in {services: [...]} from some panels', async () => {
				expect(await catalogue({ services: [{ service: 7 }] })).toStrictEqual([bare]);
			});

			it.each<[string, unknown]>([
				['an empty list', []],
				['an empty list in an object', { services: [] }],
				['"Empty Data" (SmartPanel)', { status: 'success', data: 'Empty Data' }],
			])('is empty after %s', async (_what, body) => {
				expect(await catalogue(body)).toStrictEqual([]);
			});

			it.each<[string, unknown, string]>([
				['an object without services', { status: 'success' }, 'a list of services'],
				['data of another kind', { data: 'Maintenance' }, 'a list of services'],
				['null', 'null', 'a list of services'],
				['a text', '"services"', 'a list of services'],
				['a row without an id', [{ name: 'x' }], 'a list of services'],
				['a row that is no object', [7], 'a list of services'],
			])('is not made up from %s', async (_what, body, missing) => {
				const failure = await failureOf(answering(body).services());
				expect(failure.kind).toBe('notAPanel');
				expect(failure.message).toBe(`The panel answered without ${missing}`);
				expect(failure.detail).toMatch(/^It answered .+\.$/);
			});
		});

		describe('a balance', () => {
			it.each<[string, unknown, unknown]>([
				['as a number', { balance: 12.5, currency: 'BRL' }, { balance: 12.5, currency: 'BRL' }],
				[
					'with seven decimals',
					{ balance: '0.0000001', currency: 'USD' },
					{ balance: 1e-7, currency: 'USD' },
				],
				[
					'beside a success',
					{ status: 'success', balance: '7', currency: 'USD' },
					{ balance: 7, currency: 'USD' },
				],
				['of nothing', { balance: '0', currency: 'USD' }, { balance: 0, currency: 'USD' }],
				[
					'below nothing',
					{ balance: '-3.20', currency: 'USD' },
					{ balance: -3.2, currency: 'USD' },
				],
				[
					'with thousands',
					{ balance: '1,234,567.89', currency: 'IDR' },
					{ balance: 1234567.89, currency: 'IDR' },
				],
				['without a currency', { balance: '7' }, { balance: 7, currency: '' }],
			])('%s', async (_what, body, value) => {
				expect((await answering(body).balance()).value).toStrictEqual(value);
			});

			it.each<[string, unknown]>([
				['no balance', { currency: 'USD' }],
				['an empty balance', { balance: '', currency: 'USD' }],
				['a word for a balance', { balance: 'Unlimited' }],
				['a balance in parts', { balance: '1,23', currency: 'USD' }],
				['a list', []],
				['null', 'null'],
			])('is not made up from %s', async (_what, body) => {
				const failure = await failureOf(answering(body).balance());
				expect(failure.kind).toBe('notAPanel');
				expect(failure.message).toBe('The panel answered without a balance');
			});
		});
	});
}
