import { createRequire } from 'node:module';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { installedModules } from '../host/folders.mts';

interface SdkClient {
	connect(transport: object): Promise<void>;
	listTools(): Promise<{ tools: Array<{ name: string; description?: string }> }>;
	callTool(call: { name: string; arguments: IDataObject }): Promise<{
		content: Array<{ text?: string }>;
	}>;
	close(): Promise<void>;
}

// The official client, in the version that comes with n8n.
const load = createRequire(path.join(installedModules('host'), 'n8n/package.json'));
const { Client } = load('@modelcontextprotocol/sdk/client/index.js') as {
	Client: new (about: { name: string; version: string }) => SdkClient;
};
const { StreamableHTTPClientTransport } = load(
	'@modelcontextprotocol/sdk/client/streamableHttp.js',
) as { StreamableHTTPClientTransport: new (url: URL, options: object) => object };

/** A program that uses the tools of an MCP server. */
export class McpClient {
	readonly #client = new Client({ name: 'test', version: '1.0.0' });

	/** @throws when the server refuses the token */
	static async connect(url: string, token: string): Promise<McpClient> {
		const connected = new McpClient();
		await connected.#client.connect(
			new StreamableHTTPClientTransport(new URL(url), {
				requestInit: { headers: { authorization: `Bearer ${token}` } },
			}),
		);
		return connected;
	}

	async toolNames(): Promise<string[]> {
		return (await this.#client.listTools()).tools.map(({ name }) => name).sort();
	}

	/** What the tool answers, as text. */
	async call(name: string, input: IDataObject = {}): Promise<string> {
		const { content } = await this.#client.callTool({ name, arguments: input });
		return content.map(({ text }) => text ?? '').join('\n');
	}

	async close(): Promise<void> {
		await this.#client.close();
	}
}
