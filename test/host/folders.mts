import path from 'node:path';

/** The checkout: npm scripts and jest both run there. */
export const PACKAGE_FOLDER = process.cwd();

/** Holds all that the real n8n needs and writes; git ignores it. */
const HOST_FOLDER = path.join(PACKAGE_FOLDER, '.n8n');

/** One sub-folder for each n8n that runs: its database, its settings, its nodes. */
export const INSTANCES_FOLDER = path.join(HOST_FOLDER, 'instances');

/** Where Node keeps the compiled code of n8n's modules from one start to the next. */
export const COMPILED_FOLDER = path.join(HOST_FOLDER, 'compiled');

/** What each n8n wrote, kept after it has stopped. */
export const LOGS_FOLDER = path.join(HOST_FOLDER, 'logs');

/** The programs of an installed n8n, by the name of its folder. */
export const installedModules = (folder: string): string =>
	path.join(HOST_FOLDER, folder, 'node_modules');

/** n8n's own command, as installed by install.mjs. */
export const N8N_PROGRAM = path.join(installedModules('host'), 'n8n/bin/n8n');

/** The Node that n8n needs, whatever Node the machine has. */
export const NODE_PROGRAM = path.join(PACKAGE_FOLDER, 'node_modules/.bin/node');
