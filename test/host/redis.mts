import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';

import { inheritedEnvironment } from './environment.mts';
import { INSTANCES_FOLDER, LOGS_FOLDER } from './folders.mts';
import { freePorts } from './freePorts.mts';
import { findProgram } from './installedPrograms.mts';
import { Program } from './program.mts';

/** A Redis of its own for n8n's queue: on a free port, with nothing kept on the disk. */
export interface Redis {
	/** What n8n needs to know of it. */
	environment: Record<string, string>;
	stop(): Promise<void>;
}

export const redisProgram = (): string | undefined => findProgram('redis-server');

export async function startRedis(): Promise<Redis> {
	const command = redisProgram();
	if (!command) throw new Error('redis-server is not installed');
	await mkdir(INSTANCES_FOLDER, { recursive: true });
	const folder = await mkdtemp(path.join(INSTANCES_FOLDER, 'redis-'));
	const [port] = (await freePorts(1)) as [number];
	const program = new Program({
		name: 'Redis',
		command,
		parameters: ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
		folder,
		environment: inheritedEnvironment(),
		logFile: path.join(LOGS_FOLDER, `${path.basename(folder)}.log`),
	});
	const stop = async () => {
		await program.end('SIGTERM');
		await rm(folder, { recursive: true, force: true });
	};
	try {
		await program.ready(async () => await accepts(port));
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		environment: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: `${port}` },
		stop,
	};
}

async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
