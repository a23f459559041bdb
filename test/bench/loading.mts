import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { N8N_PROGRAM, NODE_PROGRAM, PACKAGE_FOLDER } from '../host/folders.mts';
import type { Bench, Section } from './bench.mts';
import { duration, grouped, median } from './numbers.mts';

const run = promisify(execFile);

interface Packed {
	filename: string;
	size: number;
	unpackedSize: number;
	entryCount: number;
}

/** What the package adds to n8n's start, and its size. */
export async function benchLoading({ isQuick }: Bench): Promise<Section> {
	console.log('Loading the package');
	const folder = await mkdtemp(path.join(tmpdir(), 'smm-panel-bench-'));
	try {
		const options = { cwd: PACKAGE_FOLDER };
		const parameters = ['pack', '--json', '--silent', '--pack-destination', folder];
		const { stdout } = await run('npm', parameters, options);
		const [packed] = JSON.parse(stdout) as [Packed];
		await run('tar', ['-xzf', path.join(folder, packed.filename), '-C', folder]);
		const times: number[] = [];
		for (let start = 0; start < (isQuick ? 3 : 10); start++) {
			times.push(await timeLoading(path.join(folder, 'package')));
		}
		const time = median(times);
		return {
			title: 'Loading and size',
			note: `The package as packed, loaded by n8n's own loader in ${times.length} fresh processes.`,
			columns: ['What', 'Measured'],
			rows: [
				['Loading', duration(time)],
				['Packed', `${grouped(packed.size / 1000)} kB`],
				['Unpacked', `${grouped(packed.unpackedSize / 1000)} kB in ${packed.entryCount} files`],
			],
			goals: [
				{
					goal: "The package adds at most 30 ms to n8n's start",
					measured: duration(time),
					holds: time <= 30,
				},
			],
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function timeLoading(packageFolder: string): Promise<number> {
	const modules = path.resolve(path.dirname(N8N_PROGRAM), '../..');
	const script = path.join(import.meta.dirname, 'loadOnce.cts');
	// n8n names its own modules there, so that packages find them.
	const env = {
		...process.env,
		NODE_PATH: [`${modules}/n8n/node_modules`, modules].join(path.delimiter),
	};
	const { stdout } = await run(NODE_PROGRAM, [script, packageFolder, modules], { env });
	return Number(stdout.trim().split('\n').at(-1));
}
