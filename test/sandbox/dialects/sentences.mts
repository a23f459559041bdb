import type { Sentences } from './dialect.mts';

/** Perfect Panel's English, or the commonest wording where its own is not known. */
export const COMMON_SENTENCES: Sentences = {
	invalidKey: 'Invalid API key',
	incorrectRequest: 'Incorrect request',
	incorrectAction: 'Incorrect action',
	missingField: 'Missing required parameter: {field}',
	invalidField: 'Incorrect parameters: {field}',
	unknownService: 'Incorrect service ID',
	badLink: 'Bad link',
	belowMinimum: 'Quantity less than minimal {limit}',
	aboveMaximum: 'Quantity more than maximum {limit}',
	notEnoughFunds: 'Not enough funds on balance',
	activeOrderForLink:
		'You have active order with this link. Please wait until order being completed.',
	dripFeedUnsupported: 'This service does not support drip-feed',
	dripFeedIncomplete: '{field} is required',
	requestIdReused: 'This request_id was used for another order',
	unknownOrder: 'Incorrect order ID',
	refillDisabled: 'Refill is disabled for this service',
	orderNotCompleted: 'The order is not completed',
	refillRequested: 'Refill already requested',
	unknownRefill: 'Refill not found',
	cancelDisabled: 'Order cannot be cancelled',
	orderNotOpen: 'Order cannot be cancelled',
	cancelRequested: 'Cancel already requested',
	tooManyRequests: 'Too many requests',
};
