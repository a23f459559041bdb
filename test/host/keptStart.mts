import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { INSTANCES_FOLDER } from './folders.mts';

/** The folder of `npm start`'s n8n: what was built in it stays. */
export const KEPT_NAME = 'start';
const FOLDER = path.join(INSTANCES_FOLDER, KEPT_NAME);
const FILE = path.join(FOLDER, 'start.json');

/** What one start leaves to the next. */
export interface KeptStart {
	editorPort: number;
	panelPort: number;
	credentialId: string;
	/** The process that uses the folder. */
	processId: number;
}

/** What the last start left; undefined for the first one. */
export function readKeptStart(): KeptStart | undefined {
	return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as KeptStart) : undefined;
}

export function writeKeptStart(start: KeptStart): void {
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(FILE, JSON.stringify(start, null, 2));
}

/** Deletes all that was built. */
export function forgetKeptStart(): void {
	rmSync(FOLDER, { recursive: true, force: true, maxRetries: 5 });
}

/** @throws Error while another start uses the folder: two n8n on one database would spoil it */
export function assertNotRunning(): void {
	const { processId, editorPort } = readKeptStart() ?? {};
	if (processId === undefined || processId === process.pid || !isAlive(processId)) return;
	throw new Error(
		`It runs already, at http://127.0.0.1:${editorPort} (process ${processId}). Stop it with Ctrl-C there first.`,
	);
}

function isAlive(processId: number): boolean {
	try {
		return process.kill(processId, 0);
	} catch {
		return false;
	}
}
