import { inPool, type PoolRules } from '../../../../nodes/SmmPanel/run/inPool.ts';

/** Tasks that end when they are told to, and what has begun so far. */
function pool(size: number, namesOf: PoolRules<string>['namesOf'] = () => []) {
	const begun: string[] = [];
	const ends = new Map<string, () => void>();
	let isHalted = false;
	const rules: PoolRules<string> = {
		size,
		namesOf,
		isHalted: () => isHalted,
		work: async (task) => {
			begun.push(task);
			await new Promise<void>((end) => ends.set(task, end));
		},
	};
	const settle = async () => await new Promise((done) => setImmediate(done));
	return {
		begun,
		run: async (tasks: string[]) => await inPool(tasks, rules),
		halt: (halted = true) => (isHalted = halted),
		async end(task: string) {
			ends.get(task)?.();
			await settle();
		},
		settle,
	};
}

describe('a pool', () => {
	it('does so many tasks at a time, in their order', async () => {
		const one = pool(2);
		const all = one.run(['a', 'b', 'c']);
		await one.settle();
		expect(one.begun).toEqual(['a', 'b']);
		await one.end('b');
		expect(one.begun).toEqual(['a', 'b', 'c']);
		await one.end('a');
		await one.end('c');
		await all;
	});

	it('lets later tasks go before one whose name is busy', async () => {
		const one = pool(2, (task) => [task.charAt(0)]);
		const all = one.run(['a1', 'a2', 'b1']);
		await one.settle();
		expect(one.begun).toEqual(['a1', 'b1']);
		await one.end('a1');
		expect(one.begun).toEqual(['a1', 'b1', 'a2']);
		await one.end('b1');
		await one.end('a2');
		await all;
	});

	it('that is halted starts nothing, waits for what is under way, and ends', async () => {
		const one = pool(2);
		const all = one.run(['a', 'b', 'c']);
		await one.settle();
		one.halt();
		await one.end('a');
		expect(one.begun).toEqual(['a', 'b']);
		await one.end('b');
		await all;
		expect(one.begun).toEqual(['a', 'b']);
	});

	it('goes on when the halt was only for a while', async () => {
		const one = pool(2);
		const all = one.run(['a', 'b', 'c']);
		await one.settle();
		one.halt();
		await one.end('a');
		one.halt(false);
		await one.end('b');
		expect(one.begun).toEqual(['a', 'b', 'c']);
		await one.end('c');
		await all;
	});

	it('of nothing ends at once', async () => {
		await expect(pool(5).run([])).resolves.toBeUndefined();
	});
});
