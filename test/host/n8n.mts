import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { N8nClient } from './client.mts';
import { installCommunityPackage } from './communityPackage.mts';
import { n8nEnvironment } from './environment.mts';
import { LOGS_FOLDER } from './folders.mts';
import { freePorts, portIfFree } from './freePorts.mts';
import { Program } from './program.mts';
import { releases } from './releases.mts';
import type { Release, ReleaseName } from './releases.mts';

export interface N8nOptions {
	/** Names the folder and the log; default `n8n`. */
	name?: string;
	/** Environment variables on top of the usual ones, such as `N8N_SCHEDULER_ENABLED`. */
	environment?: Record<string, string>;
	/** What Node is told before n8n, such as `--inspect`. */
	nodeParameters?: string[];
	/** Which n8n; default `current`. */
	release?: ReleaseName;
	/**
	 * Where its folder is made; default: that for temporary files. In the checkout the package would
	 * find the development tools' n8n-workflow and zod before those of its n8n.
	 */
	parentFolder?: string;
	/** A folder of this name in `parentFolder` that stays when n8n stops, and is used again where it is there. */
	keptAs?: string;
	/** The editor's port, where it is free. */
	editorPort?: number;
	/** Called every few seconds while n8n starts, with the seconds so far. */
	onWait?: (seconds: number) => void;
}

/**
 * Starts the real n8n with the packed tarball of this package installed, in a user folder of its
 * own. Resolves when it is ready and the client is logged in. The package must be built before.
 */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	const {
		name = 'n8n',
		release: releaseName = 'current',
		environment = {},
		parentFolder = tmpdir(),
		nodeParameters = [],
	} = options;
	const release = releases[releaseName];
	if (!existsSync(release.program)) {
		throw new Error(
			`n8n is not installed yet: run "node test/host/install.mjs ${releaseName}" first`,
		);
	}
	const { keptAs } = options;
	await mkdir(path.join(parentFolder, keptAs ?? ''), { recursive: true });
	const folder = keptAs
		? path.join(parentFolder, keptAs)
		: await mkdtemp(path.join(parentFolder, `${name}-`));
	await installCommunityPackage(folder);
	const [anyPort, taskBroker] = (await freePorts(2)) as [number, number];
	const editor = options.editorPort ? await portIfFree(options.editorPort) : anyPort;
	const n8n = new N8n(
		{ folder, isKept: keptAs !== undefined },
		{ editor, taskBroker },
		environment,
		release,
		nodeParameters,
	);
	try {
		await n8n.start(options.onWait);
	} catch (error) {
		await n8n.stop();
		throw error;
	}
	return n8n;
}

/** One n8n: a process that may be ended and started again on the same folder and ports. */
export class N8n {
	/** Where the editor is, without a slash at the end. */
	readonly url: string;
	/** Speaks to this n8n as its owner; stays valid over restarts. */
	readonly client: N8nClient;
	/** `N8N_USER_FOLDER`; deleted by `stop` unless it is kept. */
	readonly folder: string;
	/** Everything that this n8n wrote, over all its starts; kept after `stop`. */
	readonly logFile: string;
	readonly #isKept: boolean;
	readonly #ports: { editor: number; taskBroker: number };
	readonly #release: Release;
	readonly #nodeParameters: string[];
	#environment: Record<string, string>;
	#program?: Program;

	constructor(
		{ folder, isKept }: { folder: string; isKept: boolean },
		ports: { editor: number; taskBroker: number },
		environment: Record<string, string>,
		release: Release,
		nodeParameters: string[],
	) {
		this.folder = folder;
		this.#isKept = isKept;
		this.logFile = path.join(LOGS_FOLDER, `${path.basename(folder)}.log`);
		this.url = `http://127.0.0.1:${ports.editor}`;
		this.client = new release.Client(this.url);
		this.#release = release;
		this.#nodeParameters = nodeParameters;
		this.#ports = ports;
		this.#environment = environment;
	}

	/** All log lines so far. */
	log(): string {
		return readFileSync(this.logFile, 'utf8');
	}

	/** The number of its process, while one runs. */
	get pid(): number | undefined {
		return this.#program?.pid;
	}

	/**
	 * Starts the process where none runs; resolves when n8n is ready and the client logged in.
	 * @param onWait called every few seconds until then, with the seconds so far
	 */
	async start(onWait?: (seconds: number) => void): Promise<void> {
		if (this.#program?.isRunning) throw new Error('This n8n is running already');
		this.#program = new Program({
			name: 'n8n',
			command: this.#release.node,
			parameters: [...this.#nodeParameters, this.#release.program, 'start'],
			folder: this.folder,
			environment: n8nEnvironment(this.folder, this.#ports, {
				...this.#release.environment,
				...this.#environment,
			}),
			logFile: this.logFile,
		});
		// n8n answers before it is ready; from the moment the owner can log in, everything works.
		await this.#program.ready(async () => await this.client.tryLogin(), onWait);
	}

	/** Ends the process the given way and resolves when it is gone; the folder stays. */
	async kill(signal: 'SIGTERM' | 'SIGKILL' = 'SIGKILL'): Promise<void> {
		await this.#program?.end(signal);
	}

	/**
	 * Ends the process if it still runs and starts it on the same folder. `environment` replaces
	 * what `startN8n` was given.
	 */
	async restart(
		options: { signal?: 'SIGTERM' | 'SIGKILL'; environment?: Record<string, string> } = {},
	): Promise<void> {
		await this.kill(options.signal ?? 'SIGTERM');
		this.#environment = options.environment ?? this.#environment;
		await this.start();
	}

	/** Ends the process and deletes its folder, unless that is kept; the log stays. */
	async stop(): Promise<void> {
		await this.kill('SIGTERM');
		if (!this.#isKept) await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}
}
