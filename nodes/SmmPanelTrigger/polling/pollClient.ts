import type { ICredentialDataDecryptedObject, IPollFunctions } from 'n8n-workflow';

import type { Patience } from '../../panelApi/calls/retryPolicy';
import type { PanelClient } from '../../panelApi/client';
import { accountClient } from '../../n8n/accountClient';
import { openWire, panelCredential } from '../../n8n/n8nWire';
import type { Wire } from '../../panelApi/transport/wire';

/** The next poll asks again anyway. */
const pollPatience: Patience = { repeats: 2, firstPauseMs: 250, longestPauseMs: 5_000 };
const shortestTimeoutMs = 1_000;

/** The client for the panel account of the trigger. No answer is waited for beyond the deadline. */
export async function openClient(poll: IPollFunctions, deadline: number): Promise<PanelClient> {
	const account = await poll.getCredentials<ICredentialDataDecryptedObject>(panelCredential);
	const wire = await openWire(poll, account);
	const wireInTime: Wire = async (form, timeoutMs) => {
		const leftMs = Math.max(shortestTimeoutMs, deadline - Date.now());
		return await wire(form, Math.min(timeoutMs, leftMs));
	};
	return accountClient(wireInTime, account, { ...pollPatience, deadline });
}
