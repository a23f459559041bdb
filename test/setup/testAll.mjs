import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * `npm test`: everything that needs no n8n of its own. What does not depend on each other runs side by side, and its
 * output is printed when it has ended; the tests come last, on the package that was built. Parameters go to jest.
 */
const root = path.resolve(import.meta.dirname, '../..');
const shell = process.platform === 'win32';

const started = Date.now();
const results = await Promise.all([
	step('build', 'node', 'test/setup/buildIfChanged.mjs').then(
		async (isBuilt) => isBuilt && (await step('scan', 'npm', 'run', '--silent', 'scan')),
	),
	step('check of types', 'npm', 'run', '--silent', 'check'),
	step('lint', 'npm', 'run', '--silent', 'lint'),
]);
if (results.every(Boolean)) {
	const tests = ['--config', 'test/jest.config.mjs', '--selectProjects', 'unit', 'engine'];
	const { code } = await run('inherit', 'jest', ...tests, ...process.argv.slice(2));
	results.push(code === 0);
} else {
	console.error('No test was run: first mend what failed above.');
}
console.log(`All took ${secondsSince(started)} s.`);
process.exitCode = results.every(Boolean) ? 0 : 1;

/** Runs one program to its end, prints what it has to say, and returns whether it passed. */
async function step(name, program, ...parameters) {
	const begun = Date.now();
	const { code, output } = await run('pipe', program, ...parameters);
	const verdict = code === 0 ? 'passed' : 'FAILED';
	console.log(`${output.trimEnd()}\n--- ${name} ${verdict} after ${secondsSince(begun)} s\n`);
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

function secondsSince(start) {
	return Math.round((Date.now() - start) / 1000);
}
