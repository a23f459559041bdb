import { randomUUID } from 'node:crypto';

import type { N8n } from '../host/n8n.mts';
import { until } from '../support/until.mts';

interface Button {
	text: string;
	link: string;
}

/** A message of the workflow: a text, or a text with buttons. */
export interface ChatMessage {
	text: string;
	buttons: Button[];
}

/** n8n's hosted chat as a person uses it: messages over a web socket, buttons that are links. */
export class Chat {
	readonly messages: ChatMessage[] = [];
	readonly #sessionId = randomUUID();
	readonly #n8n: N8n;
	#socket?: WebSocket;
	executionId = '';

	private constructor(n8n: N8n) {
		this.#n8n = n8n;
	}

	/** Writes the first message to the published workflow whose chat trigger has this webhook ID. */
	static async open(n8n: N8n, webhookId: string, text: string): Promise<Chat> {
		const chat = new Chat(n8n);
		const response = await fetch(`${n8n.url}/webhook/${webhookId}/chat`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				action: 'sendMessage',
				sessionId: chat.#sessionId,
				chatInput: text,
			}),
		});
		const started = (await response.json()) as { executionId: string; resumeToken?: string };
		chat.executionId = started.executionId;
		const query = new URLSearchParams({
			sessionId: chat.#sessionId,
			executionId: started.executionId,
			isPublic: 'true',
			...(started.resumeToken && { token: started.resumeToken }),
		});
		chat.#connect(`${n8n.url.replace('http', 'ws')}/chat?${query.toString()}`);
		return chat;
	}

	/** The next message of the workflow that was not waited for yet. */
	async next(): Promise<ChatMessage> {
		const seen = this.#seen;
		await until(
			'the chat answers',
			30_000,
			() => this.messages.length,
			(count) => count > seen,
		);
		this.#seen++;
		return this.messages[seen] as ChatMessage;
	}

	#seen = 0;

	say(text: string): void {
		this.#socket?.send(
			JSON.stringify({ action: 'sendMessage', sessionId: this.#sessionId, chatInput: text }),
		);
	}

	/** Presses a button of the message. */
	async press(message: ChatMessage, label: string): Promise<void> {
		const button = message.buttons.find(({ text }) => text === label);
		const link = new URL(button?.link ?? '', this.#n8n.url);
		const response = await fetch(`${this.#n8n.url}${link.pathname}${link.search}`, {
			// n8n takes others for programs that look at links in advance.
			headers: { 'user-agent': 'Mozilla/5.0 Firefox/140.0' },
		});
		expect(response.status).toBe(200);
	}

	close(): void {
		this.#socket?.close();
	}

	#connect(address: string): void {
		this.#socket = new WebSocket(address);
		this.#socket.addEventListener('message', ({ data }) => {
			const text = String(data);
			if (text === 'n8n|heartbeat') this.#socket?.send('n8n|heartbeat-ack');
			else if (text !== 'n8n|continue') this.messages.push(read(text));
		});
	}
}

function read(text: string): ChatMessage {
	try {
		const message = JSON.parse(text) as { text?: string; buttons?: Button[] };
		return { text: message.text ?? text, buttons: message.buttons ?? [] };
	} catch {
		return { text, buttons: [] };
	}
}
