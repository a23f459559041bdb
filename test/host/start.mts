import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { followOneOrder } from './demonstration.mts';
import { INSTANCES_FOLDER, PACKAGE_FOLDER } from './folders.mts';
import { startN8n } from './n8n.mts';
import type { N8n } from './n8n.mts';
import { OWNER } from './owner.mts';
import type { WorkflowJson } from './workflow.mts';

/** The folder, below n8n's own, in which n8n may read and write files. */
const FILES_FOLDER = '.n8n-files';

/** Where an n8n is that was not told otherwise. */
const USUAL_N8N_URL = 'http://localhost:5678';

/** `npm start`: this package in the real n8n beside a sandbox panel; with `--once` only briefly. */
async function main(stopWanted: Promise<void>): Promise<void> {
	const endsByItself = process.argv.includes('--once');
	const panel = await startSandboxPanel({ orderLife: { pendingMs: 3000, deliveryMs: 12_000 } });
	try {
		say(`The sandbox panel answers at ${panel.url}: nothing there costs money.`);
		say('Starting n8n with this package installed (10 to 30 seconds) ...');
		const n8n = await startN8n({
			name: 'start',
			parentFolder: INSTANCES_FOLDER,
			environment: { N8N_RESTRICT_FILE_ACCESS_TO: FILES_FOLDER },
		});
		try {
			placeExampleSheet(n8n);
			say(`n8n runs at ${n8n.url}`);
			const shown = showPackage(n8n, panel).then(() => true);
			if (!(await Promise.race([shown, stopWanted.then(() => false)]))) return;
			if (!endsByItself) {
				sayWhereToLook(n8n, panel);
				say('All of it runs until you press Ctrl-C.');
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

/** Puts the credential and the examples into n8n and runs an order from placing to Completed. */
async function showPackage({ client, url }: N8n, panel: SandboxPanel): Promise<void> {
	const credential = await client.createCredential({
		name: 'Sandbox panel',
		type: 'smmPanelApi',
		data: { url: panel.url, apiKey: panel.apiKey },
	});
	const test = await client.testCredential(credential);
	if (test.status !== 'OK') throw new Error(`n8n's test of the credential: ${test.message}`);
	say('The credential "Sandbox panel" is saved and n8n\'s test of it passes.');

	for (const example of exampleWorkflows(url)) {
		await client.importWorkflow(example);
		say(`Example workflow in place: ${example.name}`);
	}
	await followOneOrder(client, say);
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
