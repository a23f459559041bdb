import { askedPauseMs } from '../calls/retryAfter';
import { isSameRequestElsewhere } from '../certainty';
import { longestForeignText, PanelError } from '../panelError';
import type { AnsweredCall, WireAnswer } from '../transport/wire';
import { classifyHttpStatus, classifyWords } from '../vocabulary/classify';
import { errorWords, failureSigns, messageWords } from './failureWords';
import { type Body, excerptOf, excerptOfValue, readBody } from './readBody';
import { isRedirect, redirectDetail } from './redirect';

interface ReadingRules {
	/** See `readBody`. */
	mendJson: boolean;
	/** How much of an answer that is no JSON goes into the error. */
	excerptLength: number;
}

/**
 * The JSON value in an answer of the panel.
 * @throws PanelError for everything that is no such value, and for the errors a panel tells in it, whatever
 * the HTTP status (seed and Perfect Panel answer 200 to all, others use real codes)
 */
export function readAnswer(answer: WireAnswer, rules: ReadingRules): unknown {
	if (answer.kind === 'neverLeft') {
		throw new PanelError('unreachable', 'The panel cannot be reached', {
			detail: `${answer.reason}.`,
			endedBy: answer.because,
		});
	}
	if (answer.kind === 'lost') {
		const isTooLarge = answer.because === 'tooLarge';
		throw new PanelError(
			isTooLarge ? 'notAPanel' : 'connectionLost',
			isTooLarge ? 'The panel answered too much' : 'The connection to the panel was lost',
			{ detail: `${answer.reason}.`, endedBy: answer.because },
		);
	}
	const { httpStatus } = answer;
	if (isRedirect(answer)) throw redirected(answer);
	const body = readBody(answer, rules.mendJson);
	if (body.shape !== 'json') throw withoutWords(answer, body, rules);
	const { value } = body;
	const isFailure = httpStatus >= 400;
	const words = errorWords(value) ?? (isFailure ? messageWords(value) : undefined);
	if (words !== undefined) throw refusal(words, answer, value);
	if (isFailure) throw withoutWords(answer, body, rules);
	return value;
}

/**
 * The error for words of the panel about a request or about one id of it.
 * @param value the whole answer that the words stood in
 */
export function refusal(words: string, answer?: AnsweredCall, value?: unknown): PanelError {
	const httpStatus = answer?.httpStatus ?? 200;
	return new PanelError(classifyWords(failureSigns(value, words), httpStatus), words, {
		httpStatus: answer?.httpStatus,
		retryAfterMs: answer && askedPauseMs(answer.headers),
		answer: value,
	});
}

function redirected(answer: AnsweredCall): PanelError {
	const { httpStatus } = answer;
	return new PanelError('notAPanel', 'The panel redirects to another address', {
		httpStatus,
		detail: redirectDetail(answer),
		certainty: isSameRequestElsewhere(httpStatus) ? 'notSent' : 'unknown',
	});
}

const shapesInWords: Record<Body['shape'], string> = {
	json: 'an error',
	page: 'a web page',
	text: 'an answer that is not JSON',
	empty: 'an empty answer',
};

function withoutWords(answer: AnsweredCall, body: Body, rules: ReadingRules): PanelError {
	const { httpStatus } = answer;
	const kind = classifyHttpStatus(httpStatus) ?? 'notAPanel';
	const excerpt = excerptIn(body, rules.excerptLength);
	const what = shapesInWords[body.shape];
	return new PanelError(kind, `The panel answered with ${what} (HTTP status ${httpStatus})`, {
		httpStatus,
		retryAfterMs: askedPauseMs(answer.headers),
		detail: excerpt && `It begins: "${excerpt}".`,
		answer: body.shape === 'json' ? body.value : undefined,
	});
}

function excerptIn(body: Body, length: number): string {
	if (body.shape === 'empty') return '';
	const text = body.shape === 'json' ? excerptOfValue(body.value, longestForeignText) : body.text;
	return excerptOf(text, length);
}
