import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

/** What the model does at one of its turns: it writes, or it calls a tool. */
export type Turn = string | { tool: string; input: IDataObject };

/** What a chat model is told: the conversation so far and the tools it has. */
export interface Prompt {
	messages: Array<{ role: string; content: unknown }>;
	tools: Array<{ function: { name: string; description: string } }>;
}

const NOTHING_MORE = 'I have nothing more to say.';

/** A chat model with OpenAI's API that follows a script, whatever it is told. */
export class ScriptedModel {
	readonly prompts: Prompt[] = [];
	/** How long it takes for a turn, in milliseconds. */
	thinkingTime = 0;
	#decide: (prompt: Prompt) => Turn = () => NOTHING_MORE;
	readonly #server: Server;

	static async start(): Promise<ScriptedModel> {
		const model = new ScriptedModel();
		await new Promise<void>((resolve) => model.#server.listen(0, '127.0.0.1', resolve));
		return model;
	}

	private constructor() {
		this.#server = createServer((request, response) => {
			let body = '';
			request.on('data', (piece: Buffer) => (body += piece.toString()));
			request.on('end', async () => {
				await pause(this.thinkingTime);
				const prompt = JSON.parse(body) as Prompt & { stream?: boolean };
				this.prompts.push(prompt);
				const message = this.#message(this.#decide(prompt));
				if (!prompt.stream) {
					response.setHeader('content-type', 'application/json');
					response.end(JSON.stringify(completion({ message, finish_reason: 'stop' })));
					return;
				}
				response.setHeader('content-type', 'text/event-stream');
				for (const choice of [{ delta: message }, { delta: {}, finish_reason: 'stop' }]) {
					response.write(`data: ${JSON.stringify(completion(choice))}\n\n`);
				}
				response.end('data: [DONE]\n\n');
			});
		});
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
	}

	/** Forgets what was said, and plays these turns next. */
	play(...script: Turn[]): void {
		this.playBy(() => script.shift() ?? NOTHING_MORE);
	}

	/** Forgets what was said, and plays what follows from the prompt: for several conversations at the same time. */
	playBy(decide: (prompt: Prompt) => Turn): void {
		this.prompts.length = 0;
		this.#decide = decide;
	}

	/** What the last tool answered to the model. */
	get lastToolAnswer(): string {
		const answers = this.prompts.at(-1)?.messages.filter(({ role }) => role === 'tool') ?? [];
		return String(answers.at(-1)?.content);
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#message(turn: Turn): IDataObject {
		if (typeof turn === 'string') return { role: 'assistant', content: turn };
		const called = { name: turn.tool, arguments: JSON.stringify(turn.input) };
		return {
			role: 'assistant',
			content: '',
			tool_calls: [
				{ index: 0, id: `call_${this.prompts.length}`, type: 'function', function: called },
			],
		};
	}
}

function completion(choice: IDataObject): IDataObject {
	return {
		id: 'completion',
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, ...choice }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
