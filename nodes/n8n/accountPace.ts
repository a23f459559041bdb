import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { type Pace, paceOf } from '../panelApi/calls/pace';
import { machineClock } from './machineClock';

/** What an account is known by in this process: the address and the key, of which nothing can be read from it. */
export function accountKey({ url, apiKey }: ICredentialDataDecryptedObject): string {
	return createHash('sha256')
		.update(JSON.stringify([url, apiKey]))
		.digest('base64url');
}

/** The pace of the account behind a credential: one for all nodes, triggers and executions in this process. */
export function paceOfAccount(account: ICredentialDataDecryptedObject): Pace {
	return paceOf(accountKey(account), machineClock);
}
