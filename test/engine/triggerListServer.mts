import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server on 127.0.0.1 that answers as a test says, and remembers what it was asked. */
export class ListServer {
	readonly requests: Array<{ path: string; headers: IncomingMessage['headers'] }> = [];
	answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) =>
		response.end('');
	private readonly server = createServer((request, response) => {
		this.requests.push({ path: request.url ?? '', headers: request.headers });
		this.answer(request, response);
	});

	async start(): Promise<this> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
		return this;
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	get url(): string {
		return `${this.origin}/list`;
	}

	/** From now on answers every request with this text. */
	serve(text: string, headers: Record<string, string> = {}): void {
		this.answer = (_request, response) => {
			response.writeHead(200, headers);
			response.end(text);
		};
	}

	/** From now on answers with this HTTP status. */
	fail(status: number, headers: Record<string, string> = {}): void {
		this.answer = (_request, response) => {
			response.writeHead(status, headers);
			response.end('<html>no</html>');
		};
	}

	/** From now on sends its answers letter by letter, for ever. */
	drip(): void {
		this.answer = (_request, response) => {
			response.writeHead(200);
			const timer = setInterval(() => response.write(' '), 50);
			response.on('close', () => clearInterval(timer));
		};
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((done) => this.server.close(done));
	}
}
