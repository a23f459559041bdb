import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const shell = process.platform === 'win32';

/** Runs one program to its end, prints what it has to say, and returns whether it passed. */
export async function step(name, program, ...parameters) {
	const begun = Date.now();
	const { code, output } = await run('pipe', program, ...parameters);
	const verdict = code === 0 ? 'passed' : 'FAILED';
	console.log(`${output.trimEnd()}\n--- ${name} ${verdict} after ${secondsSince(begun)} s\n`);
	return code === 0;
}

/** Runs one program whose output is seen as it comes, and returns whether it passed. */
export async function passes(program, ...parameters) {
	const { code } = await run('inherit', program, ...parameters);
	return code === 0;
}

/** Runs a program in the package's folder; resolves with its exit code and, unless inherited, its output. */
async function run(stdio, program, ...parameters) {
	const child = spawn(program, parameters, { cwd: root, shell, stdio: ['ignore', stdio, stdio] });
	const pieces = [];
	child.stdout?.on('data', (piece) => pieces.push(piece));
	child.stderr?.on('data', (piece) => pieces.push(piece));
	return await new Promise((resolve) => {
		child.on('error', (error) => resolve({ code: 1, output: String(error) }));
		child.on('close', (code) => resolve({ code, output: Buffer.concat(pieces).toString() }));
	});
}

export function secondsSince(start) {
	return Math.round((Date.now() - start) / 1000);
}
