import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { N8N_PROGRAM } from '../host/folders.mts';
import { startN8n } from '../host/n8n.mts';
import type { Bench, Section } from './bench.mts';
import { benchCatalogue } from './catalogue.mts';
import { benchDirtyCatalogue } from './dirtyCatalogue.mts';
import { benchLoading } from './loading.mts';
import { benchMemory } from './memory.mts';
import { benchPicker } from './picker.mts';
import { benchLimitedPlacing, benchPlacing } from './placing.mts';
import { benchRateLimit } from './rateLimit.mts';
import { report } from './report.mts';
import { benchStatuses } from './statuses.mts';
import { benchTrigger } from './trigger.mts';

/** The parts of the benchmark, by the words that pick them on the command line. */
const parts: Record<string, (bench: Bench) => Promise<Section>> = {
	statuses: benchStatuses,
	catalogue: benchCatalogue,
	dirtyCatalogue: benchDirtyCatalogue,
	placing: benchPlacing,
	limitedPlacing: benchLimitedPlacing,
	rateLimit: benchRateLimit,
	picker: benchPicker,
	trigger: benchTrigger,
	loading: benchLoading,
	memory: benchMemory,
};

/**
 * `npm run bench`: this package beside what users would build without it, in one real n8n. With `--quick` one round
 * of small sizes; with the names of parts only those. Only a whole run is written to RESULTS.md.
 */
const words = process.argv.slice(2);
const isQuick = words.includes('--quick');
const wanted = Object.keys(parts).filter((name) => words.includes(name));
const chosen = wanted.length > 0 ? wanted : Object.keys(parts);
const rounds = isQuick ? 1 : 9;

const n8n = await startN8n({ name: 'bench', environment: { N8N_LOG_LEVEL: 'error' } });
const sections: Section[] = [];
try {
	await Promise.race([measureAll(), stopWanted()]);
} finally {
	await n8n.stop();
}

const text = report(sections, n8nVersion(), rounds);
console.log(`\n${text}`);
if (!isQuick && wanted.length === 0) {
	writeFileSync(path.join(import.meta.dirname, 'RESULTS.md'), `${text}\n`);
}

async function measureAll(): Promise<void> {
	for (const name of chosen) {
		try {
			sections.push(await parts[name]!({ n8n, rounds, isQuick }));
		} catch (error) {
			// The other parts are worth having all the same.
			const { message, cause = '' } = error as Error;
			const note = `Could not be measured: ${message} ${String(cause)}`;
			sections.push({ title: name, note, columns: [], rows: [], goals: [] });
		}
	}
}

/** Whoever ends the benchmark early ends its n8n too. */
async function stopWanted(): Promise<never> {
	await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
	throw new Error('The benchmark was stopped');
}

function n8nVersion(): string {
	const manifest = path.resolve(path.dirname(N8N_PROGRAM), '../package.json');
	return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
