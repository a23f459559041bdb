import type { IPollFunctions } from 'n8n-workflow';

import { userFailure } from '../../n8n/nodeError';
import { beforeDeadline, endWith } from '../../panelApi/transport/beforeDeadline';
import { concealer } from '../../redact';
import type { PollRun } from '../polling/pollRun';
import { addressConcealer, shownAddress } from './addressSecrets';
import { broken, type Download, follow, isWebAddress, watchListCredential } from './download';

/** A slow sheet may not use up the time in which the panel is asked. */
const longestMs = 15_000;

/** What the address of a watch list answered. */
export interface WatchListText {
	text: string;
	/** Blanks the secrets of the request out in what is said about the text: servers repeat them in their errors. */
	conceal(message: string): string;
}

/**
 * The text at the address of a watch list. Redirects are followed, as the links of published Google Sheets need it;
 * the secret header goes to the origin that its credential names and to no other.
 * @throws NodeApiError when the list cannot be fetched, NodeOperationError when it must not be
 */
export async function fetchWatchList(
	{ poll, deadline }: PollRun,
	address: string,
): Promise<WatchListText> {
	const { secretOrigin, conceal } = await readSecret(poll);
	const start = webAddress(poll, address);
	if (secretOrigin !== undefined && secretOrigin !== start.origin) {
		throw userFailure(
			poll.getNode(),
			`The Watch List credential is for ${secretOrigin}, but the watch list is at ${start.origin}`,
			{ description: 'Pick the credential of that address, or none if it needs no secret header.' },
		);
	}

	const timeoutMs = Math.max(1_000, Math.min(longestMs, deadline - Date.now()));
	const download: Download = { poll, secretOrigin, timeoutMs, ending: new AbortController() };
	const visited = [start];
	try {
		const text = await beforeDeadline(timeoutMs, download.ending, () => follow(download, visited));
		if (text === undefined) throw broken(download, start, undefined);
		return {
			text: conceal(text),
			// Only in messages: a query can hold a number that is an ID in the list too.
			conceal: (message) =>
				visited.map(addressConcealer).reduce((rest, hide) => hide(rest), message),
		};
	} finally {
		// What nobody reads (the body of a redirect or an error) would keep its connection.
		endWith(download.ending, 'stopped');
	}
}

interface Secret {
	/** Where the secret header may go; undefined: there is none. */
	secretOrigin?: string;
	/** Blanks the secret out in a text: servers repeat it in their errors. */
	conceal(text: string): string;
}

async function readSecret(poll: IPollFunctions): Promise<Secret> {
	if (!poll.getNode().credentials?.[watchListCredential]) return { conceal: (text) => text };
	const { url, headerSecret } = await poll.getCredentials(watchListCredential);
	const secret = String(headerSecret ?? '');
	const withoutScheme = secret.trim().split(' ').at(-1) ?? '';
	return {
		secretOrigin: webAddress(poll, String(url ?? '').trim()).origin,
		conceal: (text) => concealer(withoutScheme)(concealer(secret)(text)),
	};
}

function webAddress(poll: IPollFunctions, address: string): URL {
	if (isWebAddress(address)) return new URL(address);
	throw userFailure(poll.getNode(), 'The address of the watch list is not a web address', {
		description: `It has to begin with https:// or http://, but is "${shownAddress(address)}".`,
	});
}
