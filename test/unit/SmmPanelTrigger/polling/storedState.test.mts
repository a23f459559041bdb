import type { IDataObject } from 'n8n-workflow';

import type { StateMemory } from '../../../../nodes/SmmPanelTrigger/polling/pollMemory.ts';
import {
	isUnsettled,
	recall,
	retain,
	type StoredState,
} from '../../../../nodes/SmmPanelTrigger/polling/storedState.ts';

const state = (since: number, seenAt: number, what = 'x'): StoredState => ({
	version: 1,
	subject: 'panel',
	since,
	seenAt,
	content: { what },
});
const newMemory = (): StateMemory => ({ unsaved: new Map(), emitted: new Map() });

describe('the state between polls', () => {
	it('is what this process learnt last where n8n dropped it', () => {
		const memory = newMemory();
		retain({ orders: state(1, 1) }, 'orders', memory, state(1, 2), false);
		expect(recall({ orders: state(1, 1) }, 'orders', memory)).toEqual(state(1, 2));
	});

	it('is what this process learnt first where n8n never stored any', () => {
		const memory = newMemory();
		retain({}, 'orders', memory, state(1, 1), false);
		expect(recall({}, 'orders', memory)).toEqual(state(1, 1));
	});

	it('is what n8n stored when another process put items out meanwhile', () => {
		const memory = newMemory();
		retain({ orders: state(1, 1) }, 'orders', memory, state(1, 5), false);
		expect(recall({ orders: state(4, 4) }, 'orders', memory)).toEqual(state(4, 4));
	});

	it('is what n8n stored when another process looked later', () => {
		const memory = newMemory();
		retain({ orders: state(1, 1) }, 'orders', memory, state(1, 2), false);
		expect(recall({ orders: state(1, 3) }, 'orders', memory)).toEqual(state(1, 3));
	});

	it('is what n8n stored, not what went out with items that n8n did not save', () => {
		const memory = newMemory();
		retain({ orders: state(1, 1) }, 'orders', memory, state(2, 2), true);
		expect(recall({ orders: state(1, 1) }, 'orders', memory)).toEqual(state(1, 1));
	});

	it('is not taken back by a poll that began earlier and ended later', () => {
		const memory = newMemory();
		retain({ orders: state(1, 1) }, 'orders', memory, state(1, 9), false);
		retain({ orders: state(1, 1) }, 'orders', memory, state(1, 8), false);
		expect(recall({ orders: state(1, 1) }, 'orders', memory)).toEqual(state(1, 9));
	});

	it('is remembered where another process with a slow clock put items out meanwhile', () => {
		const memory = newMemory();
		retain({ orders: state(1, 1) }, 'orders', memory, state(1, 9), false);
		retain({ orders: state(4, 4) }, 'orders', memory, state(4, 5), false);
		expect(recall({ orders: state(4, 4) }, 'orders', memory)).toEqual(state(4, 5));
	});

	it('is none where another version stored something else', () => {
		for (const stored of [undefined, 'x', {}, { ...state(1, 1), version: 3 }]) {
			expect(recall({ orders: stored as never }, 'orders', newMemory())).toBeUndefined();
		}
	});

	it('is handed to n8n as one new value, and not again while nothing is new', () => {
		const assigned: unknown[] = [];
		const staticData = new Proxy<IDataObject>(
			{},
			{
				set(target, key, value) {
					assigned.push(value);
					return Reflect.set(target, key, value);
				},
			},
		);
		const memory = newMemory();
		retain(staticData, 'orders', memory, state(1, 1), false);
		retain(staticData, 'orders', memory, state(1, 1), false);
		expect(assigned).toEqual([state(1, 1)]);
	});
});

describe('a state that went out with items', () => {
	const emitted = (): StateMemory => {
		const memory = newMemory();
		retain({}, 'orders', memory, state(9, 9), true);
		return memory;
	};
	const seconds = (count: number) => Date.now() + count * 1000;

	it.each([
		['an older one', state(4, 4), 2, true],
		['none', undefined, 2, true],
		['the same', state(9, 9), 2, false],
		['a newer one of another process', state(12, 12), 2, false],
		['an older one a minute later', state(4, 4), 60, false],
		['an older one while the clock was set back a little', state(4, 4), -10, true],
		['an older one while the clock was set back far', state(4, 4), -3_600, false],
	])('is not settled where n8n still hands out %s', (_what, stored, later, expected) => {
		const staticData = { orders: stored as never };
		expect(isUnsettled(staticData, 'orders', emitted(), seconds(later))).toBe(expected);
	});

	it('settles for its own event alone', () => {
		expect(isUnsettled({}, 'refills', emitted(), seconds(1))).toBe(false);
	});
});
