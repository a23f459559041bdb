import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

import { installDependencies } from '../setup/dependencies.mjs';

const folder = path.resolve(import.meta.dirname, '../../.n8n/host');

mkdirSync(folder, { recursive: true });
for (const file of ['package.json', 'package-lock.json']) {
	copyFileSync(path.join(import.meta.dirname, file), path.join(folder, file));
}

installDependencies({
	folder,
	// n8n's database: without a ready-made binary for the platform it is compiled, a minute or two.
	rebuild: 'sqlite3',
	announcement: 'Installing the real n8n into .n8n/host (2.9 GB, 3 to 8 minutes, once) ...',
});
