import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

type LockedPackages = Record<string, { resolved?: string; optionalDependencies?: object }>;

/** What npm looks a dependency up as: in the folder of its package, and in each one around it. */
function placesOf(dependency: string, folder: string): string[] {
	const parents = folder.split('/node_modules/').map((_, depth, all) => {
		const parent = all.slice(0, all.length - depth).join('/node_modules/');
		return `${parent}/node_modules/${dependency}`;
	});
	return [...parents, `node_modules/${dependency}`];
}

describe.each([
	'package-lock.json',
	'test/host/package-lock.json',
	'test/host/last-of-1/package-lock.json',
	'test/host/oldest/package-lock.json',
])('%s', (file) => {
	const { packages } = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as {
		packages: LockedPackages;
	};

	it('names the optional binaries of all platforms, which npm leaves out beside an installed node_modules', () => {
		const missing = Object.entries(packages).flatMap(([folder, { optionalDependencies = {} }]) =>
			Object.keys(optionalDependencies).filter(
				(dependency) => !placesOf(dependency, folder).some((place) => place in packages),
			),
		);
		expect(missing).toEqual([]);
	});

	it('names no registry, so that it can be installed from any', () => {
		expect(Object.values(packages).flatMap(({ resolved }) => resolved ?? [])).toEqual([]);
	});
});
