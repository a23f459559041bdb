import { getEventListeners, once } from 'node:events';
import net from 'node:net';

import { actions } from '../../../nodes/panelApi/actions.ts';
import type { Form, Wire, WireAnswer } from '../../../nodes/panelApi/transport/wire.ts';
import { wholeText } from '../../../nodes/panelApi/transport/wire.ts';
import type { FaultEffect } from '../../sandbox/panel.mts';
import { wireOfNode } from '../../support/requester.mts';
import { openUnacceptedPort } from '../../support/unacceptedPort.mts';
import { panelForTests } from '../../support/panelForTests.mts';

jest.setTimeout(30_000);

const timeoutMs = 300;
const lateByMs = 2_000;
const order = { action: 'add', service: '101', link: 'https://x.example', quantity: '100' };

const panel = panelForTests();
let wire: Wire;
beforeEach(async () => {
	wire = await wireOfNode(panel);
});

async function answerTo(
	does: FaultEffect,
	form: Form = order,
	time = timeoutMs,
): Promise<WireAnswer> {
	panel.misbehave({ does });
	return await wire(form, time);
}

/** The text that arrived of an answer that did not arrive as a whole. */
function receivedText(answer: WireAnswer): string | undefined {
	return answer.kind === 'lost' && answer.received ? wholeText(answer.received) : undefined;
}

async function timed<Result>(work: () => Promise<Result>): Promise<[Result, number]> {
	const start = Date.now();
	return [await work(), Date.now() - start];
}

describe('a call ends with its time', () => {
	const noAnswer = 'There was no answer within 1 s';
	const notAtItsEnd = 'The answer had begun, but did not end within 1 s';

	it.each<[string, FaultEffect, string, string | undefined]>([
		['silence', { kind: 'silence' }, noAnswer, undefined],
		['a header line again and again', drip({ drips: 'headers' }), noAnswer, undefined],
		['a change to another protocol', { kind: 'upgrade' }, noAnswer, undefined],
		['blanks for ever', drip({}), notAtItsEnd, ''],
		['half an answer, and then blanks', drip({ sends: 'half' }), notAtItsEnd, '{"order":'],
		['an answer, and then blanks', drip({ sends: 'all' }), notAtItsEnd, '{"order":"23501"}'],
	])('whatever the panel sends: %s', async (_what, does, reason, text) => {
		const [answer, elapsed] = await timed(() => answerTo({ ...does, acts: true } as FaultEffect));
		expect(elapsed).toBeLessThan(timeoutMs + lateByMs);
		expect(answer).toMatchObject({ kind: 'lost', because: 'overTime', reason });
		expect(receivedText(answer)?.trim()).toBe(text);
		expect(panel.orders.size).toBe(1);
	});

	it('also where nobody accepts the connection: then nothing was sent', async () => {
		const port = await openUnacceptedPort();
		const closedWire = await wireOfNode({ url: `${port.origin}/api/v2` });
		const [answer, elapsed] = await timed(() => closedWire(order, timeoutMs));
		port.close();
		expect(elapsed).toBeLessThan(timeoutMs + lateByMs);
		expect(answer).toStrictEqual({
			kind: 'neverLeft',
			because: 'overTime',
			reason: 'No connection came about within 1 s',
			received: undefined,
		});
	});

	it('also where nobody answers the greeting of TLS: then nothing was sent', async () => {
		const { port, close } = await listen(() => {});
		const tlsWire = await wireOfNode({ url: `https://127.0.0.1:${port}/api/v2` });
		const answer = await tlsWire(order, timeoutMs);
		close();
		expect(answer).toMatchObject({ kind: 'neverLeft', because: 'overTime' });
	});

	it('and leaves no timer behind', async () => {
		const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
		const before = timers().length;
		const calls = 10;
		for (let call = 0; call < calls; call++) {
			await wire({ action: 'balance' }, 60_000);
			await wire(order, 60_000);
		}
		// The panel in this process has timers of its own; a leak would leave one a call.
		expect(timers().length - before).toBeLessThan(calls / 2);
	});

	it('or when the user stops the execution, and lets go of the signal', async () => {
		const stop = new AbortController();
		const stoppable = await wireOfNode({ ...panel, stop: stop.signal });
		await stoppable({ action: 'balance' }, 60_000);
		await stoppable(order, 60_000);
		expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
		panel.misbehave({ does: drip({}) });
		const answer = stoppable({ action: 'balance' }, 60_000);
		setTimeout(() => stop.abort(), 50);
		expect(await answer).toMatchObject({
			kind: 'lost',
			because: 'stopped',
			reason: 'The execution was stopped before the answer came',
		});
	});
});

/** A server that does this with each connection, beneath HTTP. */
async function listen(act: (socket: net.Socket) => void) {
	const server = net.createServer((socket) => act(socket.on('error', () => {})));
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return { port: (server.address() as net.AddressInfo).port, close: () => server.close() };
}

function drip(more: Partial<Extract<FaultEffect, { kind: 'drip' }>>): FaultEffect {
	return { kind: 'drip', everyMs: 20, ...more };
}

describe('a request that cannot have arrived', () => {
	it('is one over https to a panel that speaks http', async () => {
		const tlsWire = await wireOfNode({ url: panel.url.replace('http:', 'https:') });
		const answer = await tlsWire(order, 5_000);
		expect(answer).toMatchObject({
			kind: 'neverLeft',
			reason: expect.stringMatching(/^EPROTO.*its API URL may begin with http:\/\/$/),
		});
		expect(panel.requests).toEqual([]);
	});

	it.each([
		['http', 'lost'],
		['https', 'neverLeft'],
	])(
		'may have when a connection over %s is reset at its first bytes: %s',
		async (protocol, kind) => {
			const { port, close } = await listen((socket) =>
				socket.once('data', () => socket.resetAndDestroy()),
			);
			const resetWire = await wireOfNode({ url: `${protocol}://127.0.0.1:${port}/` });
			expect(await resetWire(order, 5_000)).toMatchObject({ kind });
			close();
		},
	);

	it('is one that the proxy keeps to itself because it wants a login', async () => {
		const headers = { 'proxy-authenticate': 'Basic realm="proxy"' };
		expect(await answerTo({ kind: 'status', status: 407, headers })).toMatchObject({
			kind: 'neverLeft',
			reason: expect.stringContaining('proxy'),
		});
	});

	it('is none that the panel answers with the same status', async () => {
		expect(await answerTo({ kind: 'status', status: 407 })).toMatchObject({
			kind: 'answered',
			httpStatus: 407,
		});
	});
});

describe('an answer has a largest size', () => {
	const { largestBytes } = actions.status;
	const status = { action: 'status', order: '1' };

	it.each<[string, FaultEffect]>([
		['an answer without an end', { kind: 'endless' }],
		['300 MB in a few kilobytes of gzip', { kind: 'bomb', megabytes: 300 }],
	])('%s is given up there', async (_what, does) => {
		const before = process.memoryUsage().arrayBuffers;
		const answer = await answerTo({ ...does, acts: true } as FaultEffect, order, 20_000);
		expect(answer).toMatchObject({
			kind: 'lost',
			because: 'tooLarge',
			reason: 'The answer is larger than 8 MB',
		});
		expect(receivedText(answer)).toHaveLength(largestBytes);
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
	});

	it('counts what comes out of the compression, to the byte', async () => {
		const body = 'x'.repeat(largestBytes);
		expect(await answerTo({ kind: 'answer', body }, status, 20_000)).toMatchObject({
			kind: 'answered',
		});
		expect(await answerTo({ kind: 'answer', body: `${body}x` }, status, 20_000)).toMatchObject({
			because: 'tooLarge',
		});
	});

	it('is larger for the catalogue', async () => {
		const body = 'x'.repeat(largestBytes + 1);
		const services = { action: 'services' };
		expect(await answerTo({ kind: 'answer', body }, services, 20_000)).toMatchObject({
			kind: 'answered',
		});
	});

	it('lets go of the connection', async () => {
		let closed: Promise<unknown> | undefined;
		const { port, close } = await listen((socket) => {
			closed = once(socket.resume(), 'close');
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			socket.write(Buffer.alloc(largestBytes + 1, 'x'));
		});
		const stalling = await wireOfNode({ url: `http://127.0.0.1:${port}/` });
		expect(await stalling(status, 20_000)).toMatchObject({ because: 'tooLarge' });
		await closed;
		close();
	});
});

describe('an answer', () => {
	it('that breaks off leaves what came before', async () => {
		const answer = await answerTo({ kind: 'cutAfter' }, order, 5_000);
		expect(answer).toMatchObject({ kind: 'lost', received: { httpStatus: 200 } });
		expect(answer).not.toHaveProperty('because', expect.anything());
		expect(receivedText(answer)).toBe('{"order":');
	});

	it('that breaks off within the key shows no beginning of it', async () => {
		const { port, close } = await listen((socket) =>
			socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"error":"secret-key-of-s'),
		);
		const cutWire = await wireOfNode({
			url: `http://127.0.0.1:${port}/`,
			apiKey: 'secret-key-of-somebody',
		});
		expect(receivedText(await cutWire(order, 5_000))).toBe('{"error":"[API key]');
		close();
	});

	it('names the address that it came from, without what may be secret', async () => {
		const secretUrl = panel.url.replace('//', '//user:password@') + '?token=1#x';
		const secretWire = await wireOfNode({ ...panel, url: secretUrl });
		expect(await secretWire({ action: 'balance' }, 5_000)).toMatchObject({
			kind: 'answered',
			address: panel.url,
		});
	});

	it('that comes when the execution was stopped long ago is logged around the ID it names', async () => {
		const stop = new AbortController();
		const lines: string[] = [];
		const stoppable = await wireOfNode({
			...panel,
			stop: stop.signal,
			log: (line) => lines.push(line),
		});
		panel.misbehave({
			does: { kind: 'answer', body: `${'Warning '.repeat(200)}{"order":"987655"}` },
		});
		const answer = stoppable(order, 5_000);
		stop.abort();
		expect(await answer).toMatchObject({ kind: 'lost' });
		while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
		expect(lines).toEqual([expect.stringContaining('{"order":"987655"}')]);
		expect(lines[0]?.length).toBeLessThan(800);
	});
});

it('a request names this package and its version', async () => {
	await wire({ action: 'balance' }, 5_000);
	expect(panel.requests[0]?.headers['user-agent']).toMatch(/^n8n-nodes-smm-panel\/\d+\.\d+\.\d+$/);
});
