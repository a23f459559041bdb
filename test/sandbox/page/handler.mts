import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { FaultEffect } from '../contract.mts';
import type { FaultQueue } from '../faultQueue.mts';
import type { PanelLife } from '../life.mts';
import type { PageHandler } from '../server.mts';
import { changes } from './changes.mts';
import { PAGE } from './html.mts';
import { pageState } from './state.mts';

/** What the page's buttons do to the next request. */
const BUTTONS: Record<string, FaultEffect> = {
	dropAfter: { kind: 'dropAfter' },
	badGateway: { kind: 'status', status: 502 },
	html: { kind: 'html' },
	tooManyRequests: {
		kind: 'status',
		status: 429,
		headers: { 'retry-after': '2', 'content-type': 'application/json' },
		body: '{"error":"Too many requests"}',
	},
};

const JSON_TYPE = /^application\/json\b/i;

const HEADERS = {
	'cache-control': 'no-store',
	'content-security-policy':
		"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:",
	'x-content-type-options': 'nosniff',
};

/** Serves the page for people: the page, its state as JSON, and its buttons. */
export function servePage(
	life: PanelLife,
	faults: FaultQueue,
	about: { dialect: string; apiKey: string },
): PageHandler {
	const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {
		'GET /': (_request, response) => send(response, 200, 'text/html; charset=utf-8', PAGE),
		'GET /favicon.ico': (_request, response) => send(response, 204, 'image/x-icon', ''),
		'GET /page/state': (_request, response) =>
			sendJson(response, 200, pageState(life, faults, about)),
		'POST /page/misbehave': async (request, response) => {
			const { kind, on } = (await readWish(request)) ?? {};
			const does = Object.entries(BUTTONS).find(([name]) => name === kind)?.[1];
			if (!does) return sendJson(response, 400, { error: 'Unknown kind' });
			faults.add({ does, ...(typeof on === 'string' && on !== '' ? { on } : {}) });
			return sendJson(response, 200, { waiting: faults.waiting });
		},
	};
	for (const [name, change] of Object.entries(changes)) {
		routes[`POST /page/${name}`] = async (request, response) => {
			const wish = await readWish(request);
			const error = wish ? change(life, wish) : 'JSON is needed';
			return sendJson(response, error ? 400 : 200, error ? { error } : {});
		};
	}

	return async (request, response) => {
		const route = routes[`${request.method} ${request.url?.split('?')[0]}`];
		if (!route) return false;
		await route(request, response);
		return true;
	};
}

/** JSON only: a form could be posted by any other page that is open in the browser. */
async function readWish(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
	const body = await text(request);
	if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) return undefined;
	try {
		return Object(JSON.parse(body)) as Record<string, unknown>;
	} catch {
		return undefined;
	}
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
	send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
	response.writeHead(status, { ...HEADERS, 'content-type': type }).end(body);
}
