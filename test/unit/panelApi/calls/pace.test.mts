import { Pace } from '../../../../nodes/panelApi/calls/pace.ts';
import { MovedClock } from '../../../support/movedClock.mts';

describe('the pace of the calls of an account', () => {
	let clock: MovedClock;
	let now: number;
	let pace: Pace;
	beforeEach(() => {
		clock = new MovedClock();
		now = clock.now();
		pace = new Pace(clock);
	});

	const turns = (count: number) => Array.from({ length: count }, () => pace.takeTurn() - now);

	it('lets calls start at once as long as the panel takes them', () => {
		expect(turns(3)).toEqual([0, 0, 0]);
	});

	it('keeps calls apart after a rate limit, from the time on that the panel wants', () => {
		pace.refused(now, now + 1000);
		expect(pace.isPausing).toBe(true);
		expect(turns(3)).toEqual([1000, 1125, 1250]);
	});

	it('takes refusals of calls that were on the way together for one sign', async () => {
		await clock.pass(10);
		for (let call = 0; call < 4; call++) pace.refused(now, now + 100);
		expect(turns(3)).toEqual([100, 225, 350]);
	});

	it('doubles the distance when calls are refused again, up to a second', async () => {
		for (let refusals = 0; refusals < 10; refusals++) {
			await clock.pass(1);
			pace.refused(clock.now(), clock.now());
		}
		const [first = 0, second = 0] = turns(2);
		expect(second - first).toBe(1000);
	});

	it('comes closer again with every call that passes, until there is no distance', async () => {
		pace.refused(now, now);
		await clock.pass(1);
		pace.passed(clock.now());
		const [first = 0, second = 0] = turns(2);
		expect(second - first).toBeCloseTo(112.5);
		for (let call = 0; call < 20; call++) pace.passed(clock.now());
		await clock.pass(1000);
		expect(turns(2)).toEqual([1001, 1001]);
	});

	it('does not come closer for a call that had left before the limit', async () => {
		await clock.pass(5);
		pace.refused(clock.now(), clock.now());
		pace.passed(now);
		const [first = 0, second = 0] = turns(2);
		expect(second - first).toBe(125);
	});
});
