import { unlessStopped } from '../../../nodes/n8n/finishDespiteStop.ts';
import type { WireAnswer } from '../../../nodes/panelApi/transport/wire.ts';

const answer: WireAnswer = {
	kind: 'answered',
	httpStatus: 200,
	headers: {},
	pieces: ['{"order":1}'],
};
const stoppableBy = (stop: AbortController) => ({ getExecutionCancelSignal: () => stop.signal });

describe('a request with an effect', () => {
	it('is waited for', async () => {
		expect(await unlessStopped({}, Promise.resolve(answer), () => {})).toBe(answer);
	});

	it('ends with what its sending throws', async () => {
		const broken = Promise.reject(new Error('No such helper'));
		await expect(unlessStopped({}, broken, () => {})).rejects.toThrow('No such helper');
	});

	it('is lost once the execution is stopped, and a late answer is reported', async () => {
		const stop = new AbortController();
		const late = Promise.withResolvers<WireAnswer>();
		const reports: WireAnswer[] = [];
		const ended = unlessStopped(stoppableBy(stop), late.promise, (one) => reports.push(one));
		stop.abort();
		expect(await ended).toMatchObject({ kind: 'lost' });
		late.resolve(answer);
		await late.promise;
		expect(reports).toEqual([answer]);
	});

	it('that fails after the execution was stopped is lost as well', async () => {
		const stop = new AbortController();
		const late = Promise.withResolvers<WireAnswer>();
		const ended = unlessStopped(stoppableBy(stop), late.promise, () => {});
		stop.abort();
		late.reject(new Error('Connection reset'));
		expect(await ended).toMatchObject({ kind: 'lost' });
	});
});
