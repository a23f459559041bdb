import { setTimeout as pause } from 'node:timers/promises';

import type { Execution } from '../host/execution.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { Pulse } from '../host/pulse.mts';
import { workflow } from '../host/workflow.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { hostileCases, hostileTextCases, hostileTextNames } from './hostileAnswers.mts';
import type { HostileCase } from './hostileAnswers.mts';

/** So long n8n may be kept from answering others, beyond what it is at rest on this machine. */
const LONGEST_MS = 1000;

jest.setTimeout(240_000);

describe('while a panel answers what is hard to read, n8n answers others', () => {
	let panel: SandboxPanel;
	let n8n: N8n;
	let pulse: Pulse;
	let atRestMs = 0;
	const measured: string[] = [];

	beforeAll(async () => {
		panel = await startSandboxPanel();
		n8n = await startN8n({ name: 'hostile' });
		await n8n.client.createCredential({
			type: 'smmPanelApi',
			data: { url: panel.url, apiKey: panel.apiKey },
		});
		pulse = await Pulse.of(n8n);
		// The first execution loads what later ones find in memory.
		await execute({ resource: 'account', operation: 'getBalance' });
		atRestMs = await pulse.longestDuring(async () => await pause(5000));
	});

	afterAll(async () => {
		const longestFirst = measured.sort((one, other) => parseInt(other) - parseInt(one));
		console.log([`${Math.round(atRestMs)} ms: at rest`, ...longestFirst].join('\n'));
		await pulse?.stop();
		await n8n?.stop();
		await panel?.close();
	});

	const execute = async (parameters: object) =>
		await n8n.client.runWorkflow(
			workflow([
				{ name: 'Ask', type: 'n8n-nodes-smm-panel.smmPanel', parameters: { ...parameters } },
			]),
			{ timeoutMs: 200_000 },
		);

	async function holds(hostile: HostileCase): Promise<void> {
		let longestMs = await longestOf(hostile);
		// Other programs on the machine take their time, too: what counts is the best of a few executions.
		for (let more = 2; more > 0 && longestMs >= LONGEST_MS + atRestMs; more--) {
			longestMs = Math.min(longestMs, await longestOf(hostile));
		}
		measured.push(`${Math.round(longestMs)} ms: ${hostile.name}`);
		expect(longestMs).toBeLessThan(LONGEST_MS + atRestMs);
	}

	/** For how long n8n did not answer during one execution, in milliseconds. */
	async function longestOf({ parameters, does, error, isRead }: HostileCase): Promise<number> {
		panel.reset();
		panel.misbehave({ does, times: Number.POSITIVE_INFINITY });
		let ended: Execution | undefined;
		const longestMs = await pulse.longestDuring(async () => {
			ended = await execute(parameters);
		});
		const said = ended?.error && `${ended.error.message} ${ended.error.description}`;
		if (isRead) expect(said).toBeUndefined();
		if (error !== undefined) expect(said).toContain(error);
		return longestMs;
	}

	it.each(hostileCases.map((one) => [one.name, one] as const))(
		'within a second: %s',
		async (_name, hostile) => await holds(hostile),
	);

	it.each(hostileTextNames)('within a second: 10 MB of %s', async (what) => {
		for (const hostile of hostileTextCases(what)) await holds(hostile);
	});
});
