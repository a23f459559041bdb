import type { NodeOutline } from '../host/workflow.mts';
import type { PanelProcess } from './panelProcess.mts';

/** Our node. */
export function ours(
	{ credentials }: PanelProcess,
	parameters: NodeOutline['parameters'],
): NodeOutline {
	return { type: 'n8n-nodes-smm-panel.smmPanel', name: 'Ours', parameters, credentials };
}

/** n8n's Code node. */
export function code(name: string, jsCode: string): NodeOutline {
	return { type: 'n8n-nodes-base.code', name, typeVersion: 2, parameters: { jsCode } };
}
