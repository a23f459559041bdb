import { sentInDoubt } from '../calls/outcomeUnknown';
import { askedPauseMs } from '../calls/retryAfter';
import { assessOrder, type Evidence } from '../certainty';
import { longestForeignText, PanelError } from '../panelError';
import { type AnsweredCall, type WireAnswer, wholeText } from '../transport/wire';
import { outcomeUnknownText } from '../vocabulary/errorKinds';
import { orderIn, ordersMentionedIn } from './add';
import { errorWords, failureSigns, messageWords, saysFailure } from './failureWords';
import { type Body, excerptOf, excerptOfValue, readBody } from './readBody';
import { isRedirect, redirectDetail } from './redirect';

/** A placed order: its ID, and the answer it was read from, as the panel sent it. */
export interface OrderAnswer {
	order: string;
	raw: unknown;
}

/** A text that is no JSON, but short and without tags, is taken for words. */
const longestSentence = 300;

/**
 * The ID of a new order in the answer to `add`.
 * @param sentAt when the request was sent, for the error
 * @throws PanelError with what is certain; of kind `outcomeUnknown` when the order may have been placed. Whatever order
 * IDs stand in the answer, however broken it is, are named in the error
 */
export function readOrder(answer: WireAnswer, sentAt: Date): OrderAnswer {
	if (answer.kind !== 'answered') throw withoutAnswer(answer, sentAt);
	const body = readBody(answer, false);
	const { evidence, words, mentioned } = evidenceOf(answer, body);
	const assessment = assessOrder(evidence);
	if (assessment.certainty === 'placed' && body.shape === 'json') {
		return { order: evidence.order ?? '', raw: body.value };
	}
	const { certainty, kind = 'outcomeUnknown', isInDoubt } = assessment;
	const isUnknown = certainty === 'unknown' || certainty === 'placed';
	const what = whatCame(answer, body, evidence.order, words);
	const excerpt = isUnknown || words === undefined ? excerptSentence(answer, body) : '';
	const unseen = mentioned.filter((id) => !excerpt.includes(id));
	throw new PanelError(kind, isUnknown ? outcomeUnknownText(what) : what, {
		detail: [isUnknown && sentInDoubt('add', sentAt), inAnswer(unseen), excerpt]
			.filter(Boolean)
			.join(' '),
		httpStatus: answer.httpStatus,
		retryAfterMs: askedPauseMs(answer.headers),
		answer: body.shape === 'json' ? body.value : undefined,
		certainty: isUnknown ? 'unknown' : certainty,
		isInDoubt,
		words,
	});
}

function inAnswer(orders: readonly string[]): string {
	return orders.length > 0 ? `An order ID stands in the answer: ${orders.join(', ')}.` : '';
}

function withoutAnswer(answer: Exclude<WireAnswer, AnsweredCall>, sentAt: Date): PanelError {
	const { certainty, kind = 'outcomeUnknown' } = assessOrder({ wire: answer.kind });
	if (certainty === 'notSent') {
		const detail = `${answer.reason}.`;
		return new PanelError(kind, 'The panel cannot be reached', { detail, certainty });
	}
	// An answer that was cut off may name the order all the same.
	const received = answer.kind === 'lost' ? answer.received : undefined;
	const mentioned = received ? ordersMentionedIn(wholeText(received)) : [];
	const detail = [sentInDoubt('add', sentAt), `${answer.reason}.`, inAnswer(mentioned)];
	const what =
		answer.because === 'tooLarge'
			? 'the panel answered too much'
			: 'The connection to the panel was lost';
	return new PanelError(kind, outcomeUnknownText(what), {
		detail: detail.filter(Boolean).join(' '),
		endedBy: answer.because,
	});
}

type AnsweredEvidence = Extract<Evidence, { wire: 'answered' }>;

function evidenceOf(
	answer: AnsweredCall,
	body: Body,
): { evidence: AnsweredEvidence; words?: string; mentioned: string[] } {
	const { httpStatus } = answer;
	const mentioned = ordersMentionedIn(wholeText(answer));
	const common = { wire: 'answered', httpStatus, shape: body.shape } as const;
	if (body.shape !== 'json') {
		const words = body.shape === 'text' ? sentenceOf(body.text) : undefined;
		const mentionsOrder = mentioned.length > 0;
		return { evidence: { ...common, words, saysFailure: false, mentionsOrder }, words, mentioned };
	}
	const { value } = body;
	const words = errorWords(value) ?? (httpStatus >= 400 ? messageWords(value) : undefined);
	const isFailure = words !== undefined || saysFailure(value);
	const order = orderIn(value, isFailure);
	if (order !== undefined && !mentioned.includes(order)) mentioned.push(order);
	return {
		evidence: {
			...common,
			words: words && failureSigns(value, words),
			saysFailure: isFailure,
			order,
			mentionsOrder: mentioned.length > 0,
		},
		words,
		mentioned,
	};
}

function sentenceOf(text: string): string | undefined {
	return text.length <= longestSentence && !/[<>{}[\]]/.test(text) ? text : undefined;
}

const shapesInWords: Record<Body['shape'], string> = {
	json: 'the panel answered without an order ID',
	page: 'The panel answered with a web page',
	text: 'The panel answered with an answer that is not JSON',
	empty: 'The panel answered with an empty answer',
};

function whatCame(
	{ httpStatus }: AnsweredCall,
	{ shape }: Body,
	order: string | undefined,
	words: string | undefined,
): string {
	if (httpStatus >= 300 && httpStatus < 400) return 'The panel redirects to another address';
	if (order !== undefined) return 'the panel answered with an order ID, but with an error too';
	if (words !== undefined) return words;
	return shape === 'json'
		? shapesInWords.json
		: `${shapesInWords[shape]} (HTTP status ${httpStatus})`;
}

function excerptSentence(answer: AnsweredCall, body: Body): string {
	if (isRedirect(answer)) return redirectDetail(answer);
	if (body.shape === 'empty') return '';
	if (body.shape === 'json') {
		return `The panel answered ${excerptOfValue(body.value, longestForeignText)}.`;
	}
	return `It begins: "${excerptOf(body.text, longestForeignText)}".`;
}
