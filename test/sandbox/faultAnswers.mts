import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { FaultEffect, Form } from './contract.mts';
import type { Reply } from './dialects/dialect.mts';
import { HOSTILE } from './hostileAnswers.mts';

/** An answer as it goes over the wire. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** One request on its way to an answer, seen from a fault. */
export interface Exchange {
	form: Form;
	/** Does what the request asks for. */
	act(): Reply;
	wait(milliseconds: number): Promise<void>;
	send(answer: Answer): void;
	/** Announces the whole body, sends half of it and destroys the connection. */
	sendHalf(answer: Answer): void;
	/** Destroys the connection without a word. */
	drop(): void;
	/** Hands over the response, for what is no answer. */
	takeOver(status: number): ServerResponse;
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
const HTML_HEADERS = { 'content-type': 'text/html; charset=utf-8' };

const CHALLENGE_PAGE = `<!DOCTYPE html>
<html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"></head>
<body><h1>Checking if the site connection is secure</h1><p>Enable JavaScript and cookies to continue</p></body></html>`;

const PHP_WARNING =
	'<br />\n<b>Warning</b>:  Undefined array key "runs" in <b>/var/www/html/api/v2.php</b> on line <b>142</b><br />\n';

/** A reply as the JSON text that an undisturbed panel sends. */
export function jsonAnswer({ status, value }: Reply, headers: Record<string, string> = {}): Answer {
	return { status, headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(value) ?? '' };
}

export type Misbehaviour<Kind> = (
	effect: Extract<FaultEffect, { kind: Kind }>,
	exchange: Exchange,
) => void | Promise<void>;

const MISBEHAVIOURS: { [Kind in FaultEffect['kind']]: Misbehaviour<Kind> } = {
	async delay({ milliseconds }, exchange) {
		// Acted on at once: whoever loses patience has an order all the same.
		const answer = jsonAnswer(exchange.act());
		await exchange.wait(milliseconds);
		exchange.send(answer);
	},
	dropBefore(_effect, exchange) {
		exchange.drop();
	},
	dropAfter(_effect, exchange) {
		exchange.act();
		exchange.drop();
	},
	cutAfter(_effect, exchange) {
		exchange.sendHalf(jsonAnswer(exchange.act()));
	},
	status({ status, body, headers = {}, acts = false }, exchange) {
		if (acts) exchange.act();
		exchange.send({
			status,
			headers: { ...HTML_HEADERS, ...headers },
			body: body ?? errorPage(status),
		});
	},
	html({ status = 200, acts = false }, exchange) {
		if (acts) exchange.act();
		exchange.send({ status, headers: HTML_HEADERS, body: CHALLENGE_PAGE });
	},
	empty({ status = 200, acts = false }, exchange) {
		if (acts) exchange.act();
		exchange.send({ status, headers: JSON_HEADERS, body: '' });
	},
	cutJson({ acts = true }, exchange) {
		const { body } = jsonAnswer(acts ? exchange.act() : { status: 200, value: { order: '23501' } });
		exchange.send({
			status: 200,
			headers: JSON_HEADERS,
			body: body.slice(0, Math.ceil(body.length / 2)),
		});
	},
	dirtyJson(_effect, exchange) {
		const reply = exchange.act();
		exchange.send({ ...jsonAnswer(reply), body: dirtyText(reply.value) });
	},
	byteOrderMark(_effect, exchange) {
		sendWithPrefix('\uFEFF', exchange);
	},
	phpWarning(_effect, exchange) {
		sendWithPrefix(PHP_WARNING, exchange);
	},
	redirect({ to, status = 302 }, exchange) {
		exchange.send({
			status,
			headers: { ...HTML_HEADERS, location: to },
			body: errorPage(status),
		});
	},
	withoutOrderId(_effect, exchange) {
		exchange.act();
		exchange.send(jsonAnswer({ status: 200, value: { status: 'success' } }));
	},
	leaveOut({ ids }, exchange) {
		const reply = exchange.act();
		exchange.send(jsonAnswer({ ...reply, value: withoutIds(reply.value, ids) }));
	},
	refuse({ error, status = 200 }, exchange) {
		exchange.send(jsonAnswer({ status, value: { error } }));
	},
	echoKey(_effect, exchange) {
		const error = `Invalid API key: ${exchange.form.key ?? ''}`;
		exchange.send(jsonAnswer({ status: 200, value: { error } }));
	},
	answer({ body, status = 200, headers = {}, acts = false }, exchange) {
		if (acts) exchange.act();
		exchange.send({ status, headers: { ...JSON_HEADERS, ...headers }, body });
	},
	...HOSTILE,
};

/** Answers a request the way a fault wants it. */
export async function misbehave(effect: FaultEffect, exchange: Exchange): Promise<void> {
	const misbehaviour = MISBEHAVIOURS[effect.kind] as Misbehaviour<FaultEffect['kind']>;
	await misbehaviour(effect, exchange);
}

function sendWithPrefix(prefix: string, exchange: Exchange): void {
	const answer = jsonAnswer(exchange.act());
	exchange.send({ ...answer, body: prefix + answer.body });
}

function errorPage(status: number): string {
	const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
	return `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center><hr><center>nginx</center></body></html>`;
}

/**
 * JSON as the seed document prints it: trailing commas everywhere and plain-worded descriptions
 * without quotes; where there is no description the first plain word loses its quotes.
 */
function dirtyText(value: unknown): string {
	const withTrailingCommas = JSON.stringify(value, null, 4).replace(/([^\s{[])(\n\s*})/g, '$1,$2');
	const unquoted = withTrailingCommas.replace(/("description": )"([A-Za-z][\w ]*)"/g, '$1$2');
	return unquoted === withTrailingCommas
		? withTrailingCommas.replace(/(": )"([A-Za-z][\w ]*)"/, '$1$2')
		: unquoted;
}

/** A list answer, an array of rows or an object keyed by id, without some ids. */
function withoutIds(value: unknown, ids: string[]): unknown {
	if (Array.isArray(value)) {
		return value.filter((row) => !ids.includes(String(idOfRow(row))));
	}
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).filter(([id]) => !ids.includes(id)));
}

/** A row of services has a flag `refill`, a row of refills asked for has an `order` beside it. */
function idOfRow(row: Record<string, unknown>): unknown {
	return row.order ?? row.service ?? row.refill;
}
