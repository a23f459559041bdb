import { readFileSync } from 'node:fs';
import type { INodeParameters } from 'n8n-workflow';

/** What people ask for in plain words, and the workflow that has to come of it. */
export interface PlainRequest {
	request: string;
	/** The example that does it in full. */
	example?: string;
	nodes: Array<{ name: string; type: string; typeVersion: number; parameters: INodeParameters }>;
	/** From, to, the output (default the first), and the kind (default `main`). */
	connections: Array<[from: string, to: string, output?: number, kind?: string]>;
}

export function plainRequests(): PlainRequest[] {
	return JSON.parse(readFileSync('examples/requests/requests.json', 'utf8')) as PlainRequest[];
}
