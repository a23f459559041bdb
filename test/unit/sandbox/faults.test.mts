import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { jsonParse } from 'n8n-workflow';
import { request } from 'undici';
import type { Fault, FaultEffect } from '../../sandbox/panel.mts';
import { ask } from '../../support/sandboxClient.mts';
import { panelForTests } from '../../support/panelForTests.mts';

const panel = panelForTests();

const ADD = { action: 'add', service: '101', link: 'https://x.example', quantity: '100' };

const addWith = async (does: FaultEffect) => {
	panel.misbehave({ does });
	return await ask(panel, ADD);
};

/** The bytes of the whole answer, up to the end of the connection. */
async function rawAnswer(form: Record<string, string>): Promise<string> {
	const body = new URLSearchParams({ key: panel.apiKey, ...form }).toString();
	const socket = connect(Number(new URL(panel.url).port), '127.0.0.1');
	socket.write(
		`POST /api/v2 HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
	);
	let received = '';
	for await (const bytes of socket) received += bytes;
	return received;
}

describe('faults that leave the outcome open', () => {
	it('dropBefore closes the connection with nothing done', async () => {
		panel.misbehave({ does: { kind: 'dropBefore' } });
		expect(await rawAnswer(ADD)).toBe('');
		expect(panel.orders.size).toBe(0);
		expect(panel.requests[0]).not.toHaveProperty('answered');
	});

	it('dropAfter places and charges the order, then closes without a word', async () => {
		panel.misbehave({ does: { kind: 'dropAfter' } });
		expect(await rawAnswer(ADD)).toBe('');
		expect(panel.orders.size).toBe(1);
		expect(panel.balance).toBe(75);
		await expect(addWith({ kind: 'dropAfter' })).rejects.toThrow();
	});

	it('cutAfter announces the whole body and sends half of it', async () => {
		panel.misbehave({ does: { kind: 'cutAfter' } });
		const received = await rawAnswer(ADD);
		expect(received).toMatch(/^HTTP\/1.1 200 OK/);
		expect(received).toMatch(/content-length: 17\r\n/i);
		expect(received.split('\r\n\r\n')[1]).toBe('{"order":');
		expect(panel.orders.size).toBe(1);
		await expect(addWith({ kind: 'cutAfter' })).rejects.toThrow();
	});

	it('cutJson is a well-framed answer with half of the JSON', async () => {
		expect(await addWith({ kind: 'cutJson' })).toMatchObject({ status: 200, text: '{"order":' });
		expect(panel.orders.size).toBe(1);
		await addWith({ kind: 'cutJson', acts: false });
		expect(panel.orders.size).toBe(1);
	});

	it('withoutOrderId places the order and keeps its id', async () => {
		const { json } = await addWith({ kind: 'withoutOrderId' });
		expect(json).toStrictEqual({ status: 'success' });
		expect(panel.orders.size).toBe(1);
	});

	it('delay acts at once and answers later', async () => {
		panel.misbehave({ does: { kind: 'delay', milliseconds: 150 } });
		const started = Date.now();
		const answer = ask(panel, ADD);
		while (panel.orders.size === 0) await new Promise(setImmediate);
		expect(Date.now() - started).toBeLessThan(140);
		expect((await answer).json).toStrictEqual({ order: '23501' });
		expect(Date.now() - started).toBeGreaterThanOrEqual(145);
	});
});

describe('faults with an answer of their own', () => {
	it('status answers that code, with an error page unless given a body, acting only if told', async () => {
		const plain = await addWith({ kind: 'status', status: 502 });
		expect(plain.status).toBe(502);
		expect(plain.text).toContain('<title>502 Bad Gateway</title>');
		expect(panel.orders.size).toBe(0);

		const told = await addWith({
			kind: 'status',
			status: 429,
			body: '{}',
			headers: { 'retry-after': '7' },
			acts: true,
		});
		expect(told).toMatchObject({ status: 429, text: '{}', headers: { 'retry-after': '7' } });
		expect(panel.orders.size).toBe(1);
	});

	it('html is a challenge page with 200 or another code', async () => {
		const page = await addWith({ kind: 'html' });
		expect(page.status).toBe(200);
		expect(page.headers['content-type']).toContain('text/html');
		expect(page.text).toContain('Just a moment...');
		expect(panel.orders.size).toBe(0);
		expect((await addWith({ kind: 'html', status: 403, acts: true })).status).toBe(403);
		expect(panel.orders.size).toBe(1);
	});

	it('empty has no body', async () => {
		expect(await addWith({ kind: 'empty' })).toMatchObject({ status: 200, text: '' });
		expect(panel.orders.size).toBe(0);
		expect(await addWith({ kind: 'empty', status: 500, acts: true })).toMatchObject({
			status: 500,
			text: '',
		});
		expect(panel.orders.size).toBe(1);
	});

	it('redirect names another place and does nothing', async () => {
		const answer = await addWith({ kind: 'redirect', to: 'https://elsewhere.example/api' });
		expect(answer).toMatchObject({
			status: 302,
			headers: { location: 'https://elsewhere.example/api' },
		});
		expect((await addWith({ kind: 'redirect', to: '/', status: 307 })).status).toBe(307);
		expect(panel.orders.size).toBe(0);
	});

	it('refuse says the given error and does nothing', async () => {
		expect(await addWith({ kind: 'refuse', error: 'Bad Link' })).toMatchObject({
			status: 200,
			json: { error: 'Bad Link' },
		});
		expect((await addWith({ kind: 'refuse', error: 'x', status: 422 })).status).toBe(422);
		expect(panel.orders.size).toBe(0);
	});

	it('echoKey repeats the key that was sent', async () => {
		const { json } = await addWith({ kind: 'echoKey' });
		expect(json).toStrictEqual({ error: `Invalid API key: ${panel.apiKey}` });
		expect(panel.orders.size).toBe(0);
	});

	it('answer is sent word for word', async () => {
		const body = '[1, 2,';
		expect(await addWith({ kind: 'answer', body })).toMatchObject({ status: 200, text: body });
		expect(panel.orders.size).toBe(0);
		const told = {
			kind: 'answer',
			body,
			status: 201,
			headers: { 'x-a': 'b' },
			acts: true,
		} as const;
		expect(await addWith(told)).toMatchObject({ status: 201, headers: { 'x-a': 'b' } });
		expect(panel.orders.size).toBe(1);
	});
});

describe('faults in the text of a normal answer', () => {
	it("dirtyJson has the seed document's trailing commas and unquoted value", async () => {
		panel.services.length = 1;
		panel.misbehave({ on: 'services', does: { kind: 'dirtyJson' } });
		const { text } = await ask(panel, { action: 'services' });
		expect(text).toContain('"description": Service Description,');
		expect(text).toMatch(/"cancel": true,\s*}\s*\]$/);
		expect(() => JSON.parse(text)).toThrow();
		const [row] = jsonParse<Array<Record<string, unknown>>>(text, { repairJSON: true });
		expect(row).toMatchObject({ service: 101, description: 'Service Description', cancel: true });

		panel.misbehave({ does: { kind: 'dirtyJson' } });
		expect((await ask(panel, { action: 'balance' })).text).toMatch(/"currency": USD,\s*}$/);
	});

	it('byteOrderMark and phpWarning put something before the JSON', async () => {
		panel.misbehave({ does: { kind: 'byteOrderMark' } });
		const marked = await request(panel.url, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ key: panel.apiKey, action: 'balance' }).toString(),
		});
		const bytes = Buffer.from(await marked.body.arrayBuffer());
		expect(bytes.subarray(0, 4).toString('hex')).toBe('efbbbf7b');

		const warned = await addWith({ kind: 'phpWarning' });
		expect(warned.text).toMatch(/^<br \/>\n<b>Warning<\/b>: [^]*<br \/>\n{"order":"23501"}$/);
	});

	it('leaveOut drops ids from lists of either shape', async () => {
		const ids = panel.seedOrders(3, { status: 'Completed' });
		const fault: Fault = { does: { kind: 'leaveOut', ids: [ids[1]!] } };
		panel.misbehave(fault);
		const { json: states } = await ask(panel, { action: 'status', orders: ids.join(',') });
		expect(Object.keys(states)).toStrictEqual([ids[0], ids[2]]);

		panel.misbehave(fault);
		const { json: refills } = await ask(panel, { action: 'refill', orders: ids.join(',') });
		expect(refills.map((row: any) => row.order)).toStrictEqual([Number(ids[0]), Number(ids[2])]);

		panel.misbehave({ does: { kind: 'leaveOut', ids: ['12345'] } });
		const asked = await ask(panel, { action: 'refill_status', refills: '12345,12346' });
		expect(asked.json.map((row: any) => row.refill)).toStrictEqual([12346]);

		panel.misbehave({ does: { kind: 'leaveOut', ids: ['101'] } });
		const { json: services } = await ask(panel, { action: 'services' });
		expect(services).toHaveLength(panel.services.length - 1);
	});
});

describe('when a fault strikes', () => {
	const errors = async (...forms: Array<Record<string, string>>) => {
		const seen: unknown[] = [];
		for (const form of forms) seen.push((await ask(panel, form)).json.error);
		return seen;
	};
	const BALANCE = { action: 'balance' };

	it('once, unless told how often', async () => {
		panel.misbehave({ does: { kind: 'refuse', error: 'one' } });
		expect(await errors(BALANCE, BALANCE)).toStrictEqual(['one', undefined]);
		panel.misbehave({ times: 2, does: { kind: 'refuse', error: 'two' } });
		expect(await errors(BALANCE, BALANCE, BALANCE)).toStrictEqual(['two', 'two', undefined]);
		panel.misbehave({ times: Infinity, does: { kind: 'refuse', error: 'always' } });
		expect(new Set(await errors(...Array(5).fill(BALANCE)))).toStrictEqual(new Set(['always']));
	});

	it('for its action and its form only', async () => {
		panel.misbehave({ on: 'add', does: { kind: 'refuse', error: 'add' } });
		panel.misbehave({
			when: ({ order }) => order === '7',
			does: { kind: 'refuse', error: 'seven' },
		});
		expect(
			await errors(BALANCE, { action: 'status', order: '7' }, ADD, {
				action: 'status',
				order: '7',
			}),
		).toStrictEqual([undefined, 'seven', 'add', 'Incorrect order ID']);
	});

	it('after the requests that it lets pass', async () => {
		panel.misbehave({ on: 'balance', skip: 2, does: { kind: 'refuse', error: 'third' } });
		expect(await errors(BALANCE, ADD, BALANCE, BALANCE, BALANCE)).toStrictEqual([
			undefined,
			undefined,
			undefined,
			'third',
			undefined,
		]);
	});

	it('in the order of the queue, until reset forgets it', async () => {
		panel.misbehave({ does: { kind: 'refuse', error: 'first' } });
		panel.misbehave({ does: { kind: 'refuse', error: 'second' } });
		panel.misbehave({ does: { kind: 'refuse', error: 'never' } });
		expect(await errors(BALANCE, BALANCE)).toStrictEqual(['first', 'second']);
		panel.reset();
		expect(await errors(BALANCE)).toStrictEqual([undefined]);
	});
});

describe('hostile answers', () => {
	/** What arrives within a moment, or until there is enough of it: a busy machine takes its time. */
	const isRunning = async (does: FaultEffect, enough?: RegExp) => {
		panel.misbehave({ does });
		const socket = connect(Number(new URL(panel.url).port), '127.0.0.1');
		const body = new URLSearchParams({ key: panel.apiKey, ...ADD }).toString();
		socket.write(
			`POST /api/v2 HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
		);
		let received = '';
		socket.on('data', (bytes) => (received += bytes));
		const patience = Date.now() + 5_000;
		do await pause(100);
		while (enough && !enough.test(received) && Date.now() < patience);
		const isOpen = !socket.readableEnded && !socket.destroyed;
		socket.destroy();
		return { received, isOpen };
	};

	it('drip sends a part of the reply and then blanks, and acts if it is to', async () => {
		const all = await isRunning(
			{ kind: 'drip', everyMs: 10, sends: 'all', acts: true },
			/(1\r\n \r\n){3,}/,
		);
		expect(all).toMatchObject({ isOpen: true });
		expect(all.received).toMatch(/\{"order":"23501"\}\r\n(1\r\n \r\n){3,}/);
		expect(panel.orders.size).toBe(1);
		const nothing = await isRunning({ kind: 'drip', everyMs: 10 }, /(1\r\n \r\n){3,}/);
		expect(nothing.received).toMatch(/\r\n\r\n(1\r\n \r\n){3,}/);
		expect(panel.orders.size).toBe(1);
	});

	it('drip can do so with header lines', async () => {
		const { received } = await isRunning(
			{ kind: 'drip', everyMs: 10, drips: 'headers' },
			/(x-line-\d+: x\r\n){3,}/,
		);
		expect(received).toMatch(/^HTTP\/1.1 200 OK\r\n(x-line-\d+: x\r\n){3,}$/);
	});

	it('endless sends the same again and again', async () => {
		const { received, isOpen } = await isRunning(
			{ kind: 'endless', piece: 'abc' },
			/^[\s\S]{100001}/,
		);
		expect(isOpen).toBe(true);
		expect(received.length).toBeGreaterThan(100_000);
		expect(received).toContain('abcabcabc');
	});

	it('bomb is small on the way', async () => {
		const { received } = await isRunning({ kind: 'bomb', megabytes: 5 }, /content-encoding/);
		expect(received).toContain('content-encoding: gzip');
		expect(received.length).toBeLessThan(20_000);
		panel.misbehave({ does: { kind: 'bomb', megabytes: 5 } });
		const answer = await fetch(panel.url, { method: 'POST', body: new URLSearchParams(ADD) });
		expect(await answer.text()).toHaveLength(5 * 1024 * 1024);
	});

	it('upgrade changes to another protocol, and silence says nothing', async () => {
		expect((await isRunning({ kind: 'upgrade' })).received).toMatch(/^HTTP\/1.1 101 /);
		expect(await isRunning({ kind: 'silence' })).toEqual({ received: '', isOpen: true });
	});
});
