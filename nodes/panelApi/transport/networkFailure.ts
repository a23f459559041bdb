import type { AnsweredCall, WireAnswer } from './wire';

/** Failures beside that to connect which happen before a request is on its way: no name, no trusted certificate. */
const neverLeftCodes = new Set([
	'ENOTFOUND',
	'EAI_AGAIN',
	'ERR_INVALID_URL',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The same by their messages, as their codes tell other failures too. */
const neverLeftMessages =
	/before secure TLS connection was established|before receiving CONNECT response|alert (protocol version|handshake failure|unrecognized name)/i;

/** What n8n's own protection of its network throws instead of sending. */
const blockedNames = new Set(['SsrfBlockedIpError', 'SsrfBlockedHostnameError']);

/** What OpenSSL says of an answer that is not TLS; in doubt the state of the connection decides. */
const notTls = /wrong version number|packet length too long|unknown protocol|http request/i;

/**
 * What Node knows of a request that failed; n8n's HTTP helper (axios) keeps it with the failure.
 * Everything else than what is asked for below proves nothing.
 */
interface FailedRequest {
	/** Null as long as there is no connection to write to. */
	socket?: {
		/** What was handed over to the system, in bytes. `bytesWritten` counts what waits for a connection too. */
		_bytesDispatched?: unknown;
		/** Of a connection with TLS: whether the two sides have yet to agree. The request waits for that. */
		secureConnecting?: unknown;
	} | null;
}

interface NetworkFailure {
	name?: unknown;
	description?: unknown;
	code?: unknown;
	syscall?: unknown;
	message?: unknown;
	cause?: unknown;
	request?: FailedRequest;
	/** Of a name with several addresses: the failure to connect to each. */
	errors?: unknown[];
}

/**
 * What a request that ended without an answer came to: whether it surely never left. In doubt it is lost.
 * @param failure what n8n's HTTP helper threw
 * @param conceal blanks the API key out in what is reported of it
 */
export function judgeFailure(
	failure: unknown,
	conceal: (text: string) => string,
): Exclude<WireAnswer, AnsweredCall> {
	const chain = causesOf(failure);
	const blocked = chain.find((link) => blockedNames.has(String(link.name)));
	if (blocked) {
		const explanation = String(blocked.description).replace(/\.$/, '');
		return { kind: 'neverLeft', reason: `${String(blocked.message)}. ${explanation}` };
	}
	const code = chain.map((link) => link.code).find((value) => typeof value === 'string') as
		| string
		| undefined;
	const whileConnecting = chain.some((link) => link.syscall === 'connect');
	const message = chain
		.map((link) => link.message)
		.reverse()
		.find((text) => typeof text === 'string' && text !== '');
	const reason =
		inOneLine(conceal([code, message].filter(Boolean).join(': '))) || 'no reason given';
	const neverLeft =
		whileConnecting ||
		(code !== undefined && neverLeftCodes.has(code)) ||
		chain.some((link) => neverLeftMessages.test(String(link.message))) ||
		chain.some(({ request }) => request && isUnsent(request));
	if (!neverLeft) return { kind: 'lost', reason };
	const hint = notTls.test(reason)
		? '. The panel does not answer with https at this address: its API URL may begin with http://'
		: '';
	return { kind: 'neverLeft', reason: reason + hint };
}

/** Whether nothing of a request can have reached the panel: no connection came about, or TLS was not agreed on. */
function isUnsent({ socket }: FailedRequest): boolean {
	if (socket === null) return true;
	return socket?._bytesDispatched === 0 || socket?.secureConnecting === true;
}

function causesOf(failure: unknown): NetworkFailure[] {
	const chain: NetworkFailure[] = [];
	let link = failure;
	while (typeof link === 'object' && link !== null && !chain.includes(link)) {
		chain.push(link);
		const { cause, errors } = link as NetworkFailure;
		link = cause ?? errors?.[0];
	}
	return chain;
}

const longestReason = 500;

function inOneLine(text: string): string {
	return text.slice(0, longestReason).replace(/\s+/g, ' ').trim();
}
