import fc from 'fast-check';

import type { KillPoint } from './triggerEngines.mts';

export const orders = ['2901', '2902', '2903', '2904'];
const words = [
	'Pending',
	'In progress',
	'Completed',
	'Partial',
	'Cancelled',
	'Canceled',
	'On hold',
];

/** What goes wrong with the calls of a poll: all of them, or those about some orders. */
export type PanelFault = 'down' | 'rateLimit' | 'webPage' | 'wrongKey' | string[];

/** What the watch list is for a poll. Of `hidden` and `broken` it is the cells of these orders. */
export type ListDoubt =
	| 'empty'
	| 'header'
	| 'webPage'
	| 'cut'
	| 'status500'
	| 'lost'
	| 'otherOrder'
	| 'allBroken'
	| { hidden: string[] }
	| { broken: string[] };

/** One step of a timeline. A fault or a doubt is one of the next poll. */
export type Step =
	| { do: 'move'; order: string; to: string }
	| { do: 'poll'; fault?: PanelFault; doubt?: ListDoubt }
	| { do: 'pollTwice'; how: 'together' | 'late' }
	| { do: 'pollInVain' }
	| { do: 'restart'; fault?: 'down'; doubt?: ListDoubt }
	| { do: 'killIn'; at: KillPoint }
	| { do: 'relist'; watched: string[] }
	| { do: 'republish'; watched: string[] }
	| { do: 'fetchTestEvent' };

export interface Timeline {
	/** Between two steps. In eleven all is over that the trigger does at intervals. */
	minutesBetween: number;
	watched: string[];
	keepFinal: boolean;
	emitFirst: boolean;
	states: string[];
	steps: Step[];
}

const someOrders = fc.subarray(orders, { minLength: 1 });
/** So long that the room for what is missing, twice the longest list, is enough for all. */
const lists = fc.subarray(orders, { minLength: 2 });
const doubt: fc.Arbitrary<ListDoubt> = fc.oneof(
	fc.constantFrom<ListDoubt>(
		'empty',
		'header',
		'webPage',
		'cut',
		'status500',
		'lost',
		'otherOrder',
		'allBroken',
	),
	someOrders.map((hidden) => ({ hidden })),
	someOrders.map((broken) => ({ broken })),
);
const panelFault: fc.Arbitrary<PanelFault> = fc.oneof(
	fc.constantFrom<PanelFault>('down', 'rateLimit', 'webPage', 'wrongKey'),
	someOrders,
);
const weighted = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary });
const step: fc.Arbitrary<Step> = fc.oneof(
	weighted(
		8,
		fc.record({
			do: fc.constant('move' as const),
			order: fc.constantFrom(...orders),
			to: fc.constantFrom(...words),
		}),
	),
	weighted(6, fc.constant<Step>({ do: 'poll' })),
	weighted(
		3,
		panelFault.map((fault): Step => ({ do: 'poll', fault })),
	),
	weighted(
		4,
		doubt.map((what): Step => ({ do: 'poll', doubt: what })),
	),
	weighted(
		2,
		fc.constantFrom('together' as const, 'late').map((how): Step => ({ do: 'pollTwice', how })),
	),
	weighted(1, fc.constant<Step>({ do: 'pollInVain' })),
	weighted(
		2,
		fc.constantFrom(undefined, 'down' as const).map((fault): Step => ({ do: 'restart', fault })),
	),
	weighted(
		1,
		doubt.map((what): Step => ({ do: 'restart', doubt: what })),
	),
	weighted(
		1,
		fc
			.constantFrom<KillPoint>('beforeEmission', 'beforeSaving', 'afterSaving')
			.map((at): Step => ({ do: 'killIn', at })),
	),
	weighted(
		2,
		lists.map((watched): Step => ({ do: 'relist', watched })),
	),
	weighted(
		1,
		lists.map((watched): Step => ({ do: 'republish', watched })),
	),
	weighted(1, fc.constant<Step>({ do: 'fetchTestEvent' })),
);

export const timeline: fc.Arbitrary<Timeline> = fc.record({
	minutesBetween: fc.constantFrom(1, 11),
	watched: lists,
	keepFinal: fc.boolean(),
	emitFirst: fc.boolean(),
	states: fc.constantFrom([], [], ['completed', 'partial', 'canceled']),
	steps: fc.array(step, { minLength: 4, maxLength: 20 }),
});

const plain = { minutesBetween: 11, keepFinal: true, emitFirst: false, states: [] };

/** Timelines that broke a trigger once. */
export const examples: Timeline[] = [
	// An order leaves the list and comes back in another state.
	{
		...plain,
		watched: ['2901', '2903'],
		steps: [
			{ do: 'move', order: '2901', to: 'Completed' },
			{ do: 'poll' },
			{ do: 'relist', watched: ['2902'] },
			{ do: 'poll' },
			{ do: 'move', order: '2901', to: 'Partial' },
			{ do: 'relist', watched: ['2901'] },
		],
	},
	// It leaves while the panel knows none of the others.
	{
		...plain,
		keepFinal: false,
		watched: ['2902', '2903'],
		steps: [
			{ do: 'poll' },
			{ do: 'relist', watched: ['2904'] },
			{ do: 'poll', fault: ['2904'] },
			{ do: 'restart' },
			{ do: 'relist', watched: ['2903'] },
			{ do: 'move', order: '2903', to: 'In progress' },
		],
	},
	// It joins, is seen once, and changes while n8n starts again.
	{
		...plain,
		watched: ['2901'],
		steps: [
			{ do: 'poll' },
			{ do: 'relist', watched: ['2901', '2902'] },
			{ do: 'poll' },
			{ do: 'move', order: '2902', to: 'Completed' },
			{ do: 'restart' },
		],
	},
	// A change is saved after a poll that learnt silently; what joins then has to be saved as well.
	{
		...plain,
		keepFinal: false,
		watched: ['2902', '2904'],
		steps: [
			{ do: 'poll', doubt: { broken: ['2904'] } },
			{ do: 'move', order: '2904', to: 'On hold' },
			{ do: 'poll' },
			{ do: 'relist', watched: ['2901', '2903'] },
			{ do: 'poll' },
			{ do: 'move', order: '2901', to: 'Partial' },
			{ do: 'restart' },
		],
	},
	// All orders are missing, and the list holds one that the panel does not know.
	{
		...plain,
		keepFinal: false,
		watched: ['2902', '2904'],
		steps: [
			{ do: 'relist', watched: ['2901', '2903'] },
			{ do: 'poll' },
			{ do: 'poll', doubt: 'otherOrder' },
			{ do: 'move', order: '2904', to: 'Cancelled' },
			{ do: 'relist', watched: ['2902', '2904'] },
		],
	},
	// An order joins soon after another, and n8n does not take the items with which it would have been saved.
	{
		...plain,
		minutesBetween: 1,
		watched: ['2901', '2902'],
		steps: [
			{ do: 'relist', watched: ['2901', '2902', '2903'] },
			{ do: 'poll' },
			{ do: 'relist', watched: ['2901', '2902', '2903', '2904'] },
			{ do: 'poll' },
			{ do: 'move', order: '2901', to: 'Partial' },
			{ do: 'pollInVain' },
			{ do: 'move', order: '2901', to: 'Pending' },
			{ do: 'poll' },
			{ do: 'move', order: '2904', to: 'Completed' },
			{ do: 'restart' },
		],
	},
	// An order joins, and n8n does not take the execution that would have saved it.
	{
		...plain,
		watched: ['2901', '2902'],
		steps: [
			{ do: 'relist', watched: ['2901', '2902', '2903'] },
			{ do: 'pollInVain' },
			{ do: 'move', order: '2903', to: 'Completed' },
			{ do: 'poll' },
		],
	},
	// A change that nobody wants to hear of is seen just when the workflow is published again.
	{
		...plain,
		states: ['completed', 'partial', 'canceled'],
		watched: ['2901', '2902'],
		steps: [
			{ do: 'move', order: '2902', to: 'On hold' },
			{ do: 'pollInVain' },
			{ do: 'restart', fault: 'down' },
			{ do: 'move', order: '2902', to: 'Partial' },
		],
	},
	// It changes while its cell is broken, and n8n does not take the items afterwards.
	{
		...plain,
		watched: ['2901', '2902'],
		steps: [
			{ do: 'poll' },
			{ do: 'move', order: '2901', to: 'Completed' },
			{ do: 'poll', doubt: { broken: ['2901'] } },
			{ do: 'pollInVain' },
			{ do: 'pollTwice', how: 'late' },
		],
	},
];
