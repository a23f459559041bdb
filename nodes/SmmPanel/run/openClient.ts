import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import { usualPatience } from '../../panelApi/call';
import { PanelClient } from '../../panelApi/client';
import { openWire, panelCredential } from '../../panelApi/n8nWire';

/**
 * The client for the panel account of this node. It gives up its pauses when the user stops the execution.
 * @throws NodeOperationError when the items are for different accounts
 */
export async function openClient(node: IExecuteFunctions): Promise<PanelClient> {
	await assertOneAccount(node);
	return new PanelClient(await openWire(node), {
		...usualPatience,
		signal: node.getExecutionCancelSignal(),
	});
}

/**
 * A credential may hold expressions such as {{ $json.apiKey }}. The calls are shared between the items, and go to the
 * account of the first: orders for another account would be charged to the wrong one.
 */
async function assertOneAccount(node: IExecuteFunctions): Promise<void> {
	const count = node.getInputData().length;
	if (count < 2) return;
	const accountOf = async (itemIndex: number): Promise<string> => {
		const { url, apiKey } = await node.getCredentials(panelCredential, itemIndex);
		return JSON.stringify([url, apiKey]);
	};
	const account = await accountOf(0);
	// There is no item of this number: what is the same for it hangs on no item.
	const accountWithoutItem = await accountOf(count).catch(() => undefined);
	if (accountWithoutItem === account) return;
	for (let itemIndex = 1; itemIndex < count; itemIndex++) {
		if ((await accountOf(itemIndex)) === account) continue;
		throw new NodeOperationError(
			node.getNode(),
			`The credential gives item ${itemIndex} another account than item 0`,
			{
				itemIndex,
				description:
					'Nothing was sent. The credential holds expressions, and one run of the node uses one account: put a Loop Over Items node with Batch Size 1 before it.',
			},
		);
	}
}
