import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { judgeFailure } from '../../../../nodes/panelApi/transport/networkFailure.ts';

const kindOf = (failure: unknown) => judgeFailure(failure, (text) => text).kind;
const failed = (socket: unknown) =>
	Object.assign(new Error('canceled'), { code: 'ERR_CANCELED', request: { socket } });

describe('a request without an answer', () => {
	it.each<[string, unknown, string]>([
		['nothing is known of', undefined, 'lost'],
		['had no connection yet', failed(null), 'neverLeft'],
		['waited for its connection', failed({ _bytesDispatched: 0 }), 'neverLeft'],
		['was written', failed({ _bytesDispatched: 260 }), 'lost'],
		['waited for TLS', failed({ _bytesDispatched: 260, secureConnecting: true }), 'neverLeft'],
		['was written over TLS', failed({ _bytesDispatched: 260, secureConnecting: false }), 'lost'],
		['knows nothing of its bytes', failed({}), 'lost'],
		['knows nothing of its connection', failed(undefined), 'lost'],
		['was sent by something else', { request: {} }, 'lost'],
		['failed within another failure', { cause: { cause: failed(null) } }, 'neverLeft'],
	])('that %s', (_what, failure, kind) => {
		expect(kindOf(failure)).toBe(kind);
	});

	it('never left as long as its agent has no connection for it', async () => {
		const agent = new http.Agent();
		agent.createConnection = () => undefined as never;
		const request = http.request({ host: '127.0.0.1', port: 9, agent });
		request.end('action=add');
		await pause(10);
		expect(kindOf({ code: 'ERR_CANCELED', request })).toBe('neverLeft');
	});

	it('may have left once Node has handed it to the system', async () => {
		const server = http.createServer(() => {}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const request = http.request({ host: '127.0.0.1', port, method: 'POST' });
		request.once('error', () => {}).end('action=add');
		await once(server, 'request');
		request.destroy();
		expect(kindOf({ code: 'ERR_CANCELED', request })).toBe('lost');
		server.close();
	});

	it('is reported in one line of at most 500 signs', () => {
		const message = `write EPROTO ${'x\n '.repeat(1_000)}`;
		const { reason } = judgeFailure({ message }, (text) => text);
		expect(reason).toMatch(/^write EPROTO x x/);
		expect(reason.length).toBeLessThanOrEqual(500);
	});
});
