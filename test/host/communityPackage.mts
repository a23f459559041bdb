import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { PACKAGE_FOLDER } from './folders.mts';

const run = promisify(execFile);
const shell = process.platform === 'win32';

interface Manifest {
	name: string;
	version: string;
	devDependencies?: unknown;
	peerDependencies?: unknown;
	optionalDependencies?: unknown;
}

/**
 * Packs the built package and puts it where n8n keeps community packages, step by step as n8n's
 * own installer does: unpack, drop the dependencies that n8n provides itself, enter it in the list.
 * (The installer's `npm install` inside is left out: a verified package has no dependencies.)
 * Where this build was put there before, it stays.
 */
export async function installCommunityPackage(userFolder: string): Promise<void> {
	const nodesFolder = path.join(userFolder, '.n8n', 'nodes');
	const build = await builtFrom();
	const stamp = path.join(nodesFolder, '.built-from');
	if (build && existsSync(stamp) && (await readFile(stamp, 'utf8')) === build) return;
	await rm(stamp, { force: true });
	await mkdir(nodesFolder, { recursive: true });
	const packed = await run('npm', ['pack', '--silent', '--pack-destination', nodesFolder], {
		cwd: PACKAGE_FOLDER,
		shell,
	});
	const tarball = path.join(nodesFolder, packed.stdout.trim());

	const { name } = await readJson<Manifest>(path.join(PACKAGE_FOLDER, 'package.json'));
	const folder = path.join(nodesFolder, 'node_modules', name);
	// Of an earlier build nothing may stay.
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	await rm(tarball);

	const manifestFile = path.join(folder, 'package.json');
	const { devDependencies, peerDependencies, optionalDependencies, ...manifest } =
		await readJson<Manifest>(manifestFile);
	await writeJson(manifestFile, manifest);
	await writeJson(path.join(nodesFolder, 'package.json'), {
		name: 'installed-nodes',
		private: true,
		dependencies: { [name]: manifest.version },
	});
	if (build) await writeFile(stamp, build);
}

/** What stands for the sources of the present build; undefined where that was made by hand. */
async function builtFrom(): Promise<string | undefined> {
	const stamp = path.join(PACKAGE_FOLDER, 'dist', '.built-from');
	return existsSync(stamp) ? await readFile(stamp, 'utf8') : undefined;
}

async function readJson<T>(file: string): Promise<T> {
	return JSON.parse(await readFile(file, 'utf8')) as T;
}

async function writeJson(file: string, value: unknown): Promise<void> {
	await writeFile(file, JSON.stringify(value, null, 2));
}
