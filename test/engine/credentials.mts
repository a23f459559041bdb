import {
	type ICredentialDataDecryptedObject,
	type ICredentialsExpressionResolveValues,
	type IDataObject,
	type IHttpRequestOptions,
	ICredentialsHelper,
	type INode,
	type Workflow,
} from 'n8n-workflow';

import type { LoadedPackage } from './loadedPackage.mts';

/** What the credentials of a test hold, by type. */
export type CredentialValues = Record<
	string,
	ICredentialDataDecryptedObject | ((item: IDataObject) => ICredentialDataDecryptedObject)
>;

/**
 * Hands out credentials and applies their `authenticate` rule to requests. In n8n this part stands in the
 * server, not in n8n-core; the end-to-end tests run the server's own.
 */
export class TestCredentials extends ICredentialsHelper {
	private readonly loaded: LoadedPackage;
	private readonly values: CredentialValues;

	constructor(loaded: LoadedPackage, values: CredentialValues) {
		super();
		this.loaded = loaded;
		this.values = values;
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.loaded.credentialType(typeName);
		if (!authenticate) return requestOptions;
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		for (const [part, values] of Object.entries(authenticate.properties)) {
			for (const [name, expression] of Object.entries(values as Record<string, string>)) {
				const value = workflow.expression.getSimpleParameterValue(node, expression, 'internal', {
					$credentials: credentials,
				} as never);
				const target = requestOptions as unknown as Record<string, Record<string, unknown>>;
				target[part] = { ...target[part], [name]: value };
			}
		}
		return requestOptions;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('stored credentials are not used in these tests');
	}

	async getDecrypted(
		_additionalData: unknown,
		_nodeCredentials: unknown,
		type: string,
		_mode: unknown,
		_executeData: unknown,
		_raw: unknown,
		resolved?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const values = this.values[type];
		if (!values) throw new Error(`no credential of type ${type} in this test`);
		if (typeof values !== 'function') return { ...values };
		const item = resolved?.connectionInputData[resolved.itemIndex];
		if (!item) throw new Error('an expression of the credential has no item');
		return { ...values(item.json) };
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(): [] {
		return [];
	}
}
