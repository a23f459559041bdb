import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Where Debian keeps the programs of PostgreSQL that are not on the PATH: a folder for each version. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** The file of a program that is installed on this machine. */
export function findProgram(name: string): string | undefined {
	const versions = existsSync(POSTGRES_VERSIONS) ? readdirSync(POSTGRES_VERSIONS) : [];
	const folders = [
		...(process.env.PATH ?? '').split(path.delimiter),
		...versions
			.sort((one, other) => Number(other) - Number(one))
			.map((version) => path.join(POSTGRES_VERSIONS, version, 'bin')),
	];
	return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}
