import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';

import type { N8nClient } from '../host/client.mts';
import { workflow } from '../host/workflow.mts';
import type { WorkflowJson } from '../host/workflow.mts';

export const EXAMPLES = path.resolve('examples');

export function example(name: string): WorkflowJson {
	return JSON.parse(readFileSync(path.join(EXAMPLES, `${name}.json`), 'utf8')) as WorkflowJson;
}

/** The example with other values in some parameters of a node: what its user would type in. */
export function withParameters(
	original: WorkflowJson,
	changes: Record<string, IDataObject>,
): WorkflowJson {
	const nodes = original.nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, ...changes[node.name] } as INode['parameters'],
	}));
	return { ...original, nodes };
}

/** The example with a text replaced wherever it stands, such as the name of a table or the path of a webhook. */
export function withText(
	original: WorkflowJson,
	replacements: Record<string, string>,
): WorkflowJson {
	const text = Object.entries(replacements).reduce(
		(changed, [from, to]) => changed.replaceAll(from, to),
		JSON.stringify(original),
	);
	return JSON.parse(text) as WorkflowJson;
}

/** All rows of a Data Table, in the order in which they were added. */
export async function rowsOf(client: N8nClient, table: string): Promise<IDataObject[]> {
	const read = await client.runWorkflow(
		workflow([dataTable(table, { operation: 'get', returnAll: true })]),
	);
	expect(read.error).toBeUndefined();
	return read.json('Table').sort((one, other) => Number(one.id) - Number(other.id));
}

/** Adds rows to a Data Table, as a person does in n8n. */
export async function addRows(
	client: N8nClient,
	table: string,
	rows: IDataObject[],
): Promise<void> {
	const columns = { mappingMode: 'autoMapInputData', value: null };
	const node = dataTable(table, { operation: 'insert', columns, options: {} });
	const saved = await client.runWorkflow(workflow([node], { items: rows }));
	expect(saved.error).toBeUndefined();
}

function dataTable(table: string, parameters: IDataObject) {
	return {
		name: 'Table',
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		parameters: {
			resource: 'row',
			dataTableId: { __rl: true, mode: 'name', value: table },
			...(parameters as INode['parameters']),
		},
	};
}
