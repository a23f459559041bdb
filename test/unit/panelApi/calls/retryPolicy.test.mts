import {
	type FailedTry,
	nextStep,
	type Stop,
	whyNoMore,
	type Patience,
} from '../../../../nodes/panelApi/calls/retryPolicy.ts';

const patience: Patience = {
	repeats: 2,
	limitedRepeats: 4,
	firstPauseMs: 100,
	longestPauseMs: 5000,
};
const failed = (facts: Partial<FailedTry>): FailedTry => ({
	effect: 'none',
	kind: 'panelFault',
	certainty: 'unknown',
	attempt: 0,
	isStopped: false,
	wasEnded: false,
	now: 1_000_000,
	jitter: 0.5,
	...facts,
});
const refused = { certainty: 'refused' } as const;

describe('whether a call that failed is made again', () => {
	it.each<[string, Partial<FailedTry>, object]>([
		['a read after a fault', {}, { waitMs: 100 }],
		['a read after two', { attempt: 1 }, { waitMs: 200 }],
		['a read that was tried enough', { attempt: 2 }, { stop: 'triedEnough' }],
		['a read with a wrong key', { kind: 'key', ...refused }, { stop: 'cannotHelp' }],
		[
			'a read that the panel limits',
			{ kind: 'rateLimit', ...refused, retryAfterMs: 900 },
			{ waitMs: 900 },
		],
		[
			'a read that the panel limits, often',
			{ kind: 'rateLimit', ...refused, attempt: 3 },
			{ waitMs: 800 },
		],
		[
			'a pause that is too long',
			{ kind: 'rateLimit', ...refused, retryAfterMs: 6000 },
			{ stop: 'pauseTooLong' },
		],
		['an execution that was stopped', { isStopped: true }, { stop: 'stopped' }],
		['a call that took too long', { wasEnded: true }, { stop: 'cannotHelp' }],
		['a refill that may have acted', { effect: 'once' }, { stop: 'mayHaveActed' }],
		[
			'a refill that never left',
			{ effect: 'once', kind: 'unreachable', certainty: 'notSent' },
			{ waitMs: 100 },
		],
		['an order that may be placed', { effect: 'money' }, { stop: 'mayHaveActed' }],
		[
			'an order that never left',
			{ effect: 'money', kind: 'unreachable', certainty: 'notSent' },
			{ stop: 'cannotHelp' },
		],
		[
			'an order without funds',
			{ effect: 'money', kind: 'funds', ...refused },
			{ stop: 'cannotHelp' },
		],
		[
			'an order that the panel limits',
			{ effect: 'money', kind: 'rateLimit', ...refused },
			{ waitMs: 100 },
		],
		[
			'an order limited behind the panel',
			{ effect: 'money', kind: 'rateLimit' },
			{ stop: 'mayHaveActed' },
		],
	])('%s', (_what, facts, step) => {
		expect(nextStep(failed(facts), patience)).toStrictEqual(step);
	});

	it('never waits beyond the deadline', () => {
		const late = { ...patience, deadline: 1_000_050 };
		expect(nextStep(failed({}), late)).toStrictEqual({ stop: 'noTimeLeft' });
	});

	it('the pauses stop growing at 16 times the first', () => {
		const calm = { ...patience, repeats: 20 };
		expect(nextStep(failed({ attempt: 4 }), calm)).toStrictEqual({ waitMs: 1600 });
		expect(nextStep(failed({ attempt: 9 }), calm)).toStrictEqual({ waitMs: 1600 });
	});
});

describe('why there is no other try', () => {
	it.each<[Stop, string]>([
		['triedEnough', 'It was tried 11 times.'],
		['pauseTooLong', 'The panel asks for a pause of 600 s, which is longer than is waited here.'],
		['noTimeLeft', 'There was no time left for another try.'],
		['mayHaveActed', ''],
		['cannotHelp', ''],
		['stopped', ''],
	])('is said in the error: %s', (stop, sentence) => {
		expect(whyNoMore(stop, 11, 599_001)).toBe(sentence);
	});

	it('is not said of a single try', () => {
		expect(whyNoMore('triedEnough', 1)).toBe('');
	});
});
