import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { accountClient } from '../../n8n/accountClient';
import { openWire, panelCredential } from '../../n8n/n8nWire';
import { usualPatience } from '../../panelApi/calls/caller';
import type { PanelClient } from '../../panelApi/client';
import { fingerprint } from './ledger';

/** One account on one panel, for the length of a run. */
export interface Account {
	/**
	 * What it is remembered by. The key is part of it only where the credential has a different one for each item: a key
	 * may be renewed, and the account stays the same.
	 */
	id: string;
	client: PanelClient;
}

/** The account of each input item, or why it has none. A credential may hold expressions such as {{ $json.apiKey }}. */
export type Accounts = ReadonlyArray<Account | Error>;

/**
 * The accounts that the input items are for. Items of the same account share one client, which gives up its pauses
 * when the user stops the execution.
 */
export async function accountsOf(node: IExecuteFunctions): Promise<Accounts> {
	const count = node.getInputData().length;
	const shared = await sharedCredential(node, count);
	const opened = new Map<string, Promise<Account>>();
	const accountFor = async (credential: ICredentialDataDecryptedObject): Promise<Account> => {
		const id = accountId(node, credential, shared === undefined);
		const account = opened.get(id) ?? open(node, id, credential);
		opened.set(id, account);
		return await account;
	};
	if (shared) return Array<Account>(count).fill(await accountFor(shared));
	const accounts: Array<Account | Error> = [];
	for (let itemIndex = 0; itemIndex < count; itemIndex++) {
		accounts.push(await credentialOf(node, itemIndex).then(accountFor).catch(asError));
	}
	return accounts;
}

/** The items of each account, in the order of the input; those without an account are left out. */
export function itemsByAccount(accounts: Accounts): Map<Account, number[]> {
	const groups = new Map<Account, number[]>();
	accounts.forEach((account, itemIndex) => {
		if (account instanceof Error) return;
		const items = groups.get(account) ?? [];
		groups.set(account, items);
		items.push(itemIndex);
	});
	return groups;
}

/** The credential, if it is the same for all items. Working it out for each takes n8n some milliseconds. */
async function sharedCredential(
	node: IExecuteFunctions,
	count: number,
): Promise<ICredentialDataDecryptedObject | undefined> {
	if (count < 2) return await credentialOf(node, 0);
	// There is no item of this number: what is the same for it does not depend on items.
	const [first, withoutItem] = await Promise.all([
		credentialOf(node, 0).catch(() => undefined),
		credentialOf(node, count).catch(() => undefined),
	]);
	const isShared = first?.url === withoutItem?.url && first?.apiKey === withoutItem?.apiKey;
	return isShared ? first : undefined;
}

async function credentialOf(
	node: IExecuteFunctions,
	itemIndex: number,
): Promise<ICredentialDataDecryptedObject> {
	return await node.getCredentials<ICredentialDataDecryptedObject>(panelCredential, itemIndex);
}

async function open(
	node: IExecuteFunctions,
	id: string,
	credential: ICredentialDataDecryptedObject,
): Promise<Account> {
	const patience = { ...usualPatience, signal: node.getExecutionCancelSignal() };
	const wire = await openWire(node, credential);
	return { id, client: accountClient(wire, credential, patience) };
}

function accountId(
	node: IExecuteFunctions,
	{ url, apiKey }: ICredentialDataDecryptedObject,
	isPerItem: boolean,
): string {
	const credentialId = node.getNode().credentials?.[panelCredential]?.id ?? '';
	const parts = [credentialId, String(url).trim(), isPerItem ? apiKey : ''];
	return fingerprint(JSON.stringify(parts));
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

/**
 * A function that asks the account of an item, each account once.
 * @throws in that function, what the item's credential or the account's answer threw
 */
export function askedPerAccount<Result>(
	accounts: Accounts,
	ask: (client: PanelClient) => Promise<Result>,
): (itemIndex: number) => Promise<Result> {
	const asked = new Map<Account, Promise<Result>>();
	return async (itemIndex) => {
		const account = accounts[itemIndex];
		if (account === undefined || account instanceof Error) throw account ?? new Error('No account');
		const result = asked.get(account) ?? ask(account.client);
		asked.set(account, result);
		return await result;
	};
}
