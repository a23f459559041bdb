import { passes, secondsSince, step } from './steps.mjs';

/**
 * `npm run test:e2e`: everything that needs the real n8n. The tests of the trigger mostly wait for the next minute, so
 * they run beside all others, and their output is printed when they have ended. With parameters, which go to jest, it is
 * one run.
 */
const parameters = process.argv.slice(2);
const endToEnd = ['--config', 'test/jest.config.mjs', '--selectProjects', 'e2e', '--runInBand'];
const ofTrigger = '/e2e/trigger';

const started = Date.now();
const results =
	parameters.length > 0
		? [await passes('jest', ...endToEnd, ...parameters)]
		: await Promise.all([
				step('the trigger', 'jest', ...endToEnd, '--', ofTrigger),
				passes('jest', ...endToEnd, '--testPathIgnorePatterns', ofTrigger),
			]);
console.log(`All took ${secondsSince(started)} s.`);
process.exitCode = results.every(Boolean) ? 0 : 1;
