import { request } from 'undici';
import { machineClock } from '../../nodes/n8n/machineClock.ts';
import { type IdOutcomes, PanelClient } from '../../nodes/panelApi/client.ts';
import type { Patience } from '../../nodes/panelApi/calls/retryPolicy.ts';
import { bodyPieces } from '../../nodes/panelApi/transport/bodyPieces.ts';
import { PanelError } from '../../nodes/panelApi/panelError.ts';
import type { Wire } from '../../nodes/panelApi/transport/wire.ts';
import type { Fault, SandboxPanel } from '../sandbox/panel.mts';

/** Repeats twice, with pauses that do not hold up the tests. */
export const shortPatience: Patience = { repeats: 2, firstPauseMs: 5, longestPauseMs: 2000 };

/** A wire of real HTTP, as small as it can be; the one of the nodes needs n8n around it. */
export function wireTo(url: string, key: string): Wire {
	return async (form, timeoutMs) => {
		try {
			const answer = await request(url, {
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: new URLSearchParams({ key, ...form }).toString(),
				headersTimeout: timeoutMs,
				bodyTimeout: timeoutMs,
				reset: true,
			});
			return {
				kind: 'answered',
				httpStatus: answer.statusCode,
				headers: Object.fromEntries(
					Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
				),
				pieces: bodyPieces(Buffer.from(await answer.body.arrayBuffer())),
			};
		} catch (error) {
			const { code = '', message } = error as NodeJS.ErrnoException;
			const neverLeft = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code);
			return { kind: neverLeft ? 'neverLeft' : 'lost', reason: `${code}: ${message}` };
		}
	};
}

export function clientOf(panel: SandboxPanel, patience: Partial<Patience> = {}): PanelClient {
	return new PanelClient(wireTo(panel.url, panel.apiKey), machineClock, {
		...shortPatience,
		...patience,
	});
}

/** Lets the panel answer the next request, or every one if told so, with this body: text as it is, all else as JSON. */
export function willAnswer(
	panel: SandboxPanel,
	body: unknown,
	{ status, headers, ...fault }: Partial<Fault> & AnswerFacts = {},
): void {
	panel.misbehave({
		...fault,
		does: {
			kind: 'answer',
			body: typeof body === 'string' ? body : JSON.stringify(body),
			...(status && { status }),
			...(headers && { headers }),
		},
	});
}

interface AnswerFacts {
	status?: number;
	headers?: Record<string, string>;
}

/** The error of a call that has to fail. */
export async function failureOf(call: Promise<unknown>): Promise<PanelError> {
	const outcome: unknown = await call.catch((error: unknown) => error);
	if (outcome instanceof PanelError) return outcome;
	throw new Error(`No PanelError, but ${JSON.stringify(outcome) ?? String(outcome)}`);
}

/** What came out per id, in short: the value, or the kind of the error and its message. */
export function inShort(outcomes: IdOutcomes<unknown>): Record<string, unknown> {
	return Object.fromEntries(
		[...outcomes].map(([id, outcome]) => [
			id,
			'value' in outcome ? outcome.value : `${outcome.error.kind}: ${outcome.error.message}`,
		]),
	);
}

/** What went over the wire, request by request, without the key. */
export function sentForms(panel: SandboxPanel): Array<Record<string, string>> {
	return panel.requests.map(({ form: { key: _key, ...others } }) => others);
}
