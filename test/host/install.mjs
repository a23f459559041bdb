import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

import { installDependencies } from '../setup/dependencies.mjs';

/**
 * Each n8n by the name that releases.mts knows it by: where its manifest is, where it goes, what
 * that takes, and whose install scripts must run. sqlite3 is n8n's database: without a ready-made
 * binary for the platform it is compiled, a minute or two. The older ones bring the Node they need.
 */
const releases = {
	current: { from: '.', to: 'host', takes: '2.9 GB, 3 to 8 minutes', rebuild: ['sqlite3'] },
	lastOf1: {
		from: 'last-of-1',
		to: 'last-of-1',
		takes: '1.9 GB, 3 to 8 minutes',
		rebuild: ['sqlite3', 'node'],
	},
	oldest: {
		from: 'oldest',
		to: 'oldest',
		takes: '1.5 GB, 3 to 8 minutes',
		rebuild: ['sqlite3', 'node'],
	},
};

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : ['current']) await install(name);

async function install(name) {
	const release = releases[name];
	if (!release) {
		throw new Error(`There is no "${name}", but ${Object.keys(releases).join(', ')}`);
	}
	const manifests = path.join(import.meta.dirname, release.from);
	const folder = path.resolve(import.meta.dirname, '../../.n8n', release.to);
	mkdirSync(folder, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) {
		copyFileSync(path.join(manifests, file), path.join(folder, file));
	}
	await installDependencies({
		folder,
		rebuild: release.rebuild,
		announcement: `Installing the real n8n into .n8n/${release.to} (${release.takes}, once) ...`,
	});
}
