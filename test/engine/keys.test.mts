import type { IExecuteFunctions } from 'n8n-workflow';

import { IdempotencyKeys } from '../../nodes/SmmPanel/orders/keys.ts';
import { DeduplicationStore } from './deduplicationStore.mts';
import { executeContext, nodeOf, toolContext } from './executeContext.mts';

const entries = { mode: 'entries' } as const;
const { beforeStep } = new DeduplicationStore();

describe('idempotency keys', () => {
	const store = new DeduplicationStore();
	/** Two executions of the same node. */
	let one: IdempotencyKeys;
	let other: IdempotencyKeys;

	beforeAll(async () => await store.install());
	beforeEach(async () => {
		await store.clearAllProcessedItems();
		one = new IdempotencyKeys(await executeContext());
		other = new IdempotencyKeys(await executeContext());
		await one.look([]);
	});
	afterEach(() => {
		store.beforeStep = beforeStep;
		store.onCheck = () => {};
	});

	const stateOf = async (key: string) => (await other.look([key])).get(key);

	/** Has the store do this before its nth step from now, counted from 1. */
	function before(nth: number, does: () => void | Promise<void>): void {
		let steps = 0;
		store.beforeStep = async () => {
			if (++steps === nth) await does();
		};
	}
	const fail = () => {
		throw new Error('database is locked');
	};

	it('are free, then recorded, then confirmed, each as another execution sees it', async () => {
		expect(await stateOf('a')).toBe('free');
		expect(await one.claim(['a'])).toEqual(new Map([['a', 'free']]));
		expect(await other.claim(['a'])).toEqual(new Map([['a', 'recorded']]));
		await one.confirm(['a']);
		expect(await other.claim(['a', 'b'])).toEqual(
			new Map([
				['a', 'confirmed'],
				['b', 'free'],
			]),
		);
	});

	it('are free again when they were given back', async () => {
		await one.claim(['a', 'b']);
		await one.release(['a']);
		expect(await other.look(['a', 'b'])).toEqual(
			new Map([
				['a', 'free'],
				['b', 'recorded'],
			]),
		);
		expect(await other.claim(['a'])).toEqual(new Map([['a', 'free']]));
	});

	it('are not recorded by a look', async () => {
		await one.look(['a', 'b']);
		expect(store.size).toBe(0);
	});

	it('are claimed once when one claim names them twice', async () => {
		expect(await one.claim(['a', 'a'])).toEqual(new Map([['a', 'free']]));
	});

	it('can be anything, and are as many as are wanted in one claim', async () => {
		const keys = ['', ' ', '0', 'ä/ö', 'x'.repeat(10_000), ...Array.from({ length: 300 }, String)];
		const states = await one.claim(keys);
		expect([...states.values()]).toEqual([...new Set(keys)].map(() => 'free'));
		expect(store.size).toBe(new Set(keys).size);
	});

	it('are left to whoever has them after a second attempt, which shows whose they are', async () => {
		await one.claim(['a']);
		let attempts = 0;
		store.onCheck = () => void attempts++;
		expect(await other.claim(['a'])).toEqual(new Map([['a', 'recorded']]));
		expect(attempts).toBe(2);
	});

	it('stay with whoever claimed them when somebody else gives them back', async () => {
		await one.claim(['a']);
		await other.release(['a']);
		expect(await stateOf('a')).toBe('recorded');
	});

	it('stay confirmed when they are given back after that', async () => {
		await one.claim(['a']);
		await one.confirm(['a']);
		await one.release(['a']);
		expect(await stateOf('a')).toBe('confirmed');
	});

	it('are confirmed also when n8n has lost what it recorded', async () => {
		await one.claim(['a']);
		await store.clearAllProcessedItems();
		await one.confirm(['a']);
		expect(await stateOf('a')).toBe('confirmed');
	});

	describe('when the database fails', () => {
		it('for a moment, are claimed and confirmed all the same', async () => {
			before(3, fail);
			expect(await one.claim(['a'])).toEqual(new Map([['a', 'free']]));
			before(1, fail);
			await one.confirm(['a']);
			expect(await stateOf('a')).toBe('confirmed');
		});

		it('at the very first call, are kept from the next one on', async () => {
			const context = await executeContext();
			await jest.isolateModulesAsync(async () => {
				const inAnotherProcess = await import('../../nodes/SmmPanel/orders/keys.ts');
				const keys = new inAnotherProcess.IdempotencyKeys(context);
				before(1, fail);
				await expect(keys.claim(['a'])).rejects.toThrow('database is locked');
				expect(await keys.claim(['a'])).toEqual(new Map([['a', 'free']]));
			});
		});

		it('only in its answer, are known to be claimed', async () => {
			// Two steps to see that there is no row; the third writes it.
			before(4, fail);
			expect(await one.claim(['a'])).toEqual(new Map([['a', 'free']]));
			expect(await other.claim(['a'])).toEqual(new Map([['a', 'recorded']]));
		});

		it('for good, are not claimed, and those claimed with them are given back', async () => {
			const claims: string[] = [];
			store.onCheck = () => {
				claims.push('');
				if (claims.length > 2) fail();
			};
			await expect(one.claim(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).rejects.toThrow(
				'database is locked',
			);
			expect(store.size).toBe(0);
		});

		it.each(['claim', 'confirm'] as const)(
			'four times in a row, a %s gets through all the same; five times, it does not',
			async (call) => {
				if (call === 'confirm') await one.claim(['a', 'b']);
				const failTimes = (times: number) => {
					store.beforeStep = async (step) => {
						await beforeStep(step);
						// What a claim looks at between its attempts is there.
						if (step === (call === 'claim' ? 'write' : 'read') && times-- > 0) fail();
					};
				};
				failTimes(4);
				await one[call](['a']);
				failTimes(5);
				await expect(one[call](['b'])).rejects.toThrow('database is locked');
			},
		);

		it('in its answer to giving them back, are not given back twice: somebody may have them by then', async () => {
			await one.claim(['a']);
			before(2, async () => {
				store.beforeStep = beforeStep;
				expect(await other.claim(['a'])).toEqual(new Map([['a', 'free']]));
				fail();
			});
			await expect(one.release(['a'])).rejects.toThrow('database is locked');
			await one.release(['a']).catch(() => {});
			expect(await stateOf('a')).toBe('recorded');
		});
	});

	it('belong to a node: others, and what others keep, are left alone', async () => {
		const context = await executeContext(nodeOf('Mine', 'mine'));
		for (const scope of ['node', 'workflow'] as const)
			await context.helpers.checkProcessedAndRecord(['seen'], scope, entries);

		const mine = new IdempotencyKeys(context);
		await mine.claim(['a', 'b', 'c']);
		await mine.confirm(['a']);
		await mine.release(['b']);
		expect(await stateOf('a')).toBe('free');
		expect(context.getNode().id).toBe('mine');
		for (const scope of ['node', 'workflow'] as const) {
			expect(await context.helpers.checkProcessedAndRecord(['seen'], scope, entries)).toEqual({
				new: [],
				processed: ['seen'],
			});
		}
	});

	it('of the tool of an AI agent belong to the tool, not to the agent', async () => {
		const agent = nodeOf('Agent', 'agent');
		const tool = new IdempotencyKeys(await toolContext(nodeOf('Tool', 'tool'), agent));
		const next = new IdempotencyKeys(await toolContext(nodeOf('Next', 'next'), agent));
		await tool.claim(['a']);
		await tool.confirm(['a']);
		expect(await tool.look(['a'])).toEqual(new Map([['a', 'confirmed']]));
		expect(await next.look(['a'])).toEqual(new Map([['a', 'free']]));
		expect(agent.id).toBe('agent');
	});

	it('are kept by an older n8n, whose contexts have no property "node"', async () => {
		const { helpers, ...context } = (await executeContext()) as IExecuteFunctions & {
			node: object;
		};
		const older = {
			helpers,
			getNode: () => structuredClone(context.node),
			getExecuteData: () => ({ node: context.node }),
		} as unknown as IExecuteFunctions;
		expect(new IdempotencyKeys(older).areKept).toBe(true);
		await new IdempotencyKeys(older).claim(['a']);
		expect(await stateOf('a')).toBe('recorded');
	});

	it('are not kept where n8n has no store, or does not hand out its node', async () => {
		const context = await executeContext();
		const without = { getNode: () => context.getNode(), helpers: {} } as IExecuteFunctions;
		const getExecuteData = () => ({ node: nodeOf('Agent', 'agent') });
		const hidden = { ...without, getExecuteData, helpers: context.helpers } as IExecuteFunctions;
		const fixed = nodeOf('Fixed');
		Object.defineProperty(fixed, 'id', { writable: false });
		const { helpers, getNode } = hidden;
		const unseen = { helpers, getNode } as IExecuteFunctions;
		const storeless = Object.assign(Object.create(context) as IExecuteFunctions, { helpers: {} });
		for (const node of [without, hidden, unseen, storeless, await executeContext(fixed)]) {
			expect(new IdempotencyKeys(node).areKept).toBe(false);
			await expect(new IdempotencyKeys(node).claim(['a'])).rejects.toThrow(
				'no de-duplication store',
			);
		}
		expect(new IdempotencyKeys(context).areKept).toBe(true);
	});

	/** What becomes of a claim in the first execution of a process, with other helpers than n8n's. */
	async function firstClaimWith(helpers: object): Promise<unknown> {
		const context = await executeContext();
		const changed = { ...context.helpers, ...helpers };
		const node = Object.assign(Object.create(context) as IExecuteFunctions, { helpers: changed });
		let claim: Promise<unknown> | undefined;
		await jest.isolateModulesAsync(async () => {
			const inAnotherProcess = await import('../../nodes/SmmPanel/orders/keys.ts');
			claim = new inAnotherProcess.IdempotencyKeys(node).claim(['a']);
			await claim.catch(() => {});
		});
		return await claim;
	}

	it('are refused by an n8n that does not find the row it has just written', async () => {
		await expect(firstClaimWith({ getProcessedDataCount: async () => 0 })).rejects.toThrow(
			'Update the node',
		);
		expect(store.size).toBe(0);
	});

	it('are refused by an n8n that would keep them all in one row', async () => {
		const context = await executeContext();
		const late = Object.fromEntries(
			Object.entries(context.helpers).map(([name, call]) => [
				name,
				async (...values: unknown[]) => {
					await Promise.resolve();
					return await (call as (...all: unknown[]) => unknown)(...values);
				},
			]),
		);
		await expect(firstClaimWith(late)).rejects.toThrow('Update the node');
		expect(store.size).toBe(0);
	});
});
