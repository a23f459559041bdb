import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const READY_WITHIN_MS = 120_000;
const STOPPED_WITHIN_MS = 20_000;
const PROGRESS_EVERY_MS = 5_000;

export interface ProgramOptions {
	/** For messages. */
	name: string;
	command: string;
	parameters: string[];
	/** The working folder. */
	folder: string;
	environment: Record<string, string>;
	/** Gets everything that the program writes, after what is in it already. */
	logFile: string;
	/** Whom it runs as; default: whoever runs this. */
	user?: { uid: number; gid: number };
}

/** A program that runs beside the tests until it is ended. */
export class Program {
	readonly #name: string;
	readonly #logFile: string;
	readonly #process: ChildProcess;

	constructor({ name, command, parameters, folder, environment, logFile, user }: ProgramOptions) {
		this.#name = name;
		this.#logFile = logFile;
		mkdirSync(path.dirname(logFile), { recursive: true });
		const log = openSync(logFile, 'a');
		this.#process = spawn(command, parameters, {
			cwd: folder,
			env: environment,
			stdio: ['ignore', log, log],
			...user,
		});
		// One that cannot be started has not run; `ready` tells.
		this.#process.on('error', () => {});
		closeSync(log);
	}

	get isRunning(): boolean {
		const { pid, exitCode, signalCode } = this.#process;
		return pid !== undefined && exitCode === null && signalCode === null;
	}

	/** Its number, while it runs. */
	get pid(): number | undefined {
		return this.#process.pid;
	}

	log(): string {
		return readFileSync(this.#logFile, 'utf8');
	}

	/**
	 * Resolves when `isReady` says so; rejects with the log's end if that takes too long.
	 * @param onWait called every five seconds with the seconds so far
	 */
	async ready(
		isReady: () => Promise<boolean>,
		onWait: (seconds: number) => void = () => {},
	): Promise<void> {
		const started = Date.now();
		const deadline = started + READY_WITHIN_MS;
		const progress = setInterval(
			() => onWait(Math.round((Date.now() - started) / 1000)),
			PROGRESS_EVERY_MS,
		);
		try {
			await this.#until(isReady, deadline);
		} finally {
			clearInterval(progress);
		}
	}

	async #until(isReady: () => Promise<boolean>, deadline: number): Promise<void> {
		while (!(await isReady())) {
			const problem = !this.isRunning
				? `${this.#name} ended while starting`
				: Date.now() > deadline
					? `${this.#name} was not ready within ${READY_WITHIN_MS / 1000} s`
					: undefined;
			if (problem) throw new Error(`${problem}. Its log ends with:\n${this.log().slice(-3000)}`);
			await pause(200);
		}
	}

	/** Ends it the given way, or by force if that takes too long, and resolves when it is gone. */
	async end(signal: NodeJS.Signals): Promise<void> {
		if (!this.isRunning) return;
		const gone = once(this.#process, 'exit');
		this.#process.kill(signal);
		const inTime = await Promise.race([
			gone.then(() => true),
			pause(STOPPED_WITHIN_MS, false, { ref: false }),
		]);
		if (inTime) return;
		this.#process.kill('SIGKILL');
		await gone;
	}
}
