import type { IExecuteFunctions } from 'n8n-workflow';

import { usualPatience } from '../../panelApi/call';
import { PanelClient } from '../../panelApi/client';
import { openWire } from '../../panelApi/n8nWire';

/** The client for the panel account of this node. It gives up its pauses when the user stops the execution. */
export async function openClient(node: IExecuteFunctions): Promise<PanelClient> {
	return new PanelClient(await openWire(node), {
		...usualPatience,
		signal: node.getExecutionCancelSignal(),
	});
}
