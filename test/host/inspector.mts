import { once } from 'node:events';

interface Reply {
	id?: number;
	error?: { message: string };
	result?: unknown;
}

/** What a process holds on to when all garbage is collected. */
export interface Holdings {
	heapBytes: number;
	residentBytes: number;
	/** Open sockets, timers, files and the like: how many of each. */
	resources: Record<string, number>;
}

/** Looks into a Node process that was started with `--inspect`. */
export class Inspector {
	readonly #socket: WebSocket;
	readonly #waiting = new Map<number, (reply: Reply) => void>();
	#lastId = 0;

	private constructor(socket: WebSocket) {
		this.#socket = socket;
		socket.addEventListener('message', ({ data }) => {
			const reply = JSON.parse(String(data)) as Reply;
			if (reply.id !== undefined) this.#waiting.get(reply.id)?.(reply);
		});
	}

	/** @param port the one of the process's `--inspect`, on the loopback interface */
	static async connect(port: number): Promise<Inspector> {
		const response = await fetch(`http://127.0.0.1:${port}/json/list`);
		const [target] = (await response.json()) as Array<{ webSocketDebuggerUrl: string }>;
		const socket = new WebSocket(target?.webSocketDebuggerUrl as string);
		await once(socket, 'open');
		return new Inspector(socket);
	}

	/** What the process holds on to. Several rounds of collection, as finalizers free more. */
	async holdings(): Promise<Holdings> {
		for (let round = 0; round < 4; round++) await this.#send('HeapProfiler.collectGarbage');
		const { result } = (await this.#send('Runtime.evaluate', {
			expression:
				'JSON.stringify({ memory: process.memoryUsage(), resources: process.getActiveResourcesInfo() })',
			returnByValue: true,
		})) as { result: { value: string } };
		const { memory, resources } = JSON.parse(result.value) as {
			memory: { heapUsed: number; rss: number };
			resources: string[];
		};
		const counts: Record<string, number> = {};
		for (const name of resources) counts[name] = (counts[name] ?? 0) + 1;
		return { heapBytes: memory.heapUsed, residentBytes: memory.rss, resources: counts };
	}

	close(): void {
		this.#socket.close();
	}

	async #send(method: string, params: object = {}): Promise<unknown> {
		const id = ++this.#lastId;
		const reply = await new Promise<Reply>((resolve) => {
			this.#waiting.set(id, resolve);
			this.#socket.send(JSON.stringify({ id, method, params }));
		});
		this.#waiting.delete(id);
		if (reply.error) throw new Error(`${method}: ${reply.error.message}`);
		return reply.result;
	}
}
