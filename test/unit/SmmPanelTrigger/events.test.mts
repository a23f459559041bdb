import { events } from '../../../nodes/SmmPanelTrigger/events/index.ts';

describe('the events of the trigger', () => {
	it('keep what they know under keys of their own: a node may be switched from one to another', () => {
		const keys = Object.values(events).map(({ state }) => state.key);
		expect(new Set(keys).size).toBe(keys.length);
	});
});
