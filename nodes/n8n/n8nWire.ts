import type {
	IAllExecuteFunctions,
	IExecuteFunctions,
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { type Action, actions } from '../panelApi/actions';
import { beforeDeadline, type EndedBy, whyEnded } from '../panelApi/transport/beforeDeadline';
import { bodyPieces } from '../panelApi/transport/bodyPieces';
import { judgeFailure } from '../panelApi/transport/networkFailure';
import { ReceivedBytes } from '../panelApi/transport/receivedBytes';
import { shown } from '../panelApi/transport/redirectAdvice';
import type { Form, Received, Wire, WireAnswer } from '../panelApi/transport/wire';
import { concealer, cutTextConcealer } from '../redact';
import { secretFinder } from '../secretFinder';
import {
	endedBy,
	excerptForLog,
	type Stoppable,
	unlessStopped,
	untilStopped,
} from './finishDespiteStop';
import { userAgent } from './userAgent';

/** The credential type of a panel account. */
export const panelCredential = 'smmPanelApi';

/** The HTTP status with which a proxy keeps a request to itself. */
const proxyLoginWanted = 407;
const afterDeadlineMs = 1_000;

type Requester = Stoppable &
	Pick<IAllExecuteFunctions, 'getCredentials' | 'helpers' | 'logger'> &
	Partial<Pick<IExecuteFunctions, 'getExecutionId'>>;

/** The account that requests are for, and its secret in two ways to blank it out. */
interface Account {
	url: string;
	credentialsDecrypted: {
		id: string;
		name: string;
		type: string;
		data: ICredentialDataDecryptedObject;
	};
	conceal(text: string): string;
	concealCut(text: string): string;
	mayHoldKey(bytes: Uint8Array): boolean;
}

/**
 * The wire of an n8n node: form POST through n8n's own HTTP helper, which adds the key from the credential and
 * obeys the instance's proxy and network rules. Redirects are not followed (they would carry the key away) and
 * every HTTP status comes back as an answer.
 *
 * Each call ends with its time, whatever the panel sends, and takes in no more than the largest size of an answer to
 * its action.
 * @param account the content of the credential, where it was read before: reading takes n8n some milliseconds
 * @throws the error of n8n when the node has no usable credential
 */
export async function openWire(
	node: Requester,
	account?: ICredentialDataDecryptedObject,
): Promise<Wire> {
	const data =
		account ?? (await node.getCredentials<ICredentialDataDecryptedObject>(panelCredential));
	const key = String(data.apiKey ?? '');
	const opened: Account = {
		url: String(data.url ?? '').trim(),
		// Without it n8n fetches and decrypts the credential for each call, which in a poll takes as long as the call.
		credentialsDecrypted: { id: '', name: '', type: panelCredential, data },
		conceal: concealer(key),
		concealCut: cutTextConcealer(key),
		mayHoldKey: secretFinder(key),
	};
	return async (form, timeoutMs) => {
		if (actions[form.action as Action].effect === 'none') {
			return await untilStopped(node, (ending) => send(node, opened, form, timeoutMs, ending));
		}
		const request = send(node, opened, form, timeoutMs, new AbortController());
		return await unlessStopped(node, request, (answer) => {
			node.logger.info(
				`Execution ${node.getExecutionId?.()} had been stopped when the answer to ${JSON.stringify(form)} came: ${excerptForLog(answer)}`,
			);
		});
	};
}

/** @param ending ends the request early; what ended it is its reason then */
async function send(
	node: Requester,
	account: Account,
	form: Form,
	timeoutMs: number,
	ending: AbortController,
): Promise<WireAnswer> {
	const { url, credentialsDecrypted, conceal, concealCut } = account;
	if (!isWebAddress(url)) {
		// It is not repeated: some put the key there.
		return {
			kind: 'neverLeft',
			reason:
				'The API URL in the credential is not a web address, such as https://example.com/api/v2',
		};
	}
	const { largestBytes } = actions[form.action as Action];
	const bytes = new ReceivedBytes(largestBytes);
	let begun: Omit<Received, 'pieces'> | undefined;
	let isWhole = false;
	let failure: unknown;
	const fetchAll = async () => {
		const answer = (await node.helpers.httpRequestWithAuthentication.call(
			endedBy(ending.signal, node) as IAllExecuteFunctions,
			panelCredential,
			requestFor(url, form, timeoutMs, ending.signal),
			{ credentialsDecrypted },
		)) as IN8nHttpFullResponse;
		begun = { httpStatus: answer.statusCode, headers: textHeaders(answer.headers, conceal) };
		isWhole = await bytes.takeIn(answer.body, ending, Number(begun.headers['content-length']));
	};
	try {
		await beforeDeadline(timeoutMs, ending, fetchAll);
	} catch (error) {
		failure = error;
	}

	if (begun && isWhole) {
		const body = bytes.all;
		const isClean = Buffer.isBuffer(body) && !account.mayHoldKey(body);
		return answered(begun, bodyPieces(body, isClean ? undefined : conceal), url);
	}
	const judged = judgeFailure(failure, conceal);
	const kind = begun ? 'lost' : judged.kind;
	const received = begun && { ...begun, pieces: bodyPieces(bytes.all, concealCut) };
	if (!ending.signal.aborted) return { kind, reason: judged.reason, received };
	const because = ending.signal.reason as EndedBy;
	const progress = begun ? 'begun' : kind === 'lost' ? 'sent' : kind;
	return {
		kind,
		reason: whyEnded(because, progress, { timeoutMs, largestBytes }),
		because,
		received,
	};
}

function requestFor(
	url: string,
	form: Form,
	timeoutMs: number,
	signal: AbortSignal,
): IHttpRequestOptions {
	return {
		url,
		method: 'POST',
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'application/json',
			'user-agent': userAgent,
		},
		body: { ...form },
		// Of silence only, and not the deadline: it frees the connection in an n8n that knows no signal.
		timeout: timeoutMs + afterDeadlineMs,
		abortSignal: signal,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
}

function answered(
	begun: Omit<Received, 'pieces'>,
	pieces: Iterable<string>,
	url: string,
): WireAnswer {
	// Panels can answer so too, but only a proxy says how to log in to a proxy.
	if (begun.httpStatus === proxyLoginWanted && 'proxy-authenticate' in begun.headers) {
		return {
			kind: 'neverLeft',
			reason: `The proxy that n8n is told to use wants a login (HTTP status ${proxyLoginWanted})`,
		};
	}
	return { kind: 'answered', address: shown(new URL(url)), ...begun, pieces };
}

function isWebAddress(text: string): boolean {
	return /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);
}

function textHeaders(headers: object, conceal: (text: string) => string): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), conceal(String(value))]),
	);
}
