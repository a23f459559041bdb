import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A panel behind a server that can send its answers letter by letter, for ever. */
export class DrippingPanel {
	drips = false;
	/** Answers that are dripping at the moment. */
	readonly open = new Set<ServerResponse>();
	private readonly server;

	constructor(panelUrl: string) {
		this.server = createServer((request, response) => {
			const pieces: Buffer[] = [];
			request.on('data', (piece: Buffer) => pieces.push(piece));
			request.on('end', () => {
				if (this.drips) return this.drip(response);
				void this.pass(panelUrl, Buffer.concat(pieces), response);
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

	private drip(response: ServerResponse): void {
		this.open.add(response);
		response.writeHead(200, { 'content-type': 'application/json' });
		const timer = setInterval(() => response.write(' '), 50);
		response.on('close', () => {
			clearInterval(timer);
			this.open.delete(response);
		});
	}

	private async pass(panelUrl: string, body: Buffer, response: ServerResponse): Promise<void> {
		const answer = await fetch(panelUrl, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new Uint8Array(body),
		});
		response.writeHead(answer.status, { 'content-type': 'application/json' });
		response.end(await answer.text());
	}
}
