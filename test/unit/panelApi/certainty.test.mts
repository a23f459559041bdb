import { assessOrder, certaintyOfKind } from '../../../nodes/panelApi/certainty.ts';
import type { Evidence } from '../../../nodes/panelApi/certainty.ts';

type Answered = Extract<Evidence, { wire: 'answered' }>;

const answered = (facts: Partial<Answered>): Evidence => ({
	wire: 'answered',
	httpStatus: 200,
	shape: 'json',
	saysFailure: false,
	mentionsOrder: false,
	...facts,
});
const words = (text: string, httpStatus = 200): Evidence =>
	answered({ words: text, saysFailure: true, httpStatus });

describe('what is certain about an order', () => {
	it.each<[string, Evidence, string, string | undefined, boolean]>([
		['it never left', { wire: 'neverLeft' }, 'notSent', 'unreachable', false],
		['the connection was lost', { wire: 'lost' }, 'unknown', 'outcomeUnknown', false],
		['an ID', answered({ order: '5' }), 'placed', undefined, false],
		['an ID at HTTP 201', answered({ order: '5', httpStatus: 201 }), 'placed', undefined, false],
		[
			'an ID beside a failure',
			answered({ order: '5', saysFailure: true }),
			'unknown',
			'outcomeUnknown',
			false,
		],
		[
			'an ID at HTTP 500',
			answered({ order: '5', httpStatus: 500 }),
			'unknown',
			'outcomeUnknown',
			false,
		],
		['JSON without an ID', answered({}), 'unknown', 'outcomeUnknown', false],
		['no funds', words('Not enough funds'), 'refused', 'funds', false],
		['no funds, as a code', words('neworder.error.not_enough_funds'), 'refused', 'funds', false],
		['no funds at HTTP 500', words('not_enough_funds', 500), 'refused', 'funds', false],
		[
			'a running order',
			words('An identical order was just placed'),
			'refused',
			'duplicateLink',
			false,
		],
		['words nobody knows', words('Computer says no'), 'refused', 'refused', true],
		[
			'words nobody knows at HTTP 500',
			words('Computer says no', 500),
			'unknown',
			'outcomeUnknown',
			true,
		],
		['a vague word', words('The service is having a bad day'), 'refused', 'service', true],
		[
			'a breakdown',
			words('There was an error while creating your order.'),
			'unknown',
			'outcomeUnknown',
			true,
		],
		[
			'a breakdown in Portuguese',
			words('Erro ao criar o pedido'),
			'unknown',
			'outcomeUnknown',
			true,
		],
		['the request is known', words('Duplicate request_id'), 'unknown', 'outcomeUnknown', true],
		['a conflict', words('Locked', 409), 'unknown', 'outcomeUnknown', true],
		['a rate limit', words('Too many requests'), 'refused', 'rateLimit', false],
		[
			'a rate limit of somebody behind',
			words('Upstream: too many requests', 502),
			'unknown',
			'outcomeUnknown',
			true,
		],
		["a provider's funds", words('Provider: not enough funds'), 'unknown', 'outcomeUnknown', true],
		['a page', answered({ shape: 'page' }), 'unknown', 'outcomeUnknown', false],
		[
			'a page at HTTP 404',
			answered({ shape: 'page', httpStatus: 404 }),
			'refused',
			'notAPanel',
			false,
		],
		[
			'a page at HTTP 403',
			answered({ shape: 'page', httpStatus: 403 }),
			'unknown',
			'outcomeUnknown',
			false,
		],
		[
			'nothing at HTTP 429',
			answered({ shape: 'empty', httpStatus: 429 }),
			'refused',
			'rateLimit',
			false,
		],
		['nothing', answered({ shape: 'empty' }), 'unknown', 'outcomeUnknown', false],
		[
			'a sentence that is no JSON',
			answered({ shape: 'text', words: 'Invalid API key' }),
			'refused',
			'key',
			false,
		],
		[
			'another sentence',
			answered({ shape: 'text', words: 'Hello' }),
			'unknown',
			'outcomeUnknown',
			true,
		],
		[
			'an ID in a broken text',
			answered({ shape: 'text', mentionsOrder: true, words: 'Bad link' }),
			'unknown',
			'outcomeUnknown',
			false,
		],
		[
			'a running order for the link that is being processed',
			words('You have an active order with this link, it is being processed'),
			'refused',
			'duplicateLink',
			false,
		],
		[
			'sure words about something else at HTTP 500',
			words('Incorrect order ID', 500),
			'unknown',
			'outcomeUnknown',
			true,
		],
		[
			'a rate limit that only the status says',
			words('Slow down', 429),
			'refused',
			'rateLimit',
			false,
		],
		[
			'a sentence that is sure although it is no refusal of an order',
			answered({ shape: 'text', words: 'Incorrect request' }),
			'refused',
			'unsupportedAction',
			false,
		],
		[
			'a sentence nobody knows, of a web server',
			answered({ shape: 'text', words: 'Hello', httpStatus: 404 }),
			'refused',
			'refused',
			true,
		],
		[
			'JSON without words at HTTP 404',
			answered({ httpStatus: 404 }),
			'unknown',
			'outcomeUnknown',
			false,
		],
		[
			'words beside an ID somewhere in JSON',
			answered({ words: 'Bad link', saysFailure: true, mentionsOrder: true }),
			'refused',
			'link',
			false,
		],
		[
			'an ID at HTTP 400',
			answered({ order: '5', httpStatus: 400 }),
			'unknown',
			'outcomeUnknown',
			false,
		],
		['words at HTTP 400', words('Bad link', 400), 'refused', 'link', false],
		[
			'HTTP 300',
			answered({ shape: 'page', httpStatus: 300, words: 'Bad link' }),
			'unknown',
			'outcomeUnknown',
			false,
		],
		['HTTP 307', answered({ shape: 'empty', httpStatus: 307 }), 'notSent', 'notAPanel', false],
		['HTTP 301', answered({ shape: 'page', httpStatus: 301 }), 'unknown', 'outcomeUnknown', false],
		['HTTP 308', answered({ shape: 'empty', httpStatus: 308 }), 'notSent', 'notAPanel', false],
	])('%s', (_what, evidence, certainty, kind, isInDoubt) => {
		expect(assessOrder(evidence)).toStrictEqual({ certainty, ...(kind && { kind }), isInDoubt });
	});

	it.each([
		['unreachable', 'notSent'],
		['stopped', 'notSent'],
		['refillRefused', 'refused'],
		['panelFault', 'unknown'],
		['noAnswer', 'unknown'],
	] as const)('a request of kind %s is %s', (kind, certainty) => {
		expect(certaintyOfKind(kind)).toBe(certainty);
	});
});
