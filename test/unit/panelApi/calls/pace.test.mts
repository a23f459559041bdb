import { machineClock } from '../../../../nodes/n8n/machineClock.ts';
import { Pace } from '../../../../nodes/panelApi/calls/pace.ts';

describe('the pace of the calls of an account', () => {
	const now = Date.now();
	let pace: Pace;
	beforeEach(() => {
		jest.useFakeTimers({ now });
		pace = new Pace(machineClock);
	});
	afterEach(() => void jest.useRealTimers());

	const turns = (count: number) => Array.from({ length: count }, () => pace.takeTurn() - now);

	it('lets calls start at once as long as the panel takes them', () => {
		expect(turns(3)).toEqual([0, 0, 0]);
	});

	it('keeps calls apart after a rate limit, from the time on that the panel wants', () => {
		pace.refused(now, now + 1000);
		expect(pace.isPausing).toBe(true);
		expect(turns(3)).toEqual([1000, 1125, 1250]);
	});

	it('takes refusals of calls that were on the way together for one sign', () => {
		jest.advanceTimersByTime(10);
		for (let call = 0; call < 4; call++) pace.refused(now, now + 100);
		expect(turns(3)).toEqual([100, 225, 350]);
	});

	it('doubles the distance when calls are refused again, up to a second', () => {
		for (let refusals = 0; refusals < 10; refusals++) {
			jest.advanceTimersByTime(1);
			pace.refused(Date.now(), Date.now());
		}
		const [first = 0, second = 0] = turns(2);
		expect(second - first).toBe(1000);
	});

	it('comes closer again with every call that passes, until there is no distance', () => {
		pace.refused(now, now);
		jest.advanceTimersByTime(1);
		pace.passed(Date.now());
		const [first = 0, second = 0] = turns(2);
		expect(second - first).toBeCloseTo(112.5);
		for (let call = 0; call < 20; call++) pace.passed(Date.now());
		jest.advanceTimersByTime(1000);
		expect(turns(2)).toEqual([1001, 1001]);
	});

	it('does not come closer for a call that had left before the limit', () => {
		jest.advanceTimersByTime(5);
		pace.refused(Date.now(), Date.now());
		pace.passed(now);
		const [first = 0, second = 0] = turns(2);
		expect(second - first).toBe(125);
	});
});
