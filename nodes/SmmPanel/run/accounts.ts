import {
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	NodeOperationError,
} from 'n8n-workflow';

import { usualPatience } from '../../panelApi/calls/caller';
import { PanelClient } from '../../panelApi/client';
import { openWire, panelCredential } from '../../n8n/n8nWire';

/**
 * The client for the panel account of this node. It gives up its pauses when the user stops the execution.
 * @throws NodeOperationError when the items are for different accounts
 */
export async function openClient(node: IExecuteFunctions): Promise<PanelClient> {
	return new PanelClient(await openWire(node, await accountOfAll(node)), {
		...usualPatience,
		signal: node.getExecutionCancelSignal(),
	});
}

/**
 * A credential may hold expressions such as {{ $json.apiKey }}. The calls are shared between the items, so they have
 * to be for one account: orders of another would be charged to the wrong one.
 */
async function accountOfAll(node: IExecuteFunctions): Promise<ICredentialDataDecryptedObject> {
	const accountOf = async (itemIndex: number) =>
		await node.getCredentials<ICredentialDataDecryptedObject>(panelCredential, itemIndex);
	const count = node.getInputData().length;
	if (count < 2) return await accountOf(0);
	// There is no item of this number: what is the same for it hangs on no item.
	const [account, accountWithoutItem] = await Promise.all([
		accountOf(0),
		accountOf(count).catch(() => undefined),
	]);
	if (accountWithoutItem && isSameAccount(accountWithoutItem, account)) return account;
	for (let itemIndex = 1; itemIndex < count; itemIndex++) {
		if (isSameAccount(await accountOf(itemIndex), account)) continue;
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
	return account;
}

function isSameAccount(
	one: ICredentialDataDecryptedObject,
	other: ICredentialDataDecryptedObject,
): boolean {
	return one.url === other.url && one.apiKey === other.apiKey;
}
