import { PanelError } from '../../../../nodes/panelApi/panelError.ts';
import { adviceFor, quantityAdvice } from '../../../../nodes/panelApi/vocabulary/adviceByWords.ts';
import { classifyWords } from '../../../../nodes/panelApi/vocabulary/classify.ts';
import { errorKinds } from '../../../../nodes/panelApi/vocabulary/errorKinds.ts';
import { clientOf, failureOf, willAnswer } from '../../../support/client.mts';
import { panelForTests } from '../../../support/panelForTests.mts';

const adviceOf = (words: string) => adviceFor(classifyWords(words, 200), words);

it.each<[words: string, advice: string]>([
	['Incorrect runs', 'at least 2 runs'],
	['Runs is required', 'both runs and interval'],
	['Interval time is required', 'both runs and interval'],
	['Invalid Interval in minutes', 'only intervals of 5, 10'],
	['Runs must be a positive integer', 'at least 2 runs'],
	['This services does not support Dripfeed feature!', 'Remove Drip-Feed'],
	['Dripfeed is not supported by this service', 'Remove Drip-Feed'],
	['There is already an open request for this order.', 'an earlier request for this order'],
	['Refill already requested', 'an earlier request for this order'],
	['Cancel already requested', 'an earlier request for this order'],
	[
		'The order was completed or refill was requested less than 24 hours ago',
		'24 hours have passed',
	],
	['Refill days are over', 'refill period of this order is over'],
	['Refill is disabled for this service', 'without refills'],
	['Service does not support refill', 'without refills'],
	['You must fill in the required fields.', 'does not say which field'],
	[
		'There are missing required parameters. Please check your API Manual',
		'does not say which field',
	],
	['Comments field is required', 'set Order Type to Custom Comments'],
	['Comments are required for this service', 'set Order Type to Custom Comments'],
	['neworder.error.comment', 'set Order Type to Custom Comments'],
	['Incorrect comments', 'set Order Type to Custom Comments'],
	['Please enter at least one comment', 'set Order Type to Custom Comments'],
	['Your account is inactive', 'log in on the panel'],
	['Account not active', 'log in on the panel'],
	['API access disabled', "on the panel's API page"],
	['Service temporarily unavailable', 'for a while'],
	['Service temporarily disabled', 'for a while'],
	['Service provider not configured', 'has no provider'],
	['Quantity must be a multiple of 50 (try 100)', 'in steps only'],
	['Quantity is required', quantityAdvice],
	['Missing required parameter: quantity', quantityAdvice],
	['The quantity field is required.', quantityAdvice],
	['Missing required fields (service, link, quantity)', quantityAdvice],
	['Service, link, and quantity are required', quantityAdvice],
	['Order IDs required', 'Try another Batch Size'],
	['Missing refill or refills parameter', 'Try another Batch Size'],
	['Missing required parameter: request_id', "set Idempotency Key, and Panel's Key Field"],
	['start_at is in the past', 'Check the time in Extra Fields'],
])('"%s": %s', (words, advice) => {
	expect(adviceOf(words)).toContain(advice);
	expect(new PanelError(classifyWords(words, 200), words).description).toContain(advice);
});

it.each([
	'Not enough funds on balance',
	'Incorrect service ID',
	'Your account has been suspended.',
	'Quantity less than minimal 10',
	'Missing required parameter: link',
	'Incorrect order ID',
	'Order not eligible for refill.',
	'Comments are closed for this post',
	'Something that nobody has ever said',
])('"%s" keeps the advice of its kind', (words) => {
	expect(adviceOf(words)).toBe(errorKinds[classifyWords(words, 200)].advice);
});

describe('an order that went out without a quantity', () => {
	const panel = panelForTests();

	const link = 'https://x.example/p/1';
	const failure = async (
		answer: object,
		form: Record<string, string> = { service: '105', link },
	) => {
		willAnswer(panel, answer);
		return await failureOf(clientOf(panel).add(form));
	};

	it.each([
		{ error: 'Enter a value above the minimum number.', status: 108 },
		{ status: 'error', msg: 'Vui lòng nhập số lượng', error: 'neworder.error.min_quantity' },
		{ error: 'Quantity is required' },
	])('learns that the panel wants one: %j', async (answer) => {
		const { description, certainty } = await failure(answer);
		expect(description.split(quantityAdvice)).toHaveLength(2);
		expect(certainty).toBe('refused');
	});

	it('may have been placed all the same where the words decide nothing', async () => {
		const words = 'There was an error while creating your order.';
		const { description, kind } = await failure({ error: words, status: 114 });
		expect(kind).toBe('outcomeUnknown');
		expect(description).toContain(
			`Should the order not be there, it may have failed for want of a quantity. ${quantityAdvice}`,
		);
	});

	it.each<[string, object, Record<string, string> | undefined]>([
		[
			'has sent one',
			{ error: 'Quantity less than minimal 10' },
			{ service: '1', link, quantity: '1' },
		],
		[
			'is a subscription',
			{ error: 'Quantity less than minimal 10' },
			{ service: '1', username: 'ann', min: '1' },
		],
		['failed for something else', { error: 'Not enough funds' }, undefined],
		['is unknown for something else', { error: 'Server error' }, undefined],
	])('does not where it %s', async (_what, answer, form) => {
		expect((await failure(answer, form)).description).not.toContain(quantityAdvice);
	});
});
