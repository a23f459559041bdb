import type { IDataObject } from 'n8n-workflow';

import type { NodeOutline } from './workflow.mts';

/** n8n's HTTP Request node as a user sets it up for a panel; everything else is its default. */
export function httpRequest(
	{ url, apiKey }: { url: string; apiKey: string },
	form: Record<string, string>,
	options: IDataObject = {},
): NodeOutline {
	const fields = Object.entries({ key: apiKey, ...form });
	return {
		type: 'n8n-nodes-base.httpRequest',
		name: 'HTTP Request',
		typeVersion: 4.5,
		parameters: {
			method: 'POST',
			url,
			sendBody: true,
			contentType: 'form-urlencoded',
			bodyParameters: { parameters: fields.map(([name, value]) => ({ name, value })) },
			options,
		},
	} as NodeOutline;
}
