import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import type { Credential, N8nClient } from '../host/client.mts';
import type { SandboxOptions } from '../sandbox/panel.mts';

/** What a panel has seen since it was last told to forget. */
export interface Traffic {
	requests: number;
	/** How many of them were answered with 429. */
	refused: number;
	peakParallel: number;
	/** From the first request to the last. */
	spreadMs: number;
}

export type PanelOrder =
	| { kind: 'seed'; count: number }
	| { kind: 'forget' }
	| { kind: 'count' }
	| { kind: 'keepCatalogue'; isDirty: boolean };

export interface PanelAnswer {
	url?: string;
	apiKey?: string;
	ids?: string[];
	traffic?: Traffic;
}

/** A sandbox panel in a process of its own, so that its work is not taken for that of a contender. */
export interface PanelProcess {
	url: string;
	apiKey: string;
	/** How its nodes name the credential for this panel in n8n. */
	credentials: Record<string, { id: string; name: string }>;
	seedOrders(count: number): Promise<string[]>;
	forgetRequests(): Promise<void>;
	/** From now on its catalogue is written once and sent again and again, clean or with small mistakes in its JSON. */
	keepCatalogue(isDirty: boolean): Promise<void>;
	traffic(): Promise<Traffic>;
	stop(): Promise<void>;
}

/** Starts a panel and saves a credential for it in n8n. */
export async function startPanelProcess(
	client: N8nClient,
	name: string,
	options: SandboxOptions,
): Promise<PanelProcess> {
	const child = fork(path.join(import.meta.dirname, 'panelChild.mts'), [JSON.stringify(options)]);
	const hear = async () => (await once(child, 'message'))[0] as Required<PanelAnswer>;
	const order = async (what: PanelOrder) => {
		const answer = hear();
		child.send(what);
		return await answer;
	};
	const { url, apiKey } = await hear();
	const data: IDataObject = { url, apiKey };
	const saved: Credential = await client.createCredential({ type: 'smmPanelApi', name, data });
	return {
		url,
		apiKey,
		credentials: { smmPanelApi: { id: saved.id, name } },
		seedOrders: async (count) => (await order({ kind: 'seed', count })).ids,
		forgetRequests: async () => void (await order({ kind: 'forget' })),
		keepCatalogue: async (isDirty) => void (await order({ kind: 'keepCatalogue', isDirty })),
		traffic: async () => (await order({ kind: 'count' })).traffic,
		async stop() {
			const gone = once(child, 'exit');
			child.disconnect();
			await gone;
		},
	};
}
