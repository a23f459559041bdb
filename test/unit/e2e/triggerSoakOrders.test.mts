import { WatchedOrders } from '../../e2e/triggerSoakOrders.mts';

describe('what the soak of the trigger finds', () => {
	const orders = () => {
		const watched = new WatchedOrders(['1'], ['2']);
		watched.moveSome(1);
		watched.moveSome(1);
		return watched;
	};

	it.each<[string, string[], number, number]>([
		[
			'nothing where each step fired once',
			['1: pending > processing', '1: processing > inProgress'],
			0,
			0,
		],
		['nothing where a step was left out', ['1: pending > inProgress'], 0, 0],
		['a change that did not fire', ['1: pending > processing'], 1, 0],
		['all of them', [], 1, 0],
		['a step without the one before', ['1: processing > inProgress'], 1, 0],
		['a step that fired twice', ['1: pending > inProgress', '1: pending > inProgress'], 0, 1],
		['a step from an older state', ['1: pending > processing', '1: pending > inProgress'], 1, 0],
	])('is %s', (_what, moves, missed, repeated) => {
		const findings = orders().compare(moves);
		expect([findings.missed.length, findings.repeated.length]).toEqual([missed, repeated]);
	});

	it('moves an order that joined when n8n has saved it in the same process', () => {
		const watched = new WatchedOrders([], ['2']);
		watched.join();
		expect(watched.listed).toEqual(['2']);
		watched.saved(5);
		watched.answered(['2'], 6);
		watched.restarted();
		watched.saved(7);
		expect(watched.moveSome(1)).toEqual([]);
		watched.answered(['2'], 8);
		watched.saved(7);
		expect(watched.moveSome(1)).toEqual([]);
		watched.saved(8);
		expect(watched.moveSome(1)).toEqual([['2', 'Processing']]);
	});
});
