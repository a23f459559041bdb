import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PROGRESS_EVERY_MS = 15_000;

/**
 * Installs the packages that a folder's lock file names, unless that was done already.
 *
 * Install scripts stay off, save for `rebuild`: some of them ask hosts other than the package
 * registry, and npm 10 cannot allow or deny them one by one. It is `npm install` rather than
 * `npm ci` because that of npm 10 takes the lock file of n8n, whose peers contradict each other, for
 * out of step; `--no-save` keeps the lock file as it is all the same.
 *
 * @param {object} options
 * @param {string} options.folder holds package.json and package-lock.json
 * @param {string[]} options.rebuild the packages whose install scripts must run
 * @param {string} options.announcement printed before the work starts
 */
export async function installDependencies({ folder, rebuild, announcement }) {
	const lock = readFileSync(path.join(folder, 'package-lock.json'));
	const fingerprint = createHash('sha256').update(lock).digest('hex');
	const stamp = path.join(folder, 'node_modules', '.installed-from');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;

	console.log(announcement);
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	const progress = setInterval(
		() => console.log(`... still installing, for ${seconds()} seconds now`),
		PROGRESS_EVERY_MS,
	);
	await npm(folder, 'install', '--no-save', '--ignore-scripts', '--loglevel=error');
	await npm(folder, 'rebuild', ...rebuild, '--loglevel=error');
	clearInterval(progress);
	writeFileSync(stamp, fingerprint);
	console.log(`Installed in ${seconds()} seconds.`);
}

/** Runs npm in `folder`; ends this process with npm's exit code where npm fails. */
async function npm(folder, ...parameters) {
	const program = spawn('npm', parameters, {
		cwd: folder,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	const { code, problem } = await new Promise((resolve) => {
		program.on('error', ({ message }) => resolve({ code: 1, problem: message }));
		program.on('close', (exitCode) => resolve({ code: exitCode ?? 1, problem: '' }));
	});
	if (code === 0) return;

	console.error(`"npm ${parameters.join(' ')}" failed in ${folder}. ${problem}`);
	console.error('Check that the npm registry can be reached and the disk is not full, then retry.');
	process.exit(code);
}
