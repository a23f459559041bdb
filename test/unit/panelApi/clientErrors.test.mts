import type { PanelClient } from '../../../nodes/panelApi/client.ts';
import { PanelError } from '../../../nodes/panelApi/panelError.ts';
import { errorKinds } from '../../../nodes/panelApi/vocabulary/errorKinds.ts';
import type { ErrorKind } from '../../../nodes/panelApi/vocabulary/errorKinds.ts';
import { startSandboxPanel } from '../../sandbox/panel.mts';
import { clientOf, failureOf, inShort, sentForms, willAnswer } from '../../support/client.mts';
import { panelForTests } from '../../support/panelForTests.mts';

const panel = panelForTests();
let client: PanelClient;

beforeAll(async () => {
	client = clientOf(panel, { repeats: 0 });
});

type Reply = Parameters<typeof willAnswer>[2];

const balanceFailure = async (body: unknown, reply: Reply = {}) => {
	willAnswer(panel, body, reply);
	return await failureOf(client.balance());
};
const addFailure = async (body: unknown, reply: Reply = {}) => {
	willAnswer(panel, body, reply);
	return await failureOf(client.add({ service: '1' }));
};

describe("the panel's words decide what kind of trouble it is", () => {
	const wordsByKind: Partial<Record<ErrorKind, string[]>> = {
		key: [
			'Invalid API key',
			'invalid API key',
			'Incorrect API key',
			'Incorrect request or API key',
			'Invalid or disabled API key',
			'Missing API key',
			'API key is required',
			'API is disable for this user or user not found',
			'API is Disable for this user or User Not Found! Contact the Support',
			'Missing required parameter: api_key',
			'Invalid token',
			'Wrong key.',
			'Unauthorized',
		],
		account: [
			'Your account has been suspended.',
			'Account restricted',
			'Your account is blocked',
			'Account has been disabled',
			'Suspended',
			'You are suspended',
		],
		unsupportedAction: [
			'Incorrect request',
			'Incorrect action',
			'Invalid Action',
			'Unknown action: cancel',
			'Unsupported action',
			'This action is invalid',
		],
		funds: [
			'Not enough funds on balance',
			'Not enough funds',
			'Insufficient balance',
			'Insufficient balance. Required: 3.5 USD',
			'Your balance is not enough',
			'Low balance',
		],
		service: [
			'Incorrect service ID',
			'Service not found',
			'Service not found or inactive: 12',
			'Disabled service ID',
			'Service temporarily disabled',
			'Service ID does not exists',
			'This service is suspended',
		],
		quantity: [
			'Quantity less than minimal 200',
			'Quantity more than maximum 1000',
			'Quantity less than maximum 1000',
			'Quantity must be between 10 and 100',
			'Quantity out of bounds',
			'Quantity must to be greater than or equal to minimum amount 10',
			'Below minimum',
			'Above maximum',
		],
		link: [
			'Bad link',
			'Bad Link',
			'Incorrect link',
			'Link is required',
			'The provided URL is not valid, check it',
		],
		duplicateLink: [
			'You have active order with this link. Please wait until order being completed.',
			'Active order with this link exists',
			'You have already an active order for this link on this service ID, wait until it is done',
			'You can not order more than 2 per link',
			'There is an active order on the same link',
		],
		fields: [
			'This services does not support Dripfeed feature!',
			'This service does not support drip-feed',
			'Interval time is required',
			'Runs is required',
			'Invalid Interval in minutes',
			'Missing required parameter: service',
			'Missing required fields',
			'Missing keywords',
			'Incorrect parameters',
			'There are missing required parameters. Please check your API Manual',
		],
		orderId: ['Incorrect order ID', 'Order not found', 'Wrong order', 'Order ID was not found'],
		refillRefused: [
			'Refill is disabled for this service',
			'The order is not completed',
			'The refill task is not completed for this order',
			'The order was completed or refill was requested less than 24 hours ago',
			'Refill days are over',
			'Order not eligible for refill.',
			'Refill already requested',
			'Refill not allowed',
			'Service does not support refill',
			'Invalid Request',
		],
		refillId: [
			'Refill not found',
			'Refill Request Not found',
			'Incorrect refill ID',
			'Invalid refill',
		],
		cancelRefused: [
			'Order not eligible for cancellation.',
			'Cannot cancel',
			'Order cannot be cancelled',
			'Cancel not allowed',
			'Service does not support cancel',
			'Cancel already requested',
		],
		rateLimit: [
			'Rate limit exceeded. Max 60 requests per minute.',
			'Too many requests',
			'You are being throttled',
			'Rate limit exceeded for this API key',
		],
		panelFault: [
			'Server error',
			'Internal server error',
			'Internal error',
			'There was an error processing your request. Please try again later',
			'Provider not found',
			'Something went wrong',
			'An error occurred',
			'Request timed out',
			'Gateway time-out',
			'Upstream timeout',
			'Panel under maintenance',
			'Unknown error',
			'Server error: order not found',
			'Internal error: insufficient resources',
			'SQLSTATE[40001]: Deadlock found when trying to get lock',
			'cURL error 28: no answer',
			'socket hang up',
			'Request failed with status code 502',
		],
		refused: ['Computer says no', 'No'],
	};
	const cases = Object.entries(wordsByKind).flatMap(([kind, texts]) =>
		texts.map((words) => [words, kind] as const),
	);

	it.each(cases)('%s: %s', async (words, kind) => {
		const failure = await balanceFailure({ error: words });
		expect(failure).toMatchObject({ message: words, kind, httpStatus: 200 });
		expect(await balanceFailure({ error: words.toUpperCase() })).toMatchObject({ kind });
	});

	it.each<[number, string, ErrorKind]>([
		[401, 'Invalid API key', 'key'],
		[402, 'Insufficient balance', 'funds'],
		[402, 'Not enough funds on balance', 'funds'],
		[403, 'Your account has been suspended.', 'account'],
		[404, 'Order not found', 'orderId'],
		[404, 'Service not found', 'service'],
		[404, 'Refill not found', 'refillId'],
		[400, 'Missing required parameter: request_id', 'fields'],
		[400, 'Unknown action: x', 'unsupportedAction'],
		[422, 'Quantity less than minimal 10', 'quantity'],
		[422, 'Bad link', 'link'],
		[422, 'Cannot cancel', 'cancelRefused'],
		[422, 'Order not eligible for refill.', 'refillRefused'],
		[429, 'Rate limit exceeded. Max 60 requests per minute.', 'rateLimit'],
		[500, 'Internal server error', 'panelFault'],
	])('HTTP %i with "%s": %s', async (status, words, kind) => {
		expect(await balanceFailure({ error: words }, { status })).toMatchObject({
			message: words,
			kind,
			httpStatus: status,
		});
	});

	it.each<[string, number, string, ErrorKind]>([
		['words no one knows', 401, 'Nope', 'key'],
		['words no one knows', 402, 'Nope', 'funds'],
		['words no one knows', 429, 'Slow down', 'rateLimit'],
		['words no one knows', 500, 'Oops', 'panelFault'],
		['words no one knows', 503, 'Oops', 'panelFault'],
		['words no one knows', 408, 'Nope', 'panelFault'],
		['words no one knows', 403, 'Nope', 'refused'],
		['words no one knows', 422, 'Nope', 'refused'],
		['words too common to go by', 503, 'Service Unavailable', 'panelFault'],
		['words too common to go by', 500, 'Could not save the link', 'panelFault'],
		['words too common to go by', 429, 'Maximum of calls to this service reached', 'rateLimit'],
		['words too common to go by', 401, 'No access to this service', 'key'],
	])('unless they are %s: then HTTP %i with "%s" is %s', async (_what, status, words, kind) => {
		expect((await balanceFailure({ error: words }, { status })).kind).toBe(kind);
	});

	it.each<[number, string, string]>([
		[500, 'Not enough funds', 'funds'],
		[500, 'Invalid API key', 'key'],
		[500, 'You have active order with this link.', 'duplicateLink'],
		[500, 'Order not found', 'outcomeUnknown'],
		[500, 'Quantity less than minimal 200', 'quantity'],
		[500, 'neworder.error.not_enough_funds', 'funds'],
		[503, 'Service temporarily unavailable', 'outcomeUnknown'],
		[500, 'insufficient memory', 'outcomeUnknown'],
		[502, 'Upstream: too many requests', 'outcomeUnknown'],
		[422, 'Order not found', 'orderId'],
	])('an order answered HTTP %i with "%s" is %s', async (status, words, kind) => {
		willAnswer(panel, { error: words }, { status });
		const failure = await failureOf(client.add({ service: '1', link: 'x', quantity: '10' }));
		expect(failure.kind).toBe(kind);
	});

	it('precise words count even at HTTP 500', async () => {
		const reply = { status: 500 };
		expect((await balanceFailure({ error: 'Not enough funds' }, reply)).kind).toBe('funds');
		expect((await balanceFailure({ error: 'Invalid API key' }, reply)).kind).toBe('key');
	});
});

describe('the shapes of an error', () => {
	it.each<[string, unknown, string]>([
		['{error}', { error: 'Bad link' }, 'Bad link'],
		['{error} beside other fields', { error: 'Bad link', order: 5 }, 'Bad link'],
		['{Error} (nakrutka)', { Error: 'Bad link' }, 'Bad link'],
		[
			'{status: "error", message} (SmartPanel)',
			{ status: 'error', message: 'Bad link' },
			'Bad link',
		],
		['{status: "fail", message}', { status: 'fail', message: 'Bad link' }, 'Bad link'],
		['{status: "Failed", msg}', { status: 'Failed', msg: 'Bad link' }, 'Bad link'],
		['{success: false, message}', { success: false, message: 'Bad link' }, 'Bad link'],
		['{error: true, message}', { error: true, message: 'Bad link' }, 'Bad link'],
		['an object with a message', { error: { code: 7, message: 'Bad link' } }, 'Bad link'],
		['an object with a text', { error: { text: 'Bad link' } }, 'Bad link'],
		['an object in an object', { error: { error: 'Bad link' } }, 'Bad link'],
		['an object without words', { error: { code: 7 } }, '{"code":7}'],
		['a list', { error: ['Bad link', { message: 'Bad day' }] }, 'Bad link, Bad day'],
		['a number', { error: 7 }, '7'],
		['true alone', { error: true }, 'The panel gave an error without words'],
		['blanks', { error: ' ' }, 'The panel gave an empty error'],
		['words with blanks around them', { error: ' Bad link\n' }, 'Bad link'],
	])('%s', async (_what, body, message) => {
		expect((await balanceFailure(body)).message).toBe(message);
		expect((await balanceFailure(body, { status: 422 })).message).toBe(message);
	});

	it.each<[string, unknown]>([
		['an empty error', { error: '' }],
		['error null', { error: null }],
		['an empty list of errors', { error: [] }],
		['an empty object of errors', { error: {} }],
		['error false', { error: false }],
		['error 0', { error: 0 }],
		['a status that is a failure without words', { status: 'error' }],
		['a message beside a success', { status: 'success', message: 'Welcome' }],
		['{success: true, message}', { success: true, message: 'Welcome' }],
	])('no error: %s', async (_what, fields) => {
		willAnswer(panel, { balance: '7', currency: 'USD', ...(fields as object) });
		expect((await client.balance()).value).toEqual({ balance: 7, currency: 'USD' });
	});

	it.each([401, 404, 422])('a message is an error at HTTP %i (Laravel)', async (status) => {
		const failure = await balanceFailure({ message: ' The link is invalid. ' }, { status });
		expect(failure).toMatchObject({ message: 'The link is invalid.', httpStatus: status });
	});

	it('a good answer at an HTTP status that is an error does not count', async () => {
		const failure = await balanceFailure({ balance: '7' }, { status: 418 });
		expect(failure).toMatchObject({
			kind: 'notAPanel',
			message: 'The panel answered with an error (HTTP status 418)',
			detail: 'It begins: "{"balance":"7"}".',
			httpStatus: 418,
		});
	});

	it.each(['[]', 'null', '"no"', '{"message":5}'])(
		'%s at HTTP 400 is an error without words',
		async (body) => {
			expect(await balanceFailure(body, { status: 400 })).toMatchObject({
				kind: 'notAPanel',
				message: 'The panel answered with an error (HTTP status 400)',
			});
		},
	);
});

describe('an answer that is none', () => {
	it.each<[number, ErrorKind]>([
		[200, 'notAPanel'],
		[403, 'notAPanel'],
		[404, 'notAPanel'],
		[401, 'key'],
		[402, 'funds'],
		[429, 'rateLimit'],
		[500, 'panelFault'],
		[502, 'panelFault'],
		[504, 'panelFault'],
	])('a web page at HTTP %i is %s', async (status, kind) => {
		panel.misbehave({ does: { kind: 'html', status } });
		const failure = await failureOf(client.balance());
		expect(failure.kind).toBe(kind);
		expect(failure.message).toBe(`The panel answered with a web page (HTTP status ${status})`);
		expect(failure.detail).toBe(
			'It begins: "Just a moment... Checking if the site connection is secure Enable JavaScript and cookies to continue".',
		);
	});

	it('shows the words of a page, not its scripts and styles, and not all of it', async () => {
		const page = `<html><style>a{b:c}</style><script>let secret</script><p>Down ${'x'.repeat(300)}</p></html>`;
		const { detail } = await balanceFailure(page);
		expect(detail).toBe(`It begins: "Down ${'x'.repeat(155)}".`);
	});

	it.each<[number, ErrorKind]>([
		[200, 'notAPanel'],
		[429, 'rateLimit'],
		[500, 'panelFault'],
	])('an empty body at HTTP %i is %s', async (status, kind) => {
		panel.misbehave({ does: { kind: 'empty', status } });
		const failure = await failureOf(client.balance());
		expect(failure.kind).toBe(kind);
		expect(failure.message).toBe(`The panel answered with an empty answer (HTTP status ${status})`);
		expect(failure.detail).toBe('');
	});

	it('blanks are an empty body', async () => {
		expect((await balanceFailure(' \n\uFEFF ')).message).toBe(
			'The panel answered with an empty answer (HTTP status 200)',
		);
	});

	it('plain words are not JSON', async () => {
		expect(await balanceFailure('Temporarily closed')).toMatchObject({
			kind: 'notAPanel',
			message: 'The panel answered with an answer that is not JSON (HTTP status 200)',
			detail: 'It begins: "Temporarily closed".',
		});
	});

	it.each([301, 302, 303, 307, 308])(
		'a redirect (%i) is named and not followed',
		async (status) => {
			const other = await startSandboxPanel();
			try {
				panel.misbehave({ does: { kind: 'redirect', to: other.url, status } });
				const failure = await failureOf(client.balance());
				expect(failure).toMatchObject({
					kind: 'notAPanel',
					message: 'The panel redirects to another address',
					detail: `The target is ${other.url}. It was not followed, because that would hand over the API key.`,
					httpStatus: status,
				});
				expect(panel.requests).toHaveLength(1);
				expect(other.requests).toHaveLength(0);
			} finally {
				await other.close();
			}
		},
	);

	it('a redirect need not name a target, nor is its body an answer', async () => {
		const failure = await balanceFailure({ balance: '7' }, { status: 300 });
		expect(failure.detail).toContain('The target is an unnamed address.');
	});
});

describe('JSON with small mistakes', () => {
	it.each(['byteOrderMark', 'phpWarning', 'dirtyJson'] as const)(
		'a read survives %s',
		async (kind) => {
			panel.seedOrders(1, { order: '5', status: 'Partial', remains: 3 });
			panel.misbehave({ does: { kind } });
			expect(inShort(await client.orderStatus(['5']))).toMatchObject({
				5: { status: 'Partial', remains: 3 },
			});
			panel.misbehave({ does: { kind } });
			expect((await client.services()).value[0]?.name).toBe('Real & Active Followers');
			panel.misbehave({ does: { kind } });
			expect((await client.balance()).value.balance).toBe(100);
			expect(panel.requests).toHaveLength(3);
		},
	);

	it('so do refill and cancel, which would otherwise be asked for twice', async () => {
		panel.seedOrders(1, { order: '5', status: 'Completed' });
		panel.seedOrders(1, { order: '6', status: 'Pending' });
		panel.misbehave({ does: { kind: 'dirtyJson' }, times: 2 });
		expect(inShort(await client.refill(['5']))).toMatchObject({ 5: { refill: '12345' } });
		expect(inShort(await client.cancel(['6']))).toMatchObject({ 6: { cancelRequested: true } });
	});

	it('an order survives a byte order mark: nothing about it is a guess', async () => {
		willAnswer(panel, '\uFEFF{"order":"5"}\r\n');
		expect((await client.add({ service: '1' })).value.order).toBe('5');
	});

	it.each([
		['a trailing comma', '{"order":"23501",}'],
		['a missing quote', '{"order":23501, "note": thank you}'],
		['single quotes', "{'order':'23501'}"],
		['a PHP warning', '<br />\n<b>Warning</b>: x in <b>a.php</b><br />\n{"order":"23501"}'],
		['words before it', 'ok {"order":"23501"}'],
		['a cut', '{"order":"235'],
	])('an order id is never read out of %s', async (_what, body) => {
		const failure = await addFailure(body);
		expect(failure.kind).toBe('outcomeUnknown');
		expect(failure.detail).toContain('It begins: "');
		expect(panel.requests).toHaveLength(1);
	});

	it.each([
		['in the middle of a word', '[{"service":1,"name":"Lik'],
		['between two rows', '[{"service":1},{"service":2}'],
		['after a comma', '[{"service":1},'],
		['inside an object around the rows', '{"services":[{"service":1},{"service":2}'],
		['after the rows', '{"services":[{"service":1}]'],
		['with a bracket in a name', '[{"service":1,"name":"a]"},{"service":2,"name":"b'],
		['at a bracket in a name', '[{"service":1,"name":"a}]'],
	])('a catalogue cut %s is not completed', async (_what, body) => {
		willAnswer(panel, body);
		const failure = await failureOf(client.services());
		expect(failure.kind).toBe('notAPanel');
		expect(failure.message).toBe(
			'The panel answered with an answer that is not JSON (HTTP status 200)',
		);
	});

	it('brackets in names do not stand in the way of mending', async () => {
		willAnswer(panel, '[{"service":1,"name":"HQ [fast] :] \\" }",},]');
		expect((await client.services()).value.map(({ name }) => name)).toEqual(['HQ [fast] :] " }']);
	});

	it.each(['<html><body>', '<!DOCTYPE html>', 'Down <head>'])(
		'a page that ends like JSON is still a page: %s',
		async (tag) => {
			expect(await balanceFailure(`${tag}{"balance":"5",}`)).toMatchObject({
				kind: 'notAPanel',
				message: 'The panel answered with a web page (HTTP status 200)',
			});
		},
	);

	it('a tag in a text of broken JSON makes no page of it', async () => {
		willAnswer(panel, '{"balance":"5","note":"<body>",}');
		expect((await client.balance()).value.balance).toBe(5);
	});

	it('an error in broken JSON counts', async () => {
		expect((await balanceFailure('{"error": Invalid API key,}')).kind).toBe('key');
	});
});

describe('how long the panel asks to wait', () => {
	it.each<[string, Record<string, string>, number]>([
		['Retry-After in seconds', { 'retry-after': '120' }, 120_000],
		['Retry-After in parts of seconds', { 'retry-after': '1.5' }, 1500],
		['X-RateLimit-Reset in seconds', { 'x-ratelimit-reset': '90' }, 90_000],
	])('%s', async (_what, headers, retryAfterMs) => {
		const error = { error: 'Too many requests' };
		expect((await balanceFailure(error, { status: 429, headers })).retryAfterMs).toBe(retryAfterMs);
		expect((await balanceFailure('', { status: 429, headers })).retryAfterMs).toBe(retryAfterMs);
	});

	it.each<[string, (time: Date) => Record<string, string>]>([
		['Retry-After as a date', (time) => ({ 'retry-after': time.toUTCString() })],
		[
			'X-RateLimit-Reset as a point in time',
			(time) => ({ 'x-ratelimit-reset': String(Math.floor(time.getTime() / 1000)) }),
		],
	])('%s', async (_what, headersFor) => {
		const headers = headersFor(new Date(Date.now() + 600_000));
		const { retryAfterMs } = await balanceFailure('', { status: 429, headers });
		expect(retryAfterMs).toBeGreaterThan(590_000);
		expect(retryAfterMs).toBeLessThanOrEqual(600_000);
	});

	it('is not known when it does not say', async () => {
		expect((await balanceFailure('', { status: 429 })).retryAfterMs).toBeUndefined();
	});
});

describe('an error that would meet every call of the account', () => {
	it.each(['Invalid API key', 'Your account has been suspended.', 'Unknown action: status'])(
		'ends the asking: %s',
		async (words) => {
			const ids = Array.from({ length: 900 }, (_, index) => String(index + 1));
			panel.misbehave({ does: { kind: 'refuse', error: words }, times: Infinity });
			const outcomes = await client.orderStatus(ids, { batchSize: 1 });
			expect(outcomes.size).toBe(900);
			expect(Object.values(inShort(outcomes)).every((row) => String(row).endsWith(words))).toBe(
				true,
			);
			// Those under way, each in both forms.
			expect(panel.requests.length).toBeLessThanOrEqual(10);
		},
	);

	it('comes from any of the calls; what was answered before stays', async () => {
		panel.seedOrders(3, { order: '1', status: 'Completed' });
		const [first, second, third] = panel.seedOrders(3, { status: 'Pending' });
		panel.misbehave({ does: { kind: 'refuse', error: 'Invalid API key' }, skip: 1, times: 9 });
		const outcomes = await client.cancel([first!, second!, third!], { batchSize: 1 });
		expect(inShort(outcomes)).toEqual({
			[first!]: expect.objectContaining({ cancelRequested: true }),
			[second!]: 'key: Invalid API key',
			[third!]: 'key: Invalid API key',
		});
		expect(panel.requests).toHaveLength(2);
	});

	it.each(['Not enough funds', 'Incorrect order ID', 'Computer says no', 'Bad link'])(
		'any other stops nothing: %s',
		async (words) => {
			panel.seedOrders(1, { order: '2', status: 'Completed' });
			panel.misbehave({
				when: ({ order }) => order === '1',
				does: { kind: 'refuse', error: words },
			});
			expect(inShort(await client.orderStatus(['1', '2'], { batchSize: 1 }))).toMatchObject({
				1: expect.stringContaining(words),
				2: { state: 'completed' },
			});
		},
	);
});

describe('a PanelError', () => {
	it('says what is known and what to do', () => {
		const error = new PanelError('funds', 'Not enough funds', { detail: 'You have 0 USD.' });
		expect(error.name).toBe('PanelError');
		expect(error.description).toBe(`You have 0 USD. ${errorKinds.funds.advice}`);
		expect(new PanelError('funds', 'x').description).toBe(errorKinds.funds.advice);
	});

	const maybe: ErrorKind[] = [
		'panelFault',
		'noAnswer',
		'connectionLost',
		'notAPanel',
		'outcomeUnknown',
	];
	const accountWide: ErrorKind[] = ['key', 'account', 'unsupportedAction', 'stopped'];
	it.each(Object.keys(errorKinds) as ErrorKind[])('of kind %s knows its consequences', (kind) => {
		const error = new PanelError(kind, 'x');
		expect(error.mayHaveActed).toBe(maybe.includes(kind));
		expect(error.isAccountWide).toBe(accountWide.includes(kind));
		expect(error.description).toMatch(/^[A-Z].+\.$/);
	});
});

it('asks with nothing but a form', async () => {
	await client.balance();
	await client.services();
	expect(sentForms(panel)).toStrictEqual([{ action: 'balance' }, { action: 'services' }]);
});
