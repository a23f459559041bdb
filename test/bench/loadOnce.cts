/**
 * Loads the package once, as n8n does when it starts, and prints the milliseconds. What n8n itself has loaded by
 * then is loaded before: n8n-core, zod, luxon and the list of its own nodes.
 */
const path = require('node:path');

const [folder = '', host = ''] = process.argv.slice(2);
const hosted = (name: string) => require.resolve(name, { paths: [`${host}/n8n`, host] });

async function main(): Promise<void> {
	const { LazyPackageDirectoryLoader, PackageDirectoryLoader } = require(hosted('n8n-core'));
	for (const name of ['n8n-workflow', 'zod', 'luxon']) require(hosted(name));
	const ownNodes = path.dirname(hosted('n8n-nodes-base/package.json'));
	await new LazyPackageDirectoryLoader(ownNodes).loadAll();
	const startedAt = performance.now();
	await new PackageDirectoryLoader(folder).loadAll();
	console.log(performance.now() - startedAt);
	process.exit();
}

void main();
