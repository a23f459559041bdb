import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { followOneOrder } from './demonstration.mts';
import { COMPILED_FOLDER, INSTANCES_FOLDER, PACKAGE_FOLDER } from './folders.mts';
import { portIfFree } from './freePorts.mts';
import {
	assertNotRunning,
	forgetKeptStart,
	KEPT_NAME,
	type KeptStart,
	readKeptStart,
	writeKeptStart,
} from './keptStart.mts';
import { startN8n } from './n8n.mts';
import type { N8n } from './n8n.mts';
import { OWNER } from './owner.mts';
import type { WorkflowJson } from './workflow.mts';

/** The folder, below n8n's own, in which n8n may read and write files. */
const FILES_FOLDER = '.n8n-files';

/** Where n8n is unless it is given another address. */
const USUAL_N8N_URL = 'http://localhost:5678';

/** n8n's own port; and one for the panel that few programs use. The same from start to start, where they are free. */
const USUAL_PORTS = { editorPort: 5678, panelPort: 5688 };

/**
 * `npm start`: this package in the real n8n beside a sandbox panel. With `--once` only briefly, and in an n8n that is new
 * and goes away; with `--forget` what was built before is deleted first.
 */
async function main(stopWanted: Promise<void>): Promise<void> {
	const endsByItself = process.argv.includes('--once');
	if (!endsByItself) assertNotRunning();
	if (process.argv.includes('--forget')) forgetKeptStart();
	const kept = endsByItself ? undefined : readKeptStart();
	// A first start that was stopped half way left nothing that somebody built.
	if (!endsByItself && !kept) forgetKeptStart();
	const ports = kept ?? USUAL_PORTS;
	const panel = await startSandboxPanel({
		port: endsByItself ? 0 : await portIfFree(ports.panelPort),
		orderLife: { pendingMs: 3000, deliveryMs: 12_000 },
	});
	try {
		say(`The sandbox panel answers at ${panel.url}: nothing there costs money.`);
		const usually = kept ? '5 to 15 seconds' : '10 to 30 seconds, the first time';
		say(`Starting n8n with this package installed (${usually}) ...`);
		const n8n = await startN8n({
			name: 'start',
			parentFolder: INSTANCES_FOLDER,
			environment: {
				N8N_RESTRICT_FILE_ACCESS_TO: FILES_FOLDER,
				NODE_COMPILE_CACHE: COMPILED_FOLDER,
			},
			onWait: (seconds) => say(`n8n is still starting, for ${seconds} seconds now ...`),
			...(endsByItself ? {} : { keptAs: KEPT_NAME, editorPort: ports.editorPort }),
		});
		try {
			say(`n8n runs at ${n8n.url}`);
			const prepared = kept ? comeBack(n8n, panel, kept) : showPackage(n8n, panel);
			const credentialId = await Promise.race([prepared, stopWanted.then(() => undefined)]);
			if (credentialId === undefined) return;
			if (!endsByItself) {
				writeKeptStart({
					editorPort: Number(new URL(n8n.url).port),
					panelPort: Number(new URL(panel.url).port),
					credentialId,
					processId: process.pid,
				});
				sayWhereToLook(n8n, panel);
				say(
					'Ctrl-C stops n8n and the sandbox panel. Your workflows are kept for the next "npm start"; "npm start -- --forget" starts over.',
				);
				await stopWanted;
			}
		} finally {
			say('Stopping n8n and the sandbox panel ...');
			await n8n.stop();
		}
	} finally {
		await panel.close();
	}
}

/** A later start: everything is there, and the credential leads to where the panel is now. */
async function comeBack(
	{ client }: N8n,
	panel: SandboxPanel,
	{ credentialId }: KeptStart,
): Promise<string> {
	if (Number(new URL(panel.url).port) !== readKeptStart()?.panelPort) {
		await client.request('PATCH', `/rest/credentials/${credentialId}`, credentialFor(panel));
	}
	say('Your workflows are as you left them. The sandbox panel starts empty.');
	return credentialId;
}

const credentialFor = (panel: SandboxPanel) => ({
	name: 'Sandbox panel',
	type: 'smmPanelApi',
	data: { url: panel.url, apiKey: panel.apiKey },
});

/** Puts the sheet of the spreadsheet example where n8n may read and write files. */
function placeExampleSheet(n8n: N8n): void {
	const folder = path.join(n8n.folder, FILES_FOLDER);
	mkdirSync(folder, { recursive: true });
	copyFileSync(
		path.join(PACKAGE_FOLDER, 'examples', 'orders.csv'),
		path.join(folder, 'orders.csv'),
	);
}

function sayWhereToLook(n8n: N8n, panel: SandboxPanel): void {
	console.log(`
Where to look
  n8n               ${n8n.url}
  log in as         ${OWNER.email}
  with password     ${OWNER.password}
  sandbox panel     ${panel.pageUrl}
  its API           ${panel.url}
  its key           ${panel.apiKey}
  n8n's log         ${path.relative(PACKAGE_FOLDER, n8n.logFile)}
`);
}

/** The first start: saves the credential, runs an order from placing to Completed, and imports the recipes. */
async function showPackage(n8n: N8n, panel: SandboxPanel): Promise<string> {
	const { client, url } = n8n;
	placeExampleSheet(n8n);
	const credential = await client.createCredential(credentialFor(panel));
	const test = await client.testCredential(credential);
	if (test.status !== 'OK') throw new Error(`n8n's test of the credential: ${test.message}`);
	say('The credential "Sandbox panel" is saved and n8n\'s test of it passes.');

	// Before the recipes, as n8n lists the newest workflow first.
	await followOneOrder(client, say);
	for (const example of exampleWorkflows(url)) {
		await client.importWorkflow(example);
		say(`Recipe in place: ${example.name}`);
	}
	return credential.id;
}

/** The examples, with the address of this n8n where they name their own. */
function exampleWorkflows(n8nUrl: string): WorkflowJson[] {
	const folder = path.join(PACKAGE_FOLDER, 'examples');
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.map((file) => readFileSync(path.join(folder, file), 'utf8'))
		.map((text) => JSON.parse(text.replaceAll(USUAL_N8N_URL, n8nUrl)) as WorkflowJson);
}

function say(line: string): void {
	console.log(`- ${line}`);
}

let stopRequested = false;
const stopWanted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => {
	stopRequested = true;
});
try {
	await main(stopWanted);
} catch (error) {
	// Ctrl-C reaches n8n too; that it then cannot start is no news.
	if (stopRequested) process.exit();
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
