import type { ILoadOptionsFunctions } from 'n8n-workflow';

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
 * Only for looking: prices that guard money are always read anew. One account never sees the prices of another: an
 * account is told by its credential, as decrypting that would take longer than the whole search.
 * @throws NodeApiError in the words of the panel
 */
export async function rememberedCatalogue(
	node: ILoadOptionsFunctions,
): Promise<readonly Service[]> {
	const account = node.getNode().credentials?.[panelCredential]?.id;
	if (!account) return await readCatalogue(node);
	const known = byAccount.get(account);
	if (known && known.until > Date.now()) return await known.catalogue;

	const catalogue = readCatalogue(node);
	byAccount.delete(account);
	byAccount.set(account, { catalogue, until: Date.now() + keptForMs });
	for (const oldest of byAccount.keys()) {
		if (byAccount.size > keptAccounts) byAccount.delete(oldest);
	}
	catalogue.catch(() => byAccount.delete(account));
	return await catalogue;
}

async function readCatalogue(node: ILoadOptionsFunctions): Promise<readonly Service[]> {
	try {
		const rows = await new PanelClient(await openWire(node)).services();
		return rows.map(({ value }) => value);
	} catch (error) {
		throw error instanceof PanelError ? panelFailure(node.getNode(), error, 0) : (error as Error);
	}
}
