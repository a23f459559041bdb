import {
	afterList,
	afterSingle,
	type AskedSoFar,
	formsAfterList,
	formsAfterOtherForm,
	type KnownForms,
	knowsNoLists,
	mayBeAboutForm,
	type Reply,
	type Step,
} from '../../../../nodes/panelApi/batches/batchPolicy.ts';
import type { IdAction } from '../../../../nodes/panelApi/actions.ts';
import type { ErrorKind } from '../../../../nodes/panelApi/vocabulary/errorKinds.ts';

const nothingKnown: KnownForms = { single: 'untried', list: 'untried' };
const start: AskedSoFar = { hasAnswer: false, failedLists: 0, refusedAlike: 0 };
const entries: Reply = { came: 'entries' };
const unsorted: Reply = { came: 'unsorted' };
const nothingGranted: Reply = { came: 'nothingGranted' };

type FailureFacts = Partial<Omit<Extract<Reply, { came: 'failure' }>, 'came' | 'kind'>>;
const failure = (kind: ErrorKind, facts: FailureFacts = {}) =>
	({
		came: 'failure',
		kind,
		words: '',
		mayHaveActed: false,
		isAccountWide: ['key', 'account', 'unsupportedAction', 'stopped'].includes(kind),
		...facts,
	}) satisfies Reply;
const lost = failure('outcomeUnknown', { mayHaveActed: true });

describe('after a list', () => {
	it.each<[string, Reply, 'read' | 'request', Partial<KnownForms>, Partial<AskedSoFar>, Step]>([
		['entries are taken', entries, 'read', {}, {}, 'accept'],
		['entries of a request are taken', entries, 'request', {}, {}, 'accept'],
		['states without IDs are asked for one by one', unsorted, 'read', {}, {}, 'oneByOne'],
		[
			'grants without IDs are never asked for again: they may have been given',
			unsorted,
			'request',
			{},
			{},
			'fail',
		],
		['a plain no to all of it goes on one by one', nothingGranted, 'request', {}, {}, 'oneByOne'],
		['an unknown outcome is never asked for again', lost, 'request', {}, {}, 'fail'],
		[
			'an unknown outcome is not even halved where lists are known',
			failure('refused', { mayHaveActed: true }),
			'request',
			{ list: 'known' },
			{},
			'fail',
		],
		['a wrong ID may mean the form', failure('orderId'), 'read', {}, {}, 'oneByOne'],
		['so may a wrong refill', failure('refillId'), 'read', {}, {}, 'oneByOne'],
		['so may missing fields', failure('fields'), 'request', {}, {}, 'oneByOne'],
		['so may an action', failure('unsupportedAction'), 'read', {}, {}, 'oneByOne'],
		['so may a refused refill', failure('refillRefused'), 'request', {}, {}, 'oneByOne'],
		['so may a refused cancellation', failure('cancelRefused'), 'request', {}, {}, 'oneByOne'],
		['words nobody knows may come from one ID', failure('refused'), 'read', {}, {}, 'halve'],
		[
			'words nobody knows for the third list may mean that there are no lists',
			failure('refused'),
			'read',
			{},
			{ failedLists: 3 },
			'oneByOne',
		],
		[
			'a wrong ID among lists that are known is found in halves',
			failure('orderId'),
			'read',
			{ list: 'known' },
			{ failedLists: 9 },
			'halve',
		],
		['a wrong key ends it all', failure('key'), 'read', {}, {}, 'stop'],
		['a closed account ends it all', failure('account'), 'request', {}, {}, 'stop'],
		['a panel that broke down fails these', failure('panelFault'), 'read', {}, {}, 'fail'],
		['a panel without funds fails these', failure('funds'), 'read', {}, {}, 'fail'],
		['a rate limit that lasts fails these', failure('rateLimit'), 'request', {}, {}, 'fail'],
	])('%s', (_sentence, reply, asked, forms, soFar, step) => {
		const isRead = asked === 'read';
		expect(afterList(reply, isRead, { ...nothingKnown, ...forms }, { ...start, ...soFar })).toBe(
			step,
		);
	});

	it.each<[string, Reply, KnownForms['list']]>([
		['entries show that lists are known', entries, 'known'],
		['a plain no shows that they are not', nothingGranted, 'absent'],
		['an answer without IDs alone shows nothing', unsorted, 'untried'],
		['a refusal alone shows nothing', failure('orderId'), 'untried'],
	])('%s', (_sentence, reply, list) => {
		expect(formsAfterList(reply, nothingKnown)).toEqual({ single: 'untried', list });
	});

	it.each<[string, KnownForms['list'], Partial<AskedSoFar>, boolean]>([
		['lists are tried at first', 'untried', {}, false],
		[
			'they are tried again after two that failed',
			'untried',
			{ failedLists: 2, hasAnswer: true },
			false,
		],
		[
			'not after three beside IDs that were answered',
			'untried',
			{ failedLists: 3, hasAnswer: true },
			true,
		],
		['but for ever while no ID was answered at all', 'untried', { failedLists: 9 }, false],
		['and for ever where one was answered', 'known', { failedLists: 9, hasAnswer: true }, false],
		['they are never tried where there are none', 'absent', {}, true],
	])('%s', (_sentence, list, soFar, isHopeless) => {
		expect(knowsNoLists({ ...nothingKnown, list }, { ...start, ...soFar })).toBe(isHopeless);
	});
});

describe('after a single ID', () => {
	it.each<[string, IdAction, Reply, Partial<KnownForms>, Partial<AskedSoFar>, Step]>([
		['its answer is taken', 'status', entries, {}, {}, 'accept'],
		['an answer that says nothing is taken as that', 'cancel', unsorted, {}, {}, 'accept'],
		['missing fields may mean the form', 'status', failure('fields'), {}, {}, 'otherForm'],
		['so may a wrong request', 'refill', failure('unsupportedAction'), {}, {}, 'otherForm'],
		['a wrong order is a wrong order', 'status', failure('orderId'), {}, {}, 'fail'],
		['a wrong order is one for refills too', 'refill', failure('orderId'), {}, {}, 'fail'],
		[
			'a wrong order of a cancellation may mean the form',
			'cancel',
			failure('orderId'),
			{},
			{},
			'otherForm',
		],
		['so may words nobody knows', 'cancel', failure('refused'), {}, {}, 'otherForm'],
		['a refused cancellation is refused', 'cancel', failure('cancelRefused'), {}, {}, 'fail'],
		['a lost cancellation is never asked for in the other form', 'cancel', lost, {}, {}, 'fail'],
		[
			'nor is one whose words say no, but that may have been carried out',
			'cancel',
			failure('refused', { mayHaveActed: true }),
			{},
			{},
			'fail',
		],
		[
			'the other form is not tried where this one is known',
			'cancel',
			failure('orderId'),
			{ single: 'known' },
			{},
			'fail',
		],
		[
			'nor where it is this one already',
			'cancel',
			failure('orderId'),
			{ single: 'absent' },
			{},
			'fail',
		],
		['nor where there are no lists', 'cancel', failure('orderId'), { list: 'absent' }, {}, 'fail'],
		['a wrong key ends it all', 'cancel', failure('key'), {}, {}, 'stop'],
		[
			'an action that is named as wrong ends it all',
			'status',
			failure('unsupportedAction', { words: 'Unknown action: status' }),
			{ single: 'known' },
			{},
			'stop',
		],
		[
			'a wrong request may be about this ID alone',
			'status',
			failure('unsupportedAction', { words: 'Incorrect request' }),
			{ single: 'known' },
			{ refusedAlike: 4 },
			'fail',
		],
		[
			'a wrong request for five IDs is about the action',
			'status',
			failure('unsupportedAction', { words: 'Incorrect request' }),
			{ single: 'known' },
			{ refusedAlike: 5 },
			'stop',
		],
		[
			'unless another ID was answered',
			'status',
			failure('unsupportedAction', { words: 'Incorrect request' }),
			{ single: 'known' },
			{ refusedAlike: 5, hasAnswer: true },
			'fail',
		],
		[
			'words nobody knows for 99 IDs are about them',
			'status',
			failure('refused'),
			{},
			{ refusedAlike: 99 },
			'fail',
		],
		[
			'words nobody knows for 100 IDs end it',
			'status',
			failure('refused'),
			{},
			{ refusedAlike: 100 },
			'stop',
		],
		[
			'but never requests, each of which may be granted',
			'refill',
			failure('refused'),
			{},
			{ refusedAlike: 1000 },
			'fail',
		],
	])('%s', (_sentence, action, reply, forms, soFar, step) => {
		const isRead = action === 'status';
		const known = { ...nothingKnown, ...forms };
		expect(afterSingle(reply, action, isRead, known, { ...start, ...soFar })).toBe(step);
	});

	it.each<[string, Reply, KnownForms]>([
		['entries show that only lists are known', entries, { single: 'absent', list: 'known' }],
		[
			'a refusal of the cancellation shows it too: the panel understood',
			failure('cancelRefused'),
			{ single: 'absent', list: 'known' },
		],
		[
			'the same refusal shows that it was no matter of form',
			failure('orderId'),
			{ single: 'known', list: 'untried' },
		],
		['a lost answer shows nothing', lost, nothingKnown],
		['a rate limit shows nothing', failure('rateLimit'), nothingKnown],
		['an answer that says nothing shows nothing', unsorted, nothingKnown],
	])('the other form: %s', (_sentence, reply, forms) => {
		expect(formsAfterOtherForm(reply, 'cancel', nothingKnown)).toEqual(forms);
	});

	it.each<[IdAction, ErrorKind, KnownForms]>([
		['refill', 'refillRefused', { single: 'absent', list: 'known' }],
		['cancel', 'cancelRefused', { single: 'absent', list: 'known' }],
		['refill', 'panelFault', nothingKnown],
	])('%s: a list of one that fails as %s says this of the forms', (action, kind, forms) => {
		expect(formsAfterOtherForm(failure(kind), action, nothingKnown)).toEqual(forms);
	});

	it.each<[IdAction, string, boolean]>([
		['refill', 'Orders are required', true],
		['refill_status', 'Missing refill or refills parameter', false],
		['refill', 'Refill orders missing', true],
		['refill', 'Refill not allowed', false],
	])('%s: "%s" may be about the form: %s', (action, words, isAboutForm) => {
		expect(mayBeAboutForm(failure('refused', { words }), action)).toBe(isAboutForm);
	});
});
