import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import type { N8n } from './n8n.mts';

/** How long an n8n is kept from answering, seen from a process that does nothing else. */
export class Pulse {
	static async of({ url, pid }: Pick<N8n, 'url' | 'pid'>): Promise<Pulse> {
		const program = path.join(import.meta.dirname, 'pulseChild.mts');
		const child = fork(program, [`${url}/healthz`, String(pid)]);
		await once(child, 'message');
		return new Pulse(child);
	}

	readonly #child: ChildProcess;

	private constructor(child: ChildProcess) {
		this.#child = child;
	}

	/** The longest time in milliseconds that it was kept while this was done. */
	async longestDuring(work: () => Promise<unknown>): Promise<number> {
		await this.#longest();
		await work();
		return await this.#longest();
	}

	async stop(): Promise<void> {
		const gone = once(this.#child, 'exit');
		this.#child.disconnect();
		await gone;
	}

	/** Since the last time. */
	async #longest(): Promise<number> {
		const answer = once(this.#child, 'message');
		this.#child.send('longest');
		return (await answer)[0] as number;
	}
}
