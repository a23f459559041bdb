import type { z } from 'zod';

import { resources } from './resources';

const nodeVersion = 'v1.0.0';

/**
 * The output of each operation, by the file in which n8n's editor looks for it (relative to this folder). The build
 * writes the files from these schemas, which are the ones that make the output.
 */
export const outputSchemas: Readonly<Record<string, z.ZodTypeAny>> = Object.fromEntries(
	resources.flatMap(({ value, operations }) =>
		Object.entries(operations).map(([operation, { output }]) => [
			`SmmPanel/__schema__/${nodeVersion}/${value}/${operation}.json`,
			output,
		]),
	),
);
