import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A panel behind a server that can send its answers letter by letter, for ever. */
export class DrippingPanel {
	drips = false;
	/** After so long an answer that drips comes all the same, in milliseconds. */
	answersAfter = Infinity;
	private readonly server;

	constructor(panelUrl: string) {
		this.server = createServer((request, response) => {
			const pieces: Buffer[] = [];
			request.on('data', (piece: Buffer) => pieces.push(piece));
			request.on('end', () => {
				const body = Buffer.concat(pieces);
				if (this.drips) this.drip(panelUrl, body, response);
				else void this.pass(panelUrl, body, response);
			});
		});
	}

	async start(): Promise<this> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
		return this;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v2`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((done) => this.server.close(done));
	}

	private drip(panelUrl: string, body: Buffer, response: ServerResponse): void {
		response.writeHead(200, { 'content-type': 'application/json' });
		const answer = this.ask(panelUrl, body);
		const start = Date.now();
		const timer = setInterval(() => {
			if (Date.now() - start < this.answersAfter) return void response.write(' ');
			clearInterval(timer);
			void answer.then(({ text }) => response.end(text));
		}, 50);
		response.on('close', () => clearInterval(timer));
	}

	private async pass(panelUrl: string, body: Buffer, response: ServerResponse): Promise<void> {
		const { status, type, text } = await this.ask(panelUrl, body);
		response.writeHead(status, { 'content-type': type });
		response.end(text);
	}

	private async ask(panelUrl: string, body: Buffer) {
		const answer = await fetch(panelUrl, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new Uint8Array(body),
		});
		const type = answer.headers.get('content-type') ?? '';
		return { status: answer.status, type, text: await answer.text() };
	}
}
