import { events } from '../../nodes/SmmPanelTrigger/events/index.ts';
import { engineKinds, TriggerEngine, type TriggerSetup } from './triggerEngines.mts';
import { panelForTests } from '../support/panelForTests.mts';

jest.setTimeout(30_000);

const panel = panelForTests({ balance: 100, catalogueSize: 100 });

function engineFor(parameters: TriggerSetup['parameters'], more: Partial<TriggerSetup> = {}) {
	return new TriggerEngine({
		parameters,
		credentials: { smmPanelApi: { url: panel.url, apiKey: panel.apiKey } },
		...more,
	});
}

function expectShape(engine: TriggerEngine): void {
	const schema = events[engine.parameters.event as string]?.output;
	for (const item of engine.items) expect(schema?.safeParse(item).error).toBeUndefined();
}

describe.each(engineKinds)('Balance Below in the %s engine', (kind) => {
	const parameters = { event: 'balanceBelow', threshold: 20 };

	it('fires once for each time the balance falls below the threshold', async () => {
		const engine = engineFor(parameters, { kind });
		await engine.activate();
		for (const balance of [20, 19.99, 5, 20, 19, 30, 10]) {
			panel.balance = balance;
			await engine.tick();
			await engine.tick();
		}
		expect(engine.items).toEqual(
			[19.99, 19, 10].map((balance) => ({
				event: 'balanceBelow',
				balance,
				currency: 'USD',
				threshold: 20,
			})),
		);
		expectShape(engine);
	});

	it('does not fire for a balance that was low from the beginning', async () => {
		panel.balance = 5;
		const engine = engineFor(parameters, { kind });
		await engine.activate();
		await engine.tick();
		expect(engine.executions).toEqual([]);
	});

	it('fires for what happened while n8n was down, once', async () => {
		const engine = engineFor(parameters, { kind });
		await engine.activate();
		await engine.tick();
		panel.balance = 5;
		await engine.restart();
		await engine.tick();
		await engine.restart();
		await engine.tick();
		expect(engine.items).toHaveLength(1);
	});

	it('fires for each fall when the clock of the machine is set back', async () => {
		const engine = engineFor(parameters, { kind });
		await engine.activate();
		await engine.tick();
		const now = Date.now.bind(Date);
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
		try {
			for (const balance of [5, 100, 4, 100, 3]) {
				panel.balance = balance;
				await engine.tick();
				await engine.tick();
			}
		} finally {
			clock.mockRestore();
		}
		expect(engine.items.map(({ balance }) => balance)).toEqual([5, 4, 3]);
	});

	it('fires when the user lifts the threshold above the balance', async () => {
		const engine = engineFor(parameters, { kind });
		await engine.activate();
		await engine.edit({ ...parameters, threshold: 200 });
		await engine.tick();
		expect(engine.items).toMatchObject([{ balance: 100, threshold: 200 }]);
	});
});

describe('Balance Below', () => {
	it('shows the present balance as a test event when it is below', async () => {
		const engine = engineFor({ event: 'balanceBelow', threshold: 200 });
		expect(await engine.fetchTestEvent()).toEqual([
			{ event: 'balanceBelow', balance: 100, currency: 'USD', threshold: 200 },
		]);
	});

	it.each([
		[100, 20, 'The balance is 100 USD, which is 80 USD above the threshold'],
		[94.15, 10.2, 'The balance is 94.15 USD, which is 83.95 USD above the threshold'],
		[20, 20, 'The balance is 20 USD, which is 0 USD above the threshold'],
	])(
		'shows no event that could not be: %s with a threshold of %s',
		async (balance, threshold, message) => {
			panel.balance = balance;
			const engine = engineFor({ event: 'balanceBelow', threshold });
			await expect(engine.fetchTestEvent()).rejects.toThrow(message);
		},
	);

	it.each(['"much"', '""', '" "', 'null', 'undefined', 'true', '[]', '[20]', '{}'])(
		'does not activate without a number: %s',
		async (threshold) => {
			const engine = engineFor({ event: 'balanceBelow', threshold: `={{ ${threshold} }}` });
			await expect(engine.activate()).rejects.toThrow('Threshold is not a number');
		},
	);

	it.each(['200', '" 200.0 "'])('takes a number in each form: %s', async (threshold) => {
		const engine = engineFor({ event: 'balanceBelow', threshold: `={{ ${threshold} }}` });
		expect(await engine.fetchTestEvent()).toMatchObject([{ threshold: 200 }]);
	});
});

describe.each(engineKinds)('Catalogue Changed in the %s engine', (kind) => {
	const parameters = { event: 'catalogueChanged' };

	it('fires for every kind of change, with the values before', async () => {
		const engine = engineFor(parameters, { kind });
		await engine.activate();
		const [rated, limited, switched, removed] = panel.services as [never, never, never, never];
		const before = structuredClone({ rated, limited, switched, removed }) as Record<string, any>;
		Object.assign(rated, { rate: 99.5 });
		Object.assign(limited, { min: 7, max: 77 });
		Object.assign(switched, { refill: !before.switched.refill });
		panel.services.splice(3, 1);
		panel.services.push({ ...before.rated, service: 777_777, name: 'New here' } as never);
		await engine.tick();
		await engine.tick();
		expect(engine.executions).toHaveLength(1);
		expect(engine.items).toMatchObject([
			{
				event: 'catalogueChanged',
				change: 'rateChanged',
				service: String(before.rated.service),
				name: before.rated.name,
				rate: 99.5,
				previous: { rate: before.rated.rate, min: before.rated.min },
			},
			{
				change: 'limitsChanged',
				min: 7,
				max: 77,
				previous: { min: before.limited.min, max: before.limited.max },
			},
			{
				change: 'flagsChanged',
				refill: !before.switched.refill,
				previous: { refill: before.switched.refill, cancel: before.switched.cancel },
			},
			{ change: 'added', service: '777777', name: 'New here', previous: null },
			{
				change: 'removed',
				service: String(before.removed.service),
				name: before.removed.name,
				rate: before.removed.rate,
				previous: { rate: before.removed.rate, max: before.removed.max },
			},
		]);
		expectShape(engine);
	});

	it('fires for what changed while n8n was down, once', async () => {
		const engine = engineFor(parameters, { kind });
		await engine.activate();
		await engine.tick();
		(panel.services[0] as { rate: number }).rate = 5;
		await engine.restart();
		await engine.tick();
		await engine.restart();
		await engine.tick();
		expect(engine.items).toMatchObject([{ change: 'rateChanged', rate: 5 }]);
		expect(engine.items).toHaveLength(1);
	});

	it('takes an empty catalogue for a fault of the panel, and forgets nothing', async () => {
		const engine = engineFor(parameters, { kind });
		await engine.activate();
		for (const body of [
			'[]',
			'{"status":"success","data":"Empty Data"}',
			'{"error":"Server error"}',
		]) {
			panel.misbehave({ times: 3, does: { kind: 'answer', body } });
			await engine.tick();
			panel.reset();
		}
		await engine.tick();
		expect(engine.errors.map(({ message }) => message)).toEqual([
			'The panel answered with an empty catalogue',
			'The panel answered with an empty catalogue',
			'Server error',
		]);
		expect(engine.executions).toEqual([]);
	});
});

describe('Catalogue Changed', () => {
	const event = 'catalogueChanged';

	it('fires only for the chosen changes', async () => {
		const engine = engineFor({ event, changes: ['limitsChanged'] });
		await engine.activate();
		Object.assign(panel.services[0] as object, { rate: 99.5, max: 77_777 });
		await engine.tick();
		expect(engine.items).toMatchObject([{ change: 'limitsChanged', max: 77_777 }]);
		expect(engine.items).toHaveLength(1);
	});

	it('watches only what matches the filters', async () => {
		const [watched, other] = panel.services as Array<{ service: number; rate: number }>;
		const engine = engineFor({ event, filters: { ids: String(watched?.service) } });
		await engine.activate();
		if (other) other.rate = 55;
		if (watched) watched.rate = 66;
		await engine.tick();
		expect(engine.items).toMatchObject([{ service: String(watched?.service), rate: 66 }]);
		expect(engine.items).toHaveLength(1);
	});

	it('reports a price that leaves the range of the filters, and nothing of this service afterwards', async () => {
		const [first] = panel.services as Array<{ service: number; rate: number }>;
		if (first) first.rate = 1;
		const engine = engineFor({ event, filters: { ids: String(first?.service), maxRate: 2 } });
		await engine.activate();
		for (const rate of [3, 4, 1]) {
			if (first) first.rate = rate;
			await engine.tick();
		}
		expect(engine.items.map(({ change, rate }) => [change, rate])).toEqual([
			['rateChanged', 3],
			['added', 1],
		]);
	});

	it('takes services that match only since the filters were edited for known', async () => {
		const [first, second] = panel.services as Array<{ service: number; rate: number }>;
		const engine = engineFor({ event, filters: { ids: String(first?.service) } });
		await engine.activate();
		await engine.edit({ event, filters: { ids: `${first?.service}, ${second?.service}` } });
		expect(engine.executions).toEqual([]);
		if (second) second.rate = 44;
		await engine.tick();
		expect(engine.items).toMatchObject([
			{ change: 'rateChanged', service: String(second?.service) },
		]);
	});

	it('takes filters from expressions, and goes on when one is typed instead', async () => {
		const [first] = panel.services as Array<{ service: number; rate: number }>;
		const filters = { search: `={{ ${first?.service} }}`, maxRate: '={{ "1000" }}' };
		const engine = engineFor({ event, filters });
		await engine.activate();
		engine.parameters = { event, filters: { search: String(first?.service), maxRate: 1000 } };
		Object.assign(first as object, { rate: 2000 });
		await engine.tick();
		expect(engine.items).toMatchObject([{ change: 'rateChanged', rate: 2000 }]);
	});

	it.each([
		[{ maxRate: '={{ "cheap" }}' }, 'Maximum Rate must be a number (got "cheap")'],
		[{ ids: '={{ ({ id: 101 }) }}' }, 'Service IDs holds an object'],
	])('does not activate with the filters %j, and names the field', async (filters, message) => {
		const engine = engineFor({ event, filters });
		await expect(engine.activate()).rejects.toThrow(message);
	});

	it.each([
		[['rateChanged'], 'rateChanged'],
		[['limitsChanged', 'flagsChanged'], 'limitsChanged'],
		[['flagsChanged'], 'flagsChanged'],
		[['added'], 'added'],
		[['removed'], 'removed'],
		[[], 'rateChanged'],
	])('shows a present service as a sample of a change: %j', async (changes, change) => {
		const engine = engineFor({ event, changes });
		const items = await engine.fetchTestEvent();
		const [service] = panel.services;
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({ change, service: String(service?.service), sample: true });
		expect(events[event]?.output.safeParse(items[0]).error).toBeUndefined();
		const { previous, rate, min, max, dripfeed, refill, cancel } = items[0] as Record<string, any>;
		const now = { rate, min, max, dripfeed, refill, cancel };
		if (change === 'added') expect(previous).toBeNull();
		else if (change === 'removed') expect(previous).toEqual(now);
		else expect(previous).not.toEqual(now);
	});

	it('says so when no service matches the filters', async () => {
		const engine = engineFor({ event, filters: { search: 'there is no such service' } });
		await expect(engine.fetchTestEvent()).rejects.toThrow('No service matches the filters');
	});
});

describe.each(engineKinds)('a catalogue that is half there, in the %s engine', (kind) => {
	const event = 'catalogueChanged';
	const opened = async (more: object = {}) => {
		const engine = engineFor({ event, ...more }, { kind });
		await engine.activate();
		await engine.tick();
		return { engine, all: [...panel.services] };
	};
	const show = (services: readonly (typeof panel.services)[number][]) =>
		panel.services.splice(0, Infinity, ...services);

	it('for a poll fires nothing, and what changed meanwhile fires afterwards', async () => {
		const { engine, all } = await opened();
		for (let time = 0; time < 3; time++) {
			show(all.slice(0, all.length / 2));
			await engine.tick();
			show(all);
			await engine.tick();
		}
		Object.assign(all.at(-1) as object, { rate: 4_321 });
		await engine.tick();
		await engine.tick();
		expect(engine.items).toMatchObject([{ change: 'rateChanged', rate: 4_321 }]);
		expect(engine.items).toHaveLength(1);
		expect(engine.log).toHaveLength(3);
		expect(engine.log[0]).toMatch(/lost \d+ services and gained 0 at once/);
	});

	it('is believed when the next poll says the same, but for a few services', async () => {
		const { engine, all } = await opened();
		const half = all.slice(0, Math.floor(all.length / 2));
		show(half);
		await engine.tick();
		expect(engine.items).toEqual([]);
		show(half.slice(1));
		await engine.tick();
		await engine.tick();
		expect(engine.items).toHaveLength(all.length - half.length + 1);
		expect(engine.items.every(({ change }) => change === 'removed')).toBe(true);
	});

	it('is not believed when the next poll says something else', async () => {
		const { engine, all } = await opened();
		const middle = Math.floor(all.length / 2);
		for (const part of [all.slice(0, middle), all.slice(middle), all.slice(0, middle)]) {
			show(part);
			await engine.tick();
		}
		show(all);
		await engine.tick();
		expect(engine.items).toEqual([]);
	});

	it('is doubted also where few services match the filters', async () => {
		const [first] = panel.services;
		const { engine, all } = await opened({ filters: { ids: String(first?.service) } });
		show(all.slice(all.length / 2));
		await engine.tick();
		show(all);
		await engine.tick();
		expect(engine.items).toEqual([]);
	});

	it('is not doubted for a small change', async () => {
		const { engine, all } = await opened();
		show(all.slice(20));
		await engine.tick();
		expect(engine.items).toHaveLength(20);
	});
});
