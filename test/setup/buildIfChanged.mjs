import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Builds the package, unless nothing that goes into it has changed since this was done. */
const root = path.resolve(import.meta.dirname, '../..');
const sources = [
	...globSync(['credentials/**', 'nodes/**', 'icons/**'], { cwd: root }),
	'gulpfile.js',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
];
const stamp = path.join(root, 'dist', '.built-from');

const fingerprint = createHash('sha256');
for (const file of sources.sort()) {
	if (!statSync(path.join(root, file)).isFile()) continue;
	fingerprint.update(`${file}\n`).update(readFileSync(path.join(root, file)));
}
const now = fingerprint.digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== now) {
	const shell = process.platform === 'win32';
	const { status } = spawnSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit', shell });
	if (status !== 0) process.exit(status ?? 1);
	writeFileSync(stamp, now);
}
