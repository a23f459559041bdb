import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedRequest } from './contract.mts';
import type { Action, DialectRules, Reply } from './dialects/dialect.mts';
import { jsonAnswer, misbehave } from './faultAnswers.mts';
import type { Answer, Exchange } from './faultAnswers.mts';
import type { FaultQueue } from './faultQueue.mts';
import type { PanelLife } from './life.mts';
import { RateLimit } from './rateLimit.mts';
import { Refusal } from './refusal.mts';

const ENDPOINT = /^\/api\/v2\/?(\?|$)/;
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;

export interface ServerSettings {
	port: number;
	apiKey: string;
	latencyMs: number;
	jitterMs: number;
	requestsPerSecond: number;
}

/** Answers what is no API request (the page for people); false: not mine. */
export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** The panel's HTTP side: records each request, finds its fault, has it answered. */
export class PanelServer {
	readonly requests: RecordedRequest[] = [];
	peakParallel = 0;
	readonly #settings: ServerSettings;
	readonly #dialect: DialectRules;
	readonly #life: PanelLife;
	readonly #faults: FaultQueue;
	readonly #page: PageHandler;
	readonly #server: Server;
	readonly #rateLimit: RateLimit;
	readonly #closing = new AbortController();
	#inFlight = 0;

	constructor(
		settings: ServerSettings,
		dialect: DialectRules,
		life: PanelLife,
		faults: FaultQueue,
		page: PageHandler,
	) {
		this.#settings = settings;
		this.#dialect = dialect;
		this.#life = life;
		this.#faults = faults;
		this.#page = page;
		this.#rateLimit = new RateLimit(settings.requestsPerSecond);
		this.#server = createServer((request, response) => {
			this.#handle(request, response).catch((error: unknown) => {
				// Clients may go away in the middle of a request, and so may the panel.
				if (!request.errored && !this.#closing.signal.aborted) console.error(error);
				response.destroy();
			});
		});
	}

	/** Resolves with the origin, `http://127.0.0.1:<port>`. */
	async listen(): Promise<string> {
		await new Promise<void>((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen(this.#settings.port, '127.0.0.1', resolve);
		});
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		if (!this.#server.listening) return;
		const closed = new Promise((resolve) => this.#server.close(resolve));
		this.#closing.abort();
		this.#server.closeAllConnections();
		await closed;
	}

	forgetRequests(): void {
		this.requests.length = 0;
		this.peakParallel = this.#inFlight;
	}

	async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		if (await this.#page(request, response)) return;
		await this.#wait(Math.random() * this.#settings.jitterMs);
		this.#inFlight++;
		this.peakParallel = Math.max(this.peakParallel, this.#inFlight);
		response.once('close', () => this.#inFlight--);
		await this.#answer(await this.#record(request), response);
	}

	async #record(request: IncomingMessage): Promise<RecordedRequest> {
		const contentType = request.headers['content-type'];
		const record: RecordedRequest = {
			at: Date.now(),
			method: request.method ?? '',
			path: request.url ?? '',
			headers: request.headers,
			contentType,
			rawBody: '',
			form: {},
			action: undefined,
		};
		this.requests.push(record);
		record.rawBody = await text(request);
		if (FORM_TYPE.test(contentType ?? '')) {
			record.form = Object.fromEntries(new URLSearchParams(record.rawBody));
		}
		record.action = record.form.action;
		return record;
	}

	async #answer(record: RecordedRequest, response: ServerResponse): Promise<void> {
		const exchange = this.#exchange(record, response);
		const secondsToWait = this.#rateLimit.refuse(record.at);
		if (secondsToWait > 0) {
			const { value } = this.#dialect.refuse(new Refusal('tooManyRequests'));
			exchange.send(jsonAnswer({ status: 429, value }, { 'retry-after': String(secondsToWait) }));
			return;
		}
		await exchange.wait(this.#settings.latencyMs);
		const effect = this.#faults.effectOn(record.form);
		if (effect) await misbehave(effect, exchange);
		else exchange.send(jsonAnswer(exchange.act()));
	}

	#exchange(record: RecordedRequest, response: ServerResponse): Exchange {
		const begin = ({ status, headers, body }: Answer) => {
			record.answered = status;
			response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
		};
		return {
			form: record.form,
			act: () => this.#act(record),
			wait: async (milliseconds) => await this.#wait(milliseconds),
			send: (answer) => {
				begin(answer);
				response.end(answer.body);
			},
			sendHalf: (answer) => {
				begin(answer);
				const bytes = Buffer.from(answer.body);
				response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy());
			},
			drop: () => {
				response.destroy();
			},
			takeOver: (status) => {
				record.answered = status;
				return response;
			},
		};
	}

	async #wait(milliseconds: number): Promise<void> {
		if (milliseconds <= 0) return;
		await pause(milliseconds, undefined, { signal: this.#closing.signal });
	}

	/** Does what a request asks for and replies in the dialect. */
	#act(record: RecordedRequest): Reply {
		this.#life.catchUp();
		try {
			return this.#actionOf(record)(record.form, this.#life);
		} catch (error) {
			if (error instanceof Refusal) return this.#dialect.refuse(error);
			throw error;
		}
	}

	#actionOf({ method, path, contentType, form }: RecordedRequest): Action {
		if (!ENDPOINT.test(path)) return () => ({ status: 404, value: { error: 'Not found' } });
		if (method !== 'POST' || !FORM_TYPE.test(contentType ?? '')) {
			throw new Refusal('incorrectRequest');
		}
		if (form.key !== this.#settings.apiKey) throw new Refusal('invalidKey');
		const action = Object.entries(this.#dialect.actions).find(([name]) => name === form.action);
		if (!action) throw new Refusal('incorrectAction');
		return action[1];
	}
}
