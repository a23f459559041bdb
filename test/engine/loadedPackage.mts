import path from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';
import type {
	ICredentialType,
	IDataObject,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

const packageFolder = path.resolve(process.cwd());
const packageName = 'n8n-nodes-smm-panel';

/** The type of a node that puts out what its parameter `rows` holds: stands for whatever feeds the panel node. */
export const rowsType = 'test.rows';

const rowsNode: INodeType = {
	description: {
		displayName: 'Rows',
		name: 'rows',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'Rows' },
		inputs: [],
		outputs: ['main'],
		properties: [{ displayName: 'Rows', name: 'rows', type: 'json', default: '[]' }],
	},
	async execute() {
		const rows = JSON.parse(this.getNodeParameter('rows', 0) as string) as IDataObject[];
		return [rows.map((json, item) => ({ json, pairedItem: { item } }))];
	},
};

/** The built package, loaded from its folder as n8n itself loads a community package. */
export interface LoadedPackage {
	nodeTypes: INodeTypes;
	credentialType(name: string): ICredentialType;
	loader: PackageDirectoryLoader;
}

let loaded: Promise<LoadedPackage> | undefined;

/** Loads the build in `dist`, once for all tests of a file. */
export async function loadPackage(): Promise<LoadedPackage> {
	return await (loaded ??= load());
}

async function load(): Promise<LoadedPackage> {
	const loader = new PackageDirectoryLoader(packageFolder);
	await loader.loadAll();
	const sourceOf = (type: string): INodeType | IVersionedNodeType => {
		if (type === rowsType) return rowsNode;
		// n8n makes the tool of an AI agent from the node itself, under a name of its own.
		const name = type.replace(`${packageName}.`, '').replace(/Tool$/, '');
		const node = loader.getNode(name);
		return node.type;
	};
	return {
		loader,
		nodeTypes: {
			getByName: sourceOf,
			getByNameAndVersion: (type, version) =>
				NodeHelpers.getVersionedNodeType(sourceOf(type), version),
			getKnownTypes: () => ({}),
		},
		credentialType: (name) => loader.getCredential(name).type,
	};
}
