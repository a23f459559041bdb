import {
	type IAllExecuteFunctions,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type IPollFunctions,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { concealer } from '../../redact';
import type { PollRun } from '../polling/pollRun';
import { addressConcealer, shownAddress } from './addressSecrets';

/** The credential type that adds a secret header to the request for a watch list. */
export const watchListCredential = 'smmPanelWatchListApi';

/** 10,000 rows of a wide sheet are about two megabytes. */
const mostBytes = 10_000_000;
/** A slow sheet may not use up the time in which the panel is asked. */
const longestMs = 15_000;
const mostRedirects = 5;

type Answer = IN8nHttpFullResponse & { body: AsyncIterable<Uint8Array> };

/** What the address of a watch list answered. */
export interface WatchListText {
	text: string;
	/** Blanks the secrets of the request out in what is told of the text: servers repeat them in their errors. */
	conceal(told: string): string;
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
		throw new NodeOperationError(
			poll.getNode(),
			`The Watch List credential is for ${secretOrigin}, but the watch list is at ${start.origin}`,
			{ description: 'Pick the credential of that address, or none if it needs no secret header.' },
		);
	}

	const timeoutMs = Math.max(1_000, Math.min(longestMs, deadline - Date.now()));
	const signal = AbortSignal.timeout(timeoutMs);
	let url = start;
	const visited: URL[] = [];
	for (let redirects = 0; redirects <= mostRedirects; redirects++) {
		visited.push(url);
		const answer = await get(poll, url, url.origin === secretOrigin, signal, timeoutMs);
		const { statusCode, headers } = answer;
		const target = headers.location;
		if (statusCode >= 300 && statusCode < 400 && typeof target === 'string') {
			url = redirectTarget(poll, url, target);
			continue;
		}
		if (statusCode >= 400) throw failure(poll, url, `HTTP status ${statusCode}`, statusCode);
		return {
			text: conceal(await textOf(poll, url, answer.body)),
			// Only in what is told: a query can hold a number that is an ID in the list too.
			conceal: (told) => visited.map(addressConcealer).reduce((rest, hide) => hide(rest), told),
		};
	}
	throw failure(poll, start, `it redirects more than ${mostRedirects} times`);
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

async function get(
	poll: IPollFunctions,
	url: URL,
	withSecret: boolean,
	signal: AbortSignal,
	timeoutMs: number,
): Promise<Answer> {
	const request: IHttpRequestOptions = {
		url: url.href,
		method: 'GET',
		headers: { accept: 'application/json, text/csv, text/plain;q=0.9, */*;q=0.5' },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: timeoutMs,
		abortSignal: signal,
	};
	try {
		return (
			withSecret
				? await poll.helpers.httpRequestWithAuthentication.call(
						poll as unknown as IAllExecuteFunctions,
						watchListCredential,
						request,
					)
				: await poll.helpers.httpRequest(request)
		) as Answer;
	} catch (error) {
		throw failure(poll, url, reasonOf(error));
	}
}

async function textOf(
	poll: IPollFunctions,
	url: URL,
	body: AsyncIterable<Uint8Array>,
): Promise<string> {
	const parts: Uint8Array[] = [];
	let bytes = 0;
	try {
		for await (const part of body) {
			parts.push(part);
			bytes += part.length;
			if (bytes > mostBytes) break;
		}
	} catch (error) {
		throw failure(poll, url, reasonOf(error));
	}
	if (bytes > mostBytes) throw failure(poll, url, 'it is larger than 10 MB');
	return Buffer.concat(parts).toString('utf8');
}

function webAddress(poll: IPollFunctions, address: string): URL {
	if (isWebAddress(address)) return new URL(address);
	throw new NodeOperationError(
		poll.getNode(),
		'The address of the watch list is not a web address',
		{ description: `It has to begin with https:// or http://, but is "${shownAddress(address)}".` },
	);
}

function redirectTarget(poll: IPollFunctions, from: URL, target: string): URL {
	const href = URL.canParse(target, from.href) ? new URL(target, from).href : '';
	if (isWebAddress(href)) return new URL(href);
	throw failure(poll, from, 'it redirects to something that is not a web address');
}

function isWebAddress(address: string): boolean {
	return /^https?:\/\//i.test(address) && URL.canParse(address);
}

/** The code alone: a foreign message could repeat the request with its secret header. */
function reasonOf(error: unknown): string {
	const { code, name, cause } = error as { code?: unknown; name?: unknown; cause?: unknown };
	if (typeof code === 'string') return code;
	if (typeof cause === 'object' && cause !== null) return reasonOf(cause);
	return String(name);
}

/** Without the query of the address: links to private lists hold their secret there. */
function failure(
	poll: IPollFunctions,
	url: URL,
	reason: string,
	httpStatus?: number,
): NodeApiError {
	const error = new NodeApiError(
		poll.getNode(),
		{},
		{
			message: 'The watch list cannot be read',
			description: `${url.origin}${url.pathname}: ${reason}. No watched IDs were lost. Open the address in a private browser window to see whether it answers without a login.`,
			httpCode: httpStatus === undefined ? undefined : String(httpStatus),
		},
	);
	return error;
}
