import type { ICredentialDataDecryptedObject, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Service } from '../panelApi/answers/services';
import { accountClient, accountKey } from '../n8n/accountClient';
import { openWire, panelCredential } from '../n8n/n8nWire';
import { PanelError } from '../panelApi/panelError';
import { panelFailure } from '../n8n/nodeError';

/** Long enough to type a search and to look around, too short to show old prices for long. */
const keptForMs = 60_000;
/** Between two keystrokes nobody edits a credential, and reading it takes n8n longer than the whole search. */
const trustedForMs = 3_000;
/** So many accounts are remembered at most; a catalogue takes a few megabytes. */
const keptAccounts = 5;

interface Remembered {
	catalogue: Promise<readonly Service[]>;
	until: number;
}

const byAccount = new Map<string, Remembered>();
/** The credential that was read last, and the account it was for. */
let lastRead = { credentialId: '', account: '', trustedUntil: 0 };

/**
 * The catalogue for a dropdown of the editor, kept for a minute so that a panel is not asked at every keystroke.
 * Only for looking: prices that guard money are always read again. One account never sees the prices of another, also
 * when its credential was edited: an account is told by what is in the credential.
 * @throws NodeApiError in the words of the panel
 */
export async function rememberedCatalogue(
	node: ILoadOptionsFunctions,
): Promise<readonly Service[]> {
	const credentialId = node.getNode().credentials?.[panelCredential]?.id ?? '';
	const isTrusted = credentialId === lastRead.credentialId && lastRead.trustedUntil > Date.now();
	const trusted = isTrusted ? fresh(byAccount.get(lastRead.account)) : undefined;
	if (trusted) return await trusted.catalogue;

	const credential = await node.getCredentials<ICredentialDataDecryptedObject>(panelCredential);
	const account = accountKey(credential);
	if (credentialId) lastRead = { credentialId, account, trustedUntil: Date.now() + trustedForMs };
	const known = fresh(byAccount.get(account)) ?? remember(account, readCatalogue(node, credential));
	return await known.catalogue;
}

function fresh(known: Remembered | undefined): Remembered | undefined {
	return known && known.until > Date.now() ? known : undefined;
}

function remember(account: string, catalogue: Remembered['catalogue']): Remembered {
	const latest = { catalogue, until: Date.now() + keptForMs };
	byAccount.delete(account);
	byAccount.set(account, latest);
	for (const oldest of byAccount.keys()) {
		if (byAccount.size > keptAccounts) byAccount.delete(oldest);
	}
	catalogue.catch(() => {
		// A slow failure may come when a newer catalogue stands in its place.
		if (byAccount.get(account) === latest) byAccount.delete(account);
	});
	return latest;
}

async function readCatalogue(
	node: ILoadOptionsFunctions,
	credential: ICredentialDataDecryptedObject,
): Promise<readonly Service[]> {
	try {
		const client = accountClient(await openWire(node, credential), credential);
		return (await client.services()).value;
	} catch (error) {
		throw error instanceof PanelError ? panelFailure(node.getNode(), error, 0) : (error as Error);
	}
}
