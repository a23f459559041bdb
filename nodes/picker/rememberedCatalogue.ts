import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Service } from '../panelApi/answers/services';
import { PanelClient } from '../panelApi/client';
import { openWire, panelCredential } from '../panelApi/n8nWire';
import { PanelError } from '../panelApi/panelError';
import { panelFailure } from '../panelFailure';

/** Long enough to type a search and to look around, too short to show old prices for long. */
const keptForMs = 60_000;
/** So many accounts are remembered at most; a catalogue takes a few megabytes. */
const keptAccounts = 5;

interface Remembered {
	catalogue: Promise<readonly Service[]>;
	until: number;
}

const byAccount = new Map<string, Remembered>();

/**
 * The catalogue for a dropdown of the editor, kept for a minute so that a panel is not asked at every keystroke.
 * Only for looking: prices that guard money are always read anew. One account never sees the prices of another, also
 * when the credential was just edited: it is read each time, which takes n8n longer than the search, and the account
 * told by what is in it.
 * @throws NodeApiError in the words of the panel
 */
export async function rememberedCatalogue(
	node: ILoadOptionsFunctions,
): Promise<readonly Service[]> {
	const credential = await node.getCredentials<ICredentialDataDecryptedObject>(panelCredential);
	const account = accountOf(credential);
	const known = byAccount.get(account);
	if (known && known.until > Date.now()) return await known.catalogue;

	const fresh = { catalogue: readCatalogue(node, credential), until: Date.now() + keptForMs };
	byAccount.delete(account);
	byAccount.set(account, fresh);
	for (const oldest of byAccount.keys()) {
		if (byAccount.size > keptAccounts) byAccount.delete(oldest);
	}
	fresh.catalogue.catch(() => {
		// A slow failure may come when a newer catalogue stands in its place.
		if (byAccount.get(account) === fresh) byAccount.delete(account);
	});
	return await fresh.catalogue;
}

/** The key itself is not kept. */
function accountOf({ url, apiKey }: ICredentialDataDecryptedObject): string {
	return createHash('sha256')
		.update(JSON.stringify([url, apiKey]))
		.digest('base64url');
}

async function readCatalogue(
	node: ILoadOptionsFunctions,
	credential: ICredentialDataDecryptedObject,
): Promise<readonly Service[]> {
	try {
		const rows = await new PanelClient(await openWire(node, credential)).services();
		return rows.map(({ value }) => value);
	} catch (error) {
		throw error instanceof PanelError ? panelFailure(node.getNode(), error, 0) : (error as Error);
	}
}
