import os from 'node:os';
import path from 'node:path';

// n8n-core logs every failed node; the tests assert on the failures themselves.
process.env.N8N_LOG_LEVEL ??= 'silent';

const rootDir = path.resolve(import.meta.dirname, '..');

/** One project per kind of test, so that the quick ones run without the real n8n. */
const project = (name, options = {}) => ({
	displayName: name,
	rootDir,
	testMatch: [`<rootDir>/test/${name}/**/*.test.mts`],
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json', '<rootDir>/.n8n/'],
	transform: {
		'\\.m?ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	...options,
});

export default {
	rootDir,
	// More than there are cores: these tests wait for answers most of the time.
	maxWorkers: os.availableParallelism() + 1,
	projects: [
		project('unit', {
			testMatch: ['<rootDir>/test/{unit,dialects}/**/*.test.mts'],
		}),
		project('engine'),
		project('e2e'),
	],
};
