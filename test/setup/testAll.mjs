import { passes, secondsSince, step } from './steps.mjs';

/**
 * `npm test`: everything that needs no n8n of its own. What does not depend on each other runs side by side, and its
 * output is printed when it has ended; the tests come last, on the package that was built. Parameters go to jest.
 */
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
	results.push(await passes('jest', ...tests, ...process.argv.slice(2)));
} else {
	console.error('No test was run: first mend what failed above.');
}
console.log(`All took ${secondsSince(started)} s.`);
process.exitCode = results.every(Boolean) ? 0 : 1;
