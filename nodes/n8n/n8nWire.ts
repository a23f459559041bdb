import type {
	IAllExecuteFunctions,
	IExecuteFunctions,
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { type Action, actions } from '../panelApi/actions';
import { bodyPieces } from '../panelApi/transport/bodyPieces';
import { concealer } from '../redact';
import { judgeFailure } from '../panelApi/transport/networkFailure';
import { type Stoppable, unlessStopped, unstoppable } from './finishDespiteStop';
import { type Form, type Wire, type WireAnswer, wholeText } from '../panelApi/transport/wire';

/** The credential type of a panel account. */
export const panelCredential = 'smmPanelApi';

type Requester = Stoppable &
	Pick<IAllExecuteFunctions, 'getCredentials' | 'helpers' | 'logger'> &
	Partial<Pick<IExecuteFunctions, 'getExecutionId'>>;

/** The HTTP status with which a proxy keeps a request to itself. */
const proxyLoginWanted = 407;

/**
 * The wire of an n8n node: form POST through n8n's own HTTP helper, which adds the key from the credential and
 * obeys the instance's proxy and network rules. Redirects are not followed (they would carry the key away) and
 * every HTTP status comes back as an answer.
 * @param account the content of the credential, where it was read before: reading takes n8n some milliseconds
 * @throws the error of n8n when the node has no usable credential
 */
export async function openWire(
	node: Requester,
	account?: ICredentialDataDecryptedObject,
): Promise<Wire> {
	const credentials =
		account ?? (await node.getCredentials<ICredentialDataDecryptedObject>(panelCredential));
	const url = String(credentials.url ?? '').trim();
	const conceal = concealer(String(credentials.apiKey ?? ''));
	// Without it n8n fetches and decrypts the credential for each call, which in a poll takes as long as the call.
	const credentialsDecrypted = { id: '', name: '', type: panelCredential, data: credentials };

	const send = async (sender: Requester, form: Form, timeoutMs: number): Promise<WireAnswer> => {
		if (!isWebAddress(url)) {
			// It is not repeated: some put the key there.
			return {
				kind: 'neverLeft',
				reason:
					'The API URL in the credential is not a web address, such as https://example.com/api/v2',
			};
		}
		const request: IHttpRequestOptions = {
			url,
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
			body: { ...form },
			timeout: timeoutMs,
			encoding: 'arraybuffer',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		};
		try {
			const answer = (await node.helpers.httpRequestWithAuthentication.call(
				sender as IAllExecuteFunctions,
				panelCredential,
				request,
				{ credentialsDecrypted },
			)) as IN8nHttpFullResponse;
			if (answer.statusCode === proxyLoginWanted) {
				return {
					kind: 'neverLeft',
					reason: `The proxy that n8n is told to use wants a login (HTTP status ${proxyLoginWanted})`,
				};
			}
			return {
				kind: 'answered',
				httpStatus: answer.statusCode,
				headers: textHeaders(answer.headers, conceal),
				pieces: bodyPieces(answer.body).map(conceal),
			};
		} catch (failure) {
			return judgeFailure(failure, conceal);
		}
	};

	const unstoppableNode = unstoppable(node);
	return async (form, timeoutMs) => {
		if (actions[form.action as Action].effect === 'none') return await send(node, form, timeoutMs);
		return await unlessStopped(node, send(unstoppableNode, form, timeoutMs), (answer) => {
			const told = answer.kind === 'answered' ? wholeText(answer).slice(0, 500) : answer.reason;
			node.logger.info(
				`Execution ${node.getExecutionId?.()} had been stopped when the answer to ${JSON.stringify(form)} came: ${told}`,
			);
		});
	};
}

function isWebAddress(text: string): boolean {
	return /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);
}

function textHeaders(headers: object, conceal: (text: string) => string): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), conceal(String(value))]),
	);
}
