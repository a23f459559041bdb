import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Answer } from './exchange.mts';

type Form = Record<string, string>;

/** A server that gives the answers of one exchange, each once, and keeps track of what does not fit. */
export interface ReplayServer {
	url: string;
	/** Loads the answers of the next exchange and forgets those of the last. */
	load(answers: readonly Answer[]): void;
	/** The answers that nobody has asked for. */
	readonly unused: Answer[];
	/** The requests that no answer was meant for. */
	readonly unexpected: Form[];
	close(): Promise<void>;
}

/** Starts a replay server on a free port of this machine. */
export async function startReplayServer(): Promise<ReplayServer> {
	let unused: Answer[] = [];
	let unexpected: Form[] = [];

	const server = createServer((request, response) => {
		// A connection that is cut before the request is read: what was asked never counts.
		if (unused.length === 1 && unused[0]?.drop === 'before') {
			unused = [];
			request.socket.destroy();
			return;
		}
		void formOf(request).then((form) => {
			const found = unused.findIndex(({ to }) => to === undefined || isSame(to, form));
			const [answer] = found < 0 ? [] : unused.splice(found, 1);
			if (answer) send(response, answer);
			else {
				unexpected.push(form);
				send(response, { status: 599, body: 'Nobody expected this request' });
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;

	return {
		url: `http://127.0.0.1:${port}/api/v2`,
		load(answers) {
			unused = [...answers];
			unexpected = [];
		},
		get unexpected() {
			return unexpected;
		},
		get unused() {
			return unused;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function formOf(request: IncomingMessage): Promise<Form> {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	const { key: _key, ...form } = Object.fromEntries(new URLSearchParams(body));
	return form;
}

/** Whether a form is the expected one but for its action. */
function isSame(expected: Form, { action: _action, ...form }: Form): boolean {
	const names = new Set([...Object.keys(expected), ...Object.keys(form)]);
	return [...names].every((name) => expected[name] === form[name]);
}

function send(response: ServerResponse, answer: Answer): void {
	if (answer.drop) {
		response.destroy();
		return;
	}
	const contentType = { 'content-type': 'application/json' };
	response.writeHead(answer.status ?? 200, { ...contentType, ...answer.headers });
	response.end(answer.body ?? ('json' in answer ? JSON.stringify(answer.json) : ''));
}
