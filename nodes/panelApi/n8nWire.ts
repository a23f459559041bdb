import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { concealer } from './conceal';
import type { Wire, WireAnswer } from './wire';

/** The credential type of a panel account. */
export const panelCredential = 'smmPanelApi';

type Requester = Pick<IAllExecuteFunctions, 'getCredentials' | 'helpers'>;

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

/** What n8n's own protection of its network throws instead of sending. */
const blockedNames = new Set(['SsrfBlockedIpError', 'SsrfBlockedHostnameError']);

interface NetworkFailure {
	name?: unknown;
	description?: unknown;
	code?: unknown;
	syscall?: unknown;
	message?: unknown;
	cause?: unknown;
	/** Of a name with several addresses: the failure to connect to each. */
	errors?: unknown[];
}

/**
 * The wire of an n8n node: form POST through n8n's own HTTP helper, which adds the key from the credential and
 * obeys the instance's proxy and network rules. Redirects are not followed (they would carry the key away) and
 * every HTTP status comes back as an answer.
 * @throws the error of n8n when the node has no usable credential
 */
export async function openWire(node: Requester): Promise<Wire> {
	const credentials = await node.getCredentials<ICredentialDataDecryptedObject>(panelCredential);
	const url = String(credentials.url ?? '').trim();
	const conceal = concealer(String(credentials.apiKey ?? ''));
	// Without it n8n fetches and decrypts the credential for each call, which in a poll takes as long as the call.
	const credentialsDecrypted = { id: '', name: '', type: panelCredential, data: credentials };

	return async (form, timeoutMs) => {
		if (!isWebAddress(url)) {
			return {
				kind: 'neverLeft',
				reason: `The URL in the credential is not a web address: ${url}`,
			};
		}
		const request: IHttpRequestOptions = {
			url,
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
			body: { ...form },
			timeout: timeoutMs,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		};
		try {
			const answer = (await node.helpers.httpRequestWithAuthentication.call(
				node as IAllExecuteFunctions,
				panelCredential,
				request,
				{ credentialsDecrypted },
			)) as IN8nHttpFullResponse;
			return {
				kind: 'answered',
				httpStatus: answer.statusCode,
				headers: textHeaders(answer.headers, conceal),
				text: conceal(
					typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? ''),
				),
			};
		} catch (failure) {
			return judgeFailure(failure as NetworkFailure, conceal);
		}
	};
}

function judgeFailure(failure: NetworkFailure, conceal: (text: string) => string): WireAnswer {
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
	const reason = conceal([code, message].filter(Boolean).join(': ') || 'no reason given');
	const neverLeft = whileConnecting || (code !== undefined && neverLeftCodes.has(code));
	return { kind: neverLeft ? 'neverLeft' : 'lost', reason };
}

function causesOf(failure: NetworkFailure): NetworkFailure[] {
	const chain: NetworkFailure[] = [];
	let link: unknown = failure;
	while (typeof link === 'object' && link !== null && !chain.includes(link)) {
		chain.push(link);
		const { cause, errors } = link as NetworkFailure;
		link = cause ?? errors?.[0];
	}
	return chain;
}

function isWebAddress(text: string): boolean {
	return /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);
}

function textHeaders(headers: object, conceal: (text: string) => string): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), conceal(String(value))]),
	);
}
