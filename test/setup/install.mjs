import path from 'node:path';

import { installDependencies } from './dependencies.mjs';

await installDependencies({
	folder: path.resolve(import.meta.dirname, '../..'),
	// Its install script fetches the Node that every script of this package then runs on.
	rebuild: ['node'],
	announcement: 'Installing the development tools (1.3 GB, 1 to 3 minutes, once) ...',
});
