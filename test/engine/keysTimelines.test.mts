import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';

import { IdempotencyKeys } from '../../nodes/SmmPanel/orders/keys.ts';
import { DeduplicationStore } from './deduplicationStore.mts';
import { executeContext } from './executeContext.mts';

const timelines = 2000;
const names = ['a', 'b', 'c', 'd'];

const outcome = fc.constantFrom('placed', 'refused', 'unknown');

/** One execution: it claims these keys together, and each that is its own comes to this. */
const execution = fc.record({
	worker: fc.nat({ max: 1 }),
	orders: fc.dictionary(fc.constantFrom(...names), outcome, { minKeys: 1, noNullPrototype: true }),
});

const timeline = fc.record({
	executions: fc.array(execution, { minLength: 2, maxLength: 8, size: '+1' }),
	/** After how many steps of the store each worker is killed. */
	deaths: fc.tuple(...[0, 1].map(() => fc.option(fc.nat({ max: 60 })))),
	/** The steps of the store, of all together, at which the database fails. */
	failures: fc.option(fc.uniqueArray(fc.nat({ max: 100 }), { maxLength: 4 })),
	scheduler: fc.scheduler(),
});
type Timeline = typeof timeline extends fc.Arbitrary<infer T> ? T : never;

/** A process of n8n: when it is killed, everything in it ends at the same moment and without a word. */
class Worker {
	readonly death: Promise<void>;
	isDead = false;
	private stepsLeft: number;
	private die!: () => void;

	constructor(deathAfter: number | null) {
		this.stepsLeft = deathAfter ?? Infinity;
		this.death = new Promise((resolve) => (this.die = resolve));
	}

	/** Resolves if the worker lives on. */
	async step(): Promise<void> {
		if (this.stepsLeft-- <= 0) {
			this.isDead = true;
			this.die();
		}
		if (this.isDead) await new Promise(() => {});
	}
}

/** What is known of the keys from outside, and what may never be. */
class Witness {
	private readonly holders = new Map<string, object>();
	readonly placed = new Set<string>();
	readonly confirmed = new Set<string>();
	readonly unknown = new Set<string>();
	/** Keys that a killed execution or a failed call of the database had to do with: they may stay recorded. */
	readonly doubtful = new Set<string>();

	constructor(private readonly databaseFails: boolean) {}

	sees(key: string, state: string | undefined, execution: object): void {
		if (state === 'confirmed') expect(this.placed).toContain(key);
		if (state === 'recorded' && this.databaseFails) this.doubtful.add(key);
		if (state !== 'free') return;
		expect(this.holders.get(key)).toBeUndefined();
		expect(this.placed).not.toContain(key);
		this.holders.set(key, execution);
	}

	gaveBack(key: string): void {
		this.holders.delete(key);
	}

	/** What the key has to be when all is over. */
	expectedStates(key: string): string[] {
		if (this.confirmed.has(key)) return ['confirmed'];
		if (this.placed.has(key)) return ['confirmed', 'recorded'];
		if (this.unknown.has(key)) return ['recorded'];
		return this.doubtful.has(key) ? ['free', 'recorded'] : ['free'];
	}
}

describe('idempotency keys over a store that loses writes', () => {
	const store = new DeduplicationStore();
	const current = new AsyncLocalStorage<Worker>();
	/** What n8n gives the node in each worker. */
	let contexts: IExecuteFunctions[];

	beforeAll(async () => {
		await store.install();
		contexts = await Promise.all([executeContext(), executeContext()]);
		await keysIn(0).look(['any']);
	});

	const keysIn = (worker: number) => new IdempotencyKeys(contexts[worker] as IExecuteFunctions);

	async function live({ executions, deaths, failures, scheduler }: Timeline) {
		await store.clearAllProcessedItems();
		const workers = deaths.map((death) => new Worker(death));
		const witness = new Witness(failures !== null);
		let steps = 0;
		store.beforeStep = async () => {
			await scheduler.schedule(Promise.resolve());
			await current.getStore()?.step();
			if (failures?.includes(steps++)) throw new Error('database is locked');
		};
		const ends = executions.map(async ({ worker: number, orders }) => {
			const worker = workers[number] as Worker;
			const keys = Object.keys(orders);
			const run = current.run(worker, async () => {
				await scheduler.schedule(Promise.resolve());
				await worker.step();
				await execute(orders, witness, worker, keysIn(number)).catch((error: Error) => {
					if (!failures) throw error;
					keys.forEach((key) => witness.doubtful.add(key));
				});
			});
			await Promise.race([run, worker.death]);
			if (worker.isDead) keys.forEach((key) => witness.doubtful.add(key));
		});
		await scheduler.waitFor(Promise.all(ends));
		store.beforeStep = async () => {};
		return witness;
	}

	async function execute(
		orders: Record<string, string>,
		witness: Witness,
		worker: Worker,
		idempotencyKeys: IdempotencyKeys,
	) {
		const states = await idempotencyKeys.claim(Object.keys(orders));
		if (worker.isDead) return;
		const own = { placed: [], refused: [], unknown: [] } as Record<string, string[]>;
		for (const [key, result] of Object.entries(orders)) {
			witness.sees(key, states.get(key), orders);
			if (states.get(key) === 'free') own[result]?.push(key);
		}
		for (const key of own.placed ?? []) witness.placed.add(key);
		for (const key of own.unknown ?? []) witness.unknown.add(key);
		for (const key of own.refused ?? []) witness.gaveBack(key);
		await Promise.all([
			idempotencyKeys.confirm(own.placed ?? []).then(() => {
				if (!worker.isDead) own.placed?.forEach((key) => witness.confirmed.add(key));
			}),
			idempotencyKeys.release(own.refused ?? []),
		]);
	}

	it(`nobody gets a key that another has, a confirmed one stays so, a released one is free, and all ends (${timelines} timelines)`, async () => {
		let kills = 0;
		await fc.assert(
			fc.asyncProperty(timeline, async (life) => {
				const witness = await live(life);
				kills += life.deaths.filter((death) => death !== null).length;
				const states = await keysIn(0).look(names);
				for (const name of names) expect(witness.expectedStates(name)).toContain(states.get(name));
			}),
			{ numRuns: timelines },
		);
		expect(kills).toBeGreaterThan(timelines / 2);
	}, 600_000);
});
