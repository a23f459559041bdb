import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { paceOf } from '../panelApi/calls/pace';
import type { Patience } from '../panelApi/calls/retryPolicy';
import { PanelClient } from '../panelApi/client';
import type { Wire } from '../panelApi/transport/wire';
import { machineClock } from './machineClock';

/** What an account is known by in this process: the address and the key, of which nothing can be read from it. */
export function accountKey({ url, apiKey }: ICredentialDataDecryptedObject): string {
	return createHash('sha256')
		.update(JSON.stringify([url, apiKey]))
		.digest('base64url');
}

/**
 * A client for the account behind a credential. All clients of an account in this process share its pace: those of nodes,
 * triggers and executions.
 */
export function accountClient(
	wire: Wire,
	account: ICredentialDataDecryptedObject,
	patience?: Patience,
): PanelClient {
	return new PanelClient(wire, machineClock, patience, paceOf(accountKey(account), machineClock));
}
