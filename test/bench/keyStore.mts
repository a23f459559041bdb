import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { N8n } from '../host/n8n.mts';

/**
 * Puts rows of keys that were used into n8n's database, as many executions would have done: one row for each key.
 * @param workflowId of any workflow that is there
 */
export function fillKeyStore({ folder }: N8n, workflowId: string, count: number): void {
	const database = new DatabaseSync(path.join(folder, '.n8n', 'database.sqlite'));
	try {
		database.exec('PRAGMA busy_timeout = 10000; BEGIN');
		const insert = database.prepare(
			`INSERT INTO processed_data (workflowId, context, createdAt, updatedAt, value) VALUES (?, ?, datetime(), datetime(), ?)`,
		);
		const value = JSON.stringify({ mode: 'entries', data: ['JvAaKrX5fmiZ1gAdLrMsYQ=='] });
		for (let key = 0; key < count; key++) insert.run(workflowId, `n:filled/${key}`, value);
		database.exec('COMMIT');
	} finally {
		database.close();
	}
}
