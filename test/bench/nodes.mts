import type { IDataObject } from 'n8n-workflow';

import type { NodeOutline } from '../host/workflow.mts';
import type { PanelProcess } from './panelProcess.mts';

/** Our node. */
export function ours(
	{ credentials }: PanelProcess,
	parameters: NodeOutline['parameters'],
): NodeOutline {
	return { type: 'n8n-nodes-smm-panel.smmPanel', name: 'Ours', parameters, credentials };
}

/** n8n's HTTP Request node as a user sets it up for a panel; everything else is its default. */
export function httpRequest(
	{ url, apiKey }: PanelProcess,
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

/** n8n's Code node. */
export function code(name: string, jsCode: string): NodeOutline {
	return { type: 'n8n-nodes-base.code', name, typeVersion: 2, parameters: { jsCode } };
}
