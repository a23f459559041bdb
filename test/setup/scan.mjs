import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MOST_BYTES = 150_000;
const BELONGS_IN_PACKAGE = /^(dist\/.+|package\.json|README\.md|LICENSE\.md|CHANGELOG\.md)$/;

const packageFolder = path.resolve(import.meta.dirname, '../..');
const temporary = mkdtempSync(path.join(tmpdir(), 'smm-panel-scan-'));
// The scanner leaves a folder behind in whatever it takes for the folder of temporary files.
process.env.TMPDIR = temporary;
const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(
	'@n8n/scan-community-package/scanner/scanner.mjs'
);

try {
	const [tarball] = JSON.parse(run('npm', 'pack', '--json', '--pack-destination', temporary));
	run('tar', '-xzf', path.join(temporary, tarball.filename), '-C', temporary);

	const strays = tarball.files
		.map((file) => file.path)
		.filter((file) => !BELONGS_IN_PACKAGE.test(file));
	const problems = [
		...(strays.length > 0 ? [`The tarball holds what does not belong: ${strays.join(', ')}`] : []),
		...(tarball.size > MOST_BYTES
			? [`The tarball has ${tarball.size} bytes; ${MOST_BYTES} are allowed`]
			: []),
		...(await violations('source', packageFolder, SOURCE_FILE_PATTERNS)),
		...(await violations('tarball', path.join(temporary, 'package'))),
	];

	console.log(
		`Tarball: ${tarball.entryCount} files, ${(tarball.size / 1000).toFixed(1)} kB packed.`,
	);
	if (problems.length > 0) {
		console.error(problems.join('\n'));
		process.exitCode = 1;
	} else {
		console.log("n8n's verification scanner passes the source and the tarball.");
	}
} finally {
	rmSync(temporary, { recursive: true, force: true });
}

/** What the scanner has against the files of `folder` that fit `patterns`. */
async function violations(name, folder, patterns) {
	const { passed, message, details = '' } = await analyzePackage(folder, patterns);
	// "No files found" passes too, and would mean that nothing was scanned.
	return passed && !message ? [] : [`Scan of the ${name}: ${message}\n${details}`];
}

/** Runs a program in the package's folder and answers what it printed. */
function run(program, ...parameters) {
	const { status, stdout, stderr } = spawnSync(program, parameters, {
		cwd: packageFolder,
		encoding: 'utf8',
		shell: process.platform === 'win32',
	});
	if (status !== 0) throw new Error(`${program} ${parameters.join(' ')} failed:\n${stderr}`);
	return stdout;
}
