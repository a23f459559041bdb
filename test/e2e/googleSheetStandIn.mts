import type { IDataObject, INode } from 'n8n-workflow';

import type { N8nClient } from '../host/client.mts';
import { workflow } from '../host/workflow.mts';
import type { WorkflowJson } from '../host/workflow.mts';

const GOOGLE_SHEETS = 'n8n-nodes-base.googleSheets';
const DATA_TABLE = { type: 'n8n-nodes-base.dataTable', typeVersion: 1.1 };
/** Numbers where the example writes numbers; a Data Table numbers its rows itself, in `id`. */
const COLUMNS: Record<string, string> = {
	service: 'string',
	link: 'string',
	quantity: 'number',
	order: 'string',
	status: 'string',
	remains: 'number',
	charge: 'number',
	final: 'string',
	note: 'string',
};

const named = (table: string) => ({ __rl: true, mode: 'name', value: table });

/** The example with a Data Table in the place of its Google Sheet, whose account only its user has. */
export function withDataTable(original: WorkflowJson, table: string): WorkflowJson {
	const nodes = original.nodes.map((node) =>
		node.type === GOOGLE_SHEETS ? standIn(node, table) : node,
	);
	return { ...original, nodes };
}

/** Creates the table that stands in for the sheet. */
export async function createSheet(client: N8nClient, table: string): Promise<void> {
	const column = Object.entries(COLUMNS).map(([name, type]) => ({ name, type }));
	const parameters = {
		resource: 'table',
		operation: 'create',
		tableName: table,
		columns: { column },
		options: {},
	};
	const created = await client.runWorkflow(
		workflow([{ name: 'Table', ...DATA_TABLE, parameters: parameters as INode['parameters'] }]),
	);
	expect(created.error).toBeUndefined();
}

function standIn(node: INode, table: string): INode {
	const { operation, columns } = node.parameters as {
		operation: string;
		columns?: { value: IDataObject; matchingColumns: string[] };
	};
	if (operation === 'read') {
		const parameters = { operation: 'get', returnAll: true };
		return { ...node, ...DATA_TABLE, parameters: { ...parameters, ...rowsOf(table) } };
	}
	const { value = {}, matchingColumns = [] } = columns ?? {};
	expect({ operation, matchingColumns }).toEqual({ operation: 'update', matchingColumns: ['id'] });
	const { id, ...written } = value;
	const parameters = {
		operation: 'update',
		matchType: 'allConditions',
		filters: { conditions: [{ keyName: 'id', condition: 'eq', keyValue: id }] },
		columns: { mappingMode: 'defineBelow', value: written },
		options: {},
		...rowsOf(table),
	};
	return { ...node, ...DATA_TABLE, parameters: parameters as INode['parameters'] };
}

function rowsOf(table: string) {
	return { resource: 'row', dataTableId: named(table) };
}
