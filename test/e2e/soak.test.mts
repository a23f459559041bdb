import { freePorts } from '../host/freePorts.mts';
import { Inspector } from '../host/inspector.mts';
import type { Holdings } from '../host/inspector.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { until } from '../support/until.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { prepareChores } from './soakChores.mts';
import type { Chore } from './soakChores.mts';

/** How often all chores are done between two looks at the memory: more when npm runs the script of that name. */
const REPEATS = process.env.npm_lifecycle_event === 'soak' ? 10 : 1;
const WARM_UPS = 2;
const ROUNDS = 5;
/** The heap of an n8n at rest goes up and down by this much from look to look. */
const NOISE_BYTES = 512 * 1024;
/** Connections that are kept for the next request, timers that run out. */
const FEW_RESOURCES = 15;

jest.setTimeout(240_000 + REPEATS * 600_000);

/** What a round of chores left behind. */
interface Growth {
	heap: number;
	holdings: Holdings;
}

describe('n8n after hundreds of executions and polls', () => {
	let panel: SandboxPanel;
	let n8n: N8n;
	let inspector: Inspector;

	beforeAll(async () => {
		panel = await startSandboxPanel({ balance: 1e9, catalogueSize: 5000 });
		const [port] = (await freePorts(1)) as [number];
		n8n = await startN8n({
			name: 'soak',
			nodeParameters: [`--inspect=127.0.0.1:${port}`],
			environment: {
				// What n8n gathers for its own statistics would be taken for a leak.
				N8N_DISABLED_MODULES: 'mcp-registry,insights',
				EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
				EXECUTIONS_DATA_SAVE_ON_ERROR: 'none',
			},
		});
		await n8n.client.createCredential({
			type: 'smmPanelApi',
			data: { url: panel.url, apiKey: panel.apiKey },
		});
		inspector = await Inspector.connect(port);
	});

	afterAll(async () => {
		inspector?.close();
		await n8n?.stop();
		await panel?.close();
	});

	it('holds no more memory, sockets and timers than with nodes of its own', async () => {
		const chores = await prepareChores(n8n, panel);
		for (let round = 0; round < WARM_UPS; round++) {
			await doAll(chores.plain);
			await doAll(chores.ours);
		}
		let last = await inspector.holdings();
		const resourcesBefore = countOf(last);
		const grow = async (what: Chore[]): Promise<Growth> => {
			await doAll(what);
			const before = last;
			last = await inspector.holdings();
			return { heap: last.heapBytes - before.heapBytes, holdings: last };
		};

		const ours: Growth[] = [];
		const plain: Growth[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			plain.push(await grow(chores.plain));
			ours.push(await grow(chores.ours));
		}
		const executions = chores.ours.reduce((sum, { times }) => sum + times, 0) * REPEATS;
		console.log(report(executions, plain, ours));

		const allowed = Math.max(0, medianHeap(plain)) + NOISE_BYTES;
		expect(medianHeap(ours)).toBeLessThan(allowed);
		await until(
			'the connections and timers of the last round are gone',
			60_000,
			async () => countOf(await inspector.holdings()),
			(count) => count <= resourcesBefore + FEW_RESOURCES,
		);
	});

	async function doAll(chores: Chore[]): Promise<void> {
		for (let repeat = 0; repeat < REPEATS; repeat++) {
			for (const { times, run } of chores) {
				for (let time = 0; time < times; time++) await run();
			}
		}
		panel.forgetRequests();
	}
});

function countOf({ resources }: Holdings): number {
	return Object.values(resources).reduce((sum, count) => sum + count, 0);
}

function medianHeap(growths: Growth[]): number {
	const sorted = growths.map(({ heap }) => heap).sort((left, right) => left - right);
	return sorted[Math.floor(sorted.length / 2)] as number;
}

function report(executions: number, plain: Growth[], ours: Growth[]): string {
	const kilobytes = (growths: Growth[]) =>
		growths.map(({ heap }) => Math.round(heap / 1024)).join(', ');
	const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
	const states = ours.map(
		({ holdings }) =>
			`${megabytes(holdings.heapBytes)} of ${megabytes(holdings.residentBytes)}, ${countOf(holdings)} resources`,
	);
	return [
		`${ROUNDS} rounds of ${executions} executions, polls and searches with our nodes, and as many without.`,
		`Heap grown in kB with our nodes: ${kilobytes(ours)}; without: ${kilobytes(plain)}.`,
		`MB of heap and in all after each round: ${states.join('; ')}.`,
	].join('\n');
}
