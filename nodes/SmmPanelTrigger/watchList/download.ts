import {
	type IAllExecuteFunctions,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type IPollFunctions,
	NodeApiError,
} from 'n8n-workflow';

import { endedBy } from '../../n8n/finishDespiteStop';
import { type EndedBy, type Progress, whyEnded } from '../../panelApi/transport/beforeDeadline';
import { bodyPieces } from '../../panelApi/transport/bodyPieces';
import { ReceivedBytes } from '../../panelApi/transport/receivedBytes';
import { wholeText } from '../../panelApi/transport/wire';
import { clipped } from '../clipped';

/** The credential type that adds a secret header to the request for a watch list. */
export const watchListCredential = 'smmPanelWatchListApi';

/** 10,000 rows of a wide sheet are about two megabytes. */
const largestBytes = 16_000_000;
const mostRedirects = 5;

/** A download that goes on over redirects. */
export interface Download {
	poll: IPollFunctions;
	secretOrigin: string | undefined;
	/** For all of it, in milliseconds. */
	timeoutMs: number;
	ending: AbortController;
}

/** The text at the last of the addresses, or where it redirects to; adds the addresses on the way. */
export async function follow(download: Download, visited: URL[]): Promise<string> {
	const { poll, secretOrigin } = download;
	for (let url = visited[0] as URL; visited.length <= mostRedirects + 1; ) {
		const answer = await get(download, url, url.origin === secretOrigin);
		const { statusCode, headers } = answer;
		const target = headers.location;
		if (statusCode >= 300 && statusCode < 400 && typeof target === 'string') {
			url = redirectTarget(poll, url, target);
			visited.push(url);
			continue;
		}
		if (statusCode >= 400) throw failure(poll, url, `HTTP status ${statusCode}`, statusCode);
		return await textOf(download, url, answer.body);
	}
	throw failure(poll, visited[0] as URL, `it redirects more than ${mostRedirects} times`);
}

async function get(
	{ poll, timeoutMs, ending }: Download,
	url: URL,
	withSecret: boolean,
): Promise<IN8nHttpFullResponse> {
	const request: IHttpRequestOptions = {
		url: url.href,
		method: 'GET',
		headers: { accept: 'application/json, text/csv, text/plain;q=0.9, */*;q=0.5' },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: timeoutMs + 1_000,
		abortSignal: ending.signal,
	};
	try {
		return (
			withSecret
				? await poll.helpers.httpRequestWithAuthentication.call(
						endedBy(ending.signal, poll) as unknown as IAllExecuteFunctions,
						watchListCredential,
						request,
					)
				: await poll.helpers.httpRequest(request)
		) as IN8nHttpFullResponse;
	} catch (error) {
		throw broken({ poll, timeoutMs, ending }, url, error);
	}
}

async function textOf(download: Download, url: URL, body: unknown): Promise<string> {
	const bytes = new ReceivedBytes(largestBytes);
	try {
		if (await bytes.takeIn(body, download.ending))
			return wholeText({ pieces: bodyPieces(bytes.all) });
	} catch (error) {
		throw broken(download, url, error, 'begun');
	}
	throw broken(download, url, undefined, 'begun');
}

function redirectTarget(poll: IPollFunctions, from: URL, target: string): URL {
	const href = URL.canParse(target, from.href) ? new URL(target, from).href : '';
	if (isWebAddress(href)) return new URL(href);
	throw failure(poll, from, 'it redirects to something that is not a web address');
}

/** Whether this is an address of http or https. */
export function isWebAddress(address: string): boolean {
	return /^https?:\/\//i.test(address) && URL.canParse(address);
}

/** The error for a download that failed or was ended. */
export function broken(
	{ poll, timeoutMs, ending: { signal } }: Pick<Download, 'poll' | 'timeoutMs' | 'ending'>,
	url: URL,
	error: unknown,
	progress: Progress = 'sent',
): NodeApiError {
	if (!signal.aborted) return failure(poll, url, reasonOf(error));
	return failure(
		poll,
		url,
		whyEnded(signal.reason as EndedBy, progress, { timeoutMs, largestBytes }),
	);
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
			description: `${clipped(url.origin + url.pathname)}: ${reason}. No watched IDs were lost. Open the address in a private browser window to see whether it answers without a login.`,
			httpCode: httpStatus === undefined ? undefined : String(httpStatus),
		},
	);
	return error;
}
