import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** How long an n8n leaves others without an answer, seen from a process that does nothing else. */
export class Pulse {
	/** @param url of the n8n, without a slash at the end */
	static async of(url: string): Promise<Pulse> {
		const child = fork(path.join(import.meta.dirname, 'pulseChild.mts'), [`${url}/healthz`]);
		await once(child, 'message');
		return new Pulse(child);
	}

	readonly #child: ChildProcess;

	private constructor(child: ChildProcess) {
		this.#child = child;
	}

	/** The milliseconds that the slowest answer took while this was done. */
	async slowestDuring(work: () => Promise<unknown>): Promise<number> {
		await this.#slowest();
		await work();
		return await this.#slowest();
	}

	async stop(): Promise<void> {
		const gone = once(this.#child, 'exit');
		this.#child.disconnect();
		await gone;
	}

	/** Since the last time. */
	async #slowest(): Promise<number> {
		const answer = once(this.#child, 'message');
		this.#child.send('slowest');
		return (await answer)[0] as number;
	}
}
