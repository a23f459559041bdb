import { execFile, execFileSync } from 'node:child_process';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { inheritedEnvironment } from './environment.mts';
import { INSTANCES_FOLDER, LOGS_FOLDER } from './folders.mts';
import { freePorts } from './freePorts.mts';
import { findProgram } from './installedPrograms.mts';
import { Program } from './program.mts';
import { until } from '../support/until.mts';

const run = promisify(execFile);
const USER = 'n8n';
const DATABASE = 'postgres';

/** A PostgreSQL of its own, empty, on a free port. */
export interface Postgres {
	/** What n8n needs to know of it. */
	environment: Record<string, string>;
	/** Everything in it, as SQL. */
	dump(): Promise<string>;
	/** Runs SQL and resolves with what it answers, a line for each row. */
	query(sql: string): Promise<string>;
	/** Has everybody who writes to the table, or also who reads it, wait until the returned function is called. */
	hold(table: string, what: 'writes' | 'reads'): Promise<() => Promise<void>>;
	/** Ends it and deletes its data. */
	stop(): Promise<void>;
}

export const postgresProgram = (): string | undefined => findProgram('postgres');

export async function startPostgres(): Promise<Postgres> {
	const user = unprivilegedUser();
	const folder = await dataFolder(user);
	const [port] = (await freePorts(1)) as [number];
	const server = ['--host=127.0.0.1', `--port=${port}`, `--username=${USER}`];
	const environment = { ...inheritedEnvironment(), LC_ALL: 'C' };
	const execute = async (name: string, parameters: string[]) =>
		await run(program(name), parameters, {
			cwd: folder,
			env: environment,
			maxBuffer: 256 * 1024 ** 2,
			...user,
		});

	let postgres: Program | undefined;
	const stop = async () => {
		// Fast: without waiting for its clients to leave.
		await postgres?.end('SIGINT');
		await rm(folder, { recursive: true, force: true });
	};
	try {
		// Anybody may log in: it can be reached from this machine alone and lives for a few minutes.
		const cluster = ['--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'];
		await execute('initdb', [`--pgdata=${folder}`, `--username=${USER}`, ...cluster]);
		postgres = new Program({
			name: 'PostgreSQL',
			command: program('postgres'),
			parameters: ['-D', folder, '-p', `${port}`, '-h', '127.0.0.1', '-k', '', '-F'],
			folder,
			environment,
			logFile: path.join(LOGS_FOLDER, `${path.basename(folder)}.log`),
			user,
		});
		await postgres.ready(
			async () =>
				await execute('pg_isready', server).then(
					() => true,
					() => false,
				),
		);
	} catch (error) {
		await stop();
		throw error;
	}
	const query = async (sql: string) => {
		const { stdout } = await execute('psql', [...server, '-d', DATABASE, '-At', '-c', sql]);
		return stdout.trim();
	};
	return {
		query,
		hold: async (table, what) => {
			const mode = what === 'reads' ? 'ACCESS EXCLUSIVE' : 'EXCLUSIVE';
			const held = query(`BEGIN; LOCK TABLE ${table} IN ${mode} MODE; SELECT pg_sleep(600)`);
			const ended = held.then(
				() => undefined,
				() => undefined,
			);
			const holders = `FROM pg_stat_activity WHERE wait_event = 'PgSleep'`;
			await until(
				`the ${what} of ${table} are held`,
				10_000,
				async () => await query(`SELECT count(*) ${holders}`),
				(count) => count === '1',
			);
			return async () => {
				await query(`SELECT pg_terminate_backend(pid) ${holders}`);
				await ended;
			};
		},
		environment: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: `${port}`,
			DB_POSTGRESDB_USER: USER,
			DB_POSTGRESDB_DATABASE: DATABASE,
		},
		dump: async () => (await execute('pg_dump', [...server, DATABASE])).stdout,
		stop,
	};
}

function program(name: string): string {
	const file = findProgram(name);
	if (!file) throw new Error(`${name} is not installed`);
	return file;
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package has created. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const idOf = (option: string) => Number(execFileSync('id', [option, 'postgres']));
	return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Another user may not reach the checkout, which can lie below a private folder. */
async function dataFolder(user: { uid: number; gid: number } | undefined): Promise<string> {
	const parent = user ? tmpdir() : INSTANCES_FOLDER;
	await mkdir(parent, { recursive: true });
	const folder = await mkdtemp(path.join(parent, 'postgres-'));
	if (user) await chown(folder, user.uid, user.gid);
	return folder;
}
