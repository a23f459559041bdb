import { exclusively, PollMemory } from '../../../../nodes/SmmPanelTrigger/polling/pollMemory.ts';
import { inTime, PollOverError } from '../../../../nodes/SmmPanelTrigger/polling/inTime.ts';
import {
	noteWhatWasKept,
	noteWhatWasTaken,
	planSaving,
	type SavingMemory,
} from '../../../../nodes/SmmPanelTrigger/polling/silentSaving.ts';
import { pollTime } from '../../../../nodes/SmmPanelTrigger/polling/pollTime.ts';

const minutes = 60_000;
const soon = 3 * minutes;

describe('an execution without items, for the sake of the state', () => {
	const now = 1_000_000_000;
	const silent = { emits: false, isSaved: false };
	it.each<[string, SavingMemory, Parameters<typeof planSaving>[2], boolean]>([
		['starts at once for what has to be saved', {}, { ...silent, withinMs: soon }, true],
		['does not start where nothing would be missed', {}, silent, false],
		['does not start where items go out', {}, { ...silent, emits: true, withinMs: soon }, false],
		[
			'does not start where n8n saves anyway',
			{},
			{ ...silent, isSaved: true, withinMs: soon },
			false,
		],
		[
			'starts although items went out a minute ago',
			{ savedAt: now - minutes },
			{ ...silent, withinMs: soon },
			true,
		],
		[
			'waits for three minutes after the last',
			{ savedAloneAt: now - 2 * minutes },
			{ ...silent, withinMs: soon },
			false,
		],
		[
			'starts after three minutes',
			{ savedAloneAt: now - 3 * minutes },
			{ ...silent, withinMs: soon },
			true,
		],
		['starts when what was learnt before is due', { dueAt: now }, silent, true],
		['waits until it is due', { dueAt: now + 1 }, silent, false],
		[
			'does not start where it would output an item all the same',
			{ dueAt: now },
			{ ...silent, withinMs: soon, mayStart: false },
			false,
		],
		[
			'waits longer where there is time',
			{ savedAt: now - 59 * minutes },
			{ ...silent, withinMs: 63 * minutes },
			false,
		],
		[
			'starts when that time is over',
			{ savedAt: now - 60 * minutes },
			{ ...silent, withinMs: 63 * minutes },
			true,
		],
	])('%s', (_what, memory, plan, expected) => {
		const { savesAlone, saving } = planSaving(memory, now, plan);
		expect(savesAlone).toBe(expected);
		const isDone = expected || plan.emits || plan.isSaved;
		if (isDone) expect(saving.savedAt).toBe(now);
	});

	it('is not needed where n8n kept the last silent state, which shows with the next poll alone', () => {
		const scheduler = { isFirst: true, sharesThis: false };
		const stored = (seenAt: number) => ({ seenAt }) as never;
		const kept = noteWhatWasKept({ silentSeenAt: 5 }, stored(5), scheduler);
		expect(kept).toEqual({ isKept: true, silentSeenAt: undefined });
		const dropped = noteWhatWasKept({ silentSeenAt: 5 }, stored(4), scheduler);
		expect(dropped).toEqual({ isKept: false, silentSeenAt: undefined });
		// Saved with items meanwhile.
		expect(noteWhatWasKept(dropped, stored(9), scheduler).isKept).toBe(false);
		expect(noteWhatWasKept({ silentSeenAt: 5 }, undefined, scheduler).isKept).toBe(false);
	});

	it('is needed until n8n has taken what had to be saved', () => {
		const plan = { ...silent, emits: true, withinMs: soon };
		const { saving } = planSaving({ savedAloneAt: now - minutes }, now, plan);
		const handedOver = { ...saving, handedOver: 5 };
		const stored = (since: number) => ({ since }) as never;
		const next = now + minutes;
		expect(noteWhatWasTaken(handedOver, stored(5), next).dueAt).toBeUndefined();
		const notTaken = noteWhatWasTaken(handedOver, stored(4), next);
		expect(notTaken.dueAt).toBe(now + 2 * minutes);
		expect(noteWhatWasTaken(notTaken, stored(9), next)).toBe(notTaken);
		expect(noteWhatWasTaken(handedOver, undefined, next)).toEqual(notTaken);
	});

	it('does not start again while n8n may still be saving', () => {
		const { saving } = planSaving({}, now, { ...silent, withinMs: soon });
		const handedOver = { ...saving, handedOver: 5 };
		const soonAfter = now + 2_000;
		expect(noteWhatWasTaken(handedOver, undefined, soonAfter)).toBe(handedOver);
		expect(planSaving(handedOver, soonAfter, silent).savesAlone).toBe(false);
		const settled = noteWhatWasTaken(handedOver, undefined, now + minutes);
		expect(planSaving(settled, now + minutes, silent).savesAlone).toBe(true);
	});

	it('is not needed any more where n8n saved anyway', () => {
		const { saving } = planSaving({ dueAt: now }, now, { ...silent, isSaved: true });
		expect(saving.dueAt).toBeUndefined();
	});

	it('is not forgotten until it came', () => {
		const first = planSaving({ savedAloneAt: now - minutes }, now, { ...silent, withinMs: soon });
		const second = planSaving(first.saving, now + minutes, { ...silent, withinMs: soon });
		expect(second.saving.dueAt).toBe(now + 2 * minutes);
		expect(planSaving(second.saving, now + 2 * minutes, silent).savesAlone).toBe(true);
	});
});

describe('polls of one node', () => {
	const trigger = () =>
		new PollMemory().of({ getWorkflow: () => ({ id: 1 }), getNode: () => ({ id: 2 }) } as never);
	const after = async <Value,>(milliseconds: number, value: Value) => {
		await new Promise((done) => setTimeout(done, milliseconds));
		return value;
	};

	it('do nothing while another one runs, and run after it failed', async () => {
		const memory = trigger();
		const failing = exclusively(memory, false, async () => {
			await after(20, undefined);
			throw new Error('no');
		});
		expect(await exclusively(memory, false, async () => 1)).toBeNull();
		await expect(failing).rejects.toThrow('no');
		expect(await exclusively(memory, false, async () => 2)).toBe(2);
	});

	it('wait for each other where they should', async () => {
		const memory = trigger();
		const order: number[] = [];
		const run = (place: number) => async () => {
			order.push(place);
			await after(10, undefined);
			order.push(place);
			return place;
		};
		const all = [1, 2, 3].map((place) => exclusively(memory, true, run(place)));
		expect(await Promise.all(all)).toEqual([1, 2, 3]);
		expect(order).toEqual([1, 1, 2, 2, 3, 3]);
	});

	it('are kept apart by workflow and node, whatever their `this`', () => {
		const memory = new PollMemory();
		const poll = (workflow: number, node: number) =>
			({ getWorkflow: () => ({ id: workflow }), getNode: () => ({ id: node }) }) as never;
		expect(memory.of(poll(1, 1))).toBe(memory.of(poll(1, 1)));
		expect(memory.of(poll(1, 1))).not.toBe(memory.of(poll(1, 2)));
		expect(memory.of(poll(1, 1))).not.toBe(memory.of(poll(2, 1)));
	});

	it('end in time', async () => {
		await expect(inTime(after(500, 1), Date.now() + 20)).rejects.toThrow(PollOverError);
		expect(await inTime(after(5, 1), Date.now() + 500)).toBe(1);
		await expect(inTime(Promise.reject(new Error('no')), Date.now() + 500)).rejects.toThrow('no');
	});

	it.each([
		[36_000, 32_400, 34_400],
		[300_000, 40_500, 42_500],
		[undefined, 40_500, 42_500],
	])('with %s ms granted make calls for %s ms and end after %s ms', (granted, deadline, end) => {
		const poll = granted === undefined ? {} : { getPollBudgetMs: () => granted };
		expect(pollTime(poll as never, 1_000)).toEqual({
			deadline: 1_000 + deadline,
			end: 1_000 + end,
		});
	});
});
