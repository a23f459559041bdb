import { request } from 'undici';
import type { Form, SandboxPanel } from '../sandbox/panel.mts';

export interface Answered {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
	/** The body as JSON; undefined where it is none. */
	json: any;
}

/** Asks the panel as a client would: POST, form, the right key unless told otherwise. */
export async function ask(panel: SandboxPanel, form: Form): Promise<Answered> {
	return await post(panel.url, new URLSearchParams({ key: panel.apiKey, ...form }).toString());
}

export async function post(
	url: string,
	body: string,
	contentType = 'application/x-www-form-urlencoded',
): Promise<Answered> {
	const answer = await request(url, {
		method: 'POST',
		headers: { 'content-type': contentType },
		body,
		reset: true,
	});
	const text = await answer.body.text();
	return { status: answer.statusCode, headers: answer.headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Places an order for service 101 unless told otherwise, and gives its id as text. */
export async function place(panel: SandboxPanel, form: Form = {}): Promise<string> {
	const { json } = await ask(panel, {
		action: 'add',
		service: '101',
		link: 'https://www.instagram.com/somebody',
		quantity: '100',
		...form,
	});
	return String(json.order);
}
