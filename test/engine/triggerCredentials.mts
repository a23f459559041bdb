import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { SmmPanelApi } from '../../credentials/SmmPanelApi.credentials.ts';
import { SmmPanelWatchListApi } from '../../credentials/SmmPanelWatchListApi.credentials.ts';
import { type CredentialValues, TestCredentials } from './credentials.mts';
import type { LoadedPackage } from './loadedPackage.mts';

const types = [new SmmPanelApi(), new SmmPanelWatchListApi()];
const sources = {
	credentialType: (wanted: string) => types.find(({ name }) => name === wanted),
} as LoadedPackage;

/** Credentials from the sources. n8n also resolves the names of headers; the shared helper takes them as they are. */
export class TriggerCredentials extends TestCredentials {
	constructor(values: CredentialValues) {
		super(sources, values);
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		...others: [string, IHttpRequestOptions, never, never]
	): Promise<IHttpRequestOptions> {
		const options = await super.authenticate(credentials, ...others);
		const headers = Object.entries(options.headers ?? {}).map(([header, value]) => [
			header.replace('={{$credentials.headerName}}', String(credentials.headerName)),
			value,
		]);
		return { ...options, headers: Object.fromEntries(headers) };
	}
}
