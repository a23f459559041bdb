import path from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

const packageFolder = path.resolve(process.cwd());
const packageName = 'n8n-nodes-smm-panel';

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
		const name = type.replace(`${packageName}.`, '');
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
