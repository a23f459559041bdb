import { readFileSync } from 'node:fs';
import path from 'node:path';

import { N8nClient } from './client.mts';
import { installedModules, N8N_PROGRAM, NODE_PROGRAM, PACKAGE_FOLDER } from './folders.mts';
import { OlderN8nClient } from './olderClient.mts';

/** An n8n that tests can run the package in, as install.mjs installs it. */
export interface Release {
	version: string;
	/** n8n's own command. */
	program: string;
	/** The Node it runs on. */
	node: string;
	/** Speaks its REST API. */
	Client: new (url: string) => N8nClient;
	/** Environment variables that it needs. */
	environment: Record<string, string>;
}

/** An n8n 1.x, by the name of its folder. */
const older = (folder: string): Release => ({
	version: wantedVersion(folder),
	program: path.join(installedModules(folder), 'n8n/bin/n8n'),
	node: path.join(installedModules(folder), 'node/bin/node'),
	Client: OlderN8nClient,
	environment: {
		// The other engine is compiled when it is installed, and nothing here hangs on it.
		N8N_EXPRESSION_ENGINE: 'legacy',
		N8N_RUNNERS_ENABLED: 'false',
	},
});

export const releases = {
	current: {
		version: wantedVersion('.'),
		program: N8N_PROGRAM,
		node: NODE_PROGRAM,
		Client: N8nClient,
		// It would ask the internet for its list. Older ones do not start with a name they do not know.
		environment: { N8N_DISABLED_MODULES: 'mcp-registry' },
	},
	lastOf1: older('last-of-1'),
	oldest: older('oldest'),
} satisfies Record<string, Release>;

export type ReleaseName = keyof typeof releases;

function wantedVersion(folder: string): string {
	const manifest = path.join(PACKAGE_FOLDER, 'test/host', folder, 'package.json');
	const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as {
		dependencies: { n8n: string };
	};
	return dependencies.n8n;
}
