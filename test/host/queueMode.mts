import path from 'node:path';

import { n8nEnvironment } from './environment.mts';
import { LOGS_FOLDER } from './folders.mts';
import { freePorts } from './freePorts.mts';
import { startN8n } from './n8n.mts';
import type { N8n } from './n8n.mts';
import { postgresProgram, startPostgres } from './postgres.mts';
import type { Postgres } from './postgres.mts';
import { Program } from './program.mts';
import { redisProgram, startRedis } from './redis.mts';
import { releases } from './releases.mts';

const CONCURRENCY = 5;

const ENVIRONMENT = {
	EXECUTIONS_MODE: 'queue',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	N8N_ENCRYPTION_KEY: 'the-key-that-all-of-them-share',
	// A worker that was killed is missed after a quarter of a minute instead of a whole one. With
	// less, a busy machine makes n8n give up executions whose workers are well.
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** n8n in queue mode: Redis, PostgreSQL, a main instance and workers, all with the package installed. */
export interface QueueMode {
	main: N8n;
	workers: Worker[];
	postgres: Postgres;
	/** Ends all of it and deletes what it has stored; the logs stay. */
	stop(): Promise<void>;
}

/** Debian's packages that queue mode needs and this machine does not have. */
export function missingForQueueMode(): string[] {
	return [
		...(redisProgram() ? [] : ['redis-server']),
		...(postgresProgram() ? [] : ['postgresql']),
	];
}

export async function startQueueMode({ workers: count }: { workers: number }): Promise<QueueMode> {
	const started: Array<{ stop(): Promise<void> }> = [];
	const stop = async () => {
		const results = [];
		for (const one of started.reverse()) results.push(...(await Promise.allSettled([one.stop()])));
		const failed = results.find(({ status }) => status === 'rejected');
		if (failed) throw (failed as PromiseRejectedResult).reason;
	};
	try {
		const redis = await startRedis();
		started.push(redis);
		const postgres = await startPostgres();
		started.push(postgres);
		const environment = { ...ENVIRONMENT, ...redis.environment, ...postgres.environment };
		const main = await startN8n({ name: 'queue', environment });
		started.push(main);
		const workers = await Promise.all(
			Array.from({ length: count }, async (_, index) => {
				const worker = new Worker(main.folder, index + 1, environment);
				started.push(worker);
				await worker.start();
				return worker;
			}),
		);
		return { main, workers, postgres, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** A worker of n8n; it may be ended and started again. */
export class Worker {
	readonly #folder: string;
	readonly #name: string;
	readonly #environment: Record<string, string>;
	#program?: Program;

	constructor(folder: string, number: number, environment: Record<string, string>) {
		this.#folder = folder;
		this.#name = `worker ${number}`;
		this.#environment = environment;
	}

	async start(): Promise<void> {
		const [editor, taskBroker, health] = (await freePorts(3)) as [number, number, number];
		const { node, program, environment } = releases.current;
		this.#program = new Program({
			name: this.#name,
			command: node,
			parameters: [program, 'worker', `--concurrency=${CONCURRENCY}`],
			folder: this.#folder,
			environment: n8nEnvironment(
				this.#folder,
				{ editor, taskBroker },
				{
					...environment,
					...this.#environment,
					QUEUE_HEALTH_CHECK_ACTIVE: 'true',
					QUEUE_HEALTH_CHECK_PORT: `${health}`,
					N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
				},
			),
			logFile: this.#logFile,
		});
		await this.#program.ready(async () => {
			try {
				return (await fetch(`http://127.0.0.1:${health}/healthz/readiness`)).ok;
			} catch {
				return false;
			}
		});
	}

	log(): string {
		return this.#program?.log() ?? '';
	}

	/** The executions that it has begun. */
	executions(): string[] {
		return [...this.log().matchAll(/Worker started execution (\d+)/g)].map(
			(match) => match[1] as string,
		);
	}

	async kill(): Promise<void> {
		await this.#program?.end('SIGKILL');
	}

	async stop(): Promise<void> {
		await this.#program?.end('SIGTERM');
	}

	get #logFile(): string {
		const instance = path.basename(this.#folder);
		return path.join(LOGS_FOLDER, `${instance}-${this.#name.replace(' ', '')}.log`);
	}
}
