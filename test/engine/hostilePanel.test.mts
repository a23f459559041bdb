import type { INodeParameters } from 'n8n-workflow';

import { type Action, actions } from '../../nodes/panelApi/actions.ts';
import type { HostileEffect } from '../sandbox/panel.mts';
import { hastenDeadlines, haste } from '../support/fastDeadlines.mts';
import { openUnacceptedPort } from '../support/unacceptedPort.mts';
import { type NodeRun, runNode } from './engine.mts';
import { TriggerEngine } from './triggerEngines.mts';
import { ListServer } from './triggerListServer.mts';
import { panelForTests } from '../support/panelForTests.mts';

jest.setTimeout(30_000);

/** What a call may take beyond its own time. */
const lateByMs = 2_000;

const callFor: Record<Action, INodeParameters> = {
	services: { resource: 'service', operation: 'getMany', returnAll: true },
	balance: { resource: 'account', operation: 'getBalance' },
	add: {
		resource: 'order',
		operation: 'create',
		service: { __rl: true, mode: 'id', value: '101' },
		link: 'https://www.instagram.com/p/a',
		quantity: 100,
	},
	status: { resource: 'order', operation: 'getStatus', orderIds: '5' },
	refill: { resource: 'refill', operation: 'create', orderIds: '5' },
	refill_status: { resource: 'refill', operation: 'getStatus', refillIds: '5' },
	cancel: { resource: 'order', operation: 'cancel', orderIds: '5' },
};
const everyAction = Object.keys(callFor) as Action[];

const panel = panelForTests();
let letTimePass: () => void;
beforeAll(async () => {
	letTimePass = hastenDeadlines();
});
afterAll(async () => {
	letTimePass();
});

async function callOf(action: Action, more: Partial<NodeRun> = {}) {
	const start = Date.now();
	const result = await runNode({ panelUrl: panel.url, parameters: callFor[action], ...more });
	return { ...result, elapsed: Date.now() - start };
}

const drip: HostileEffect = { kind: 'drip', everyMs: 10, sends: 'half', acts: true };

describe('a panel that sends a blank again and again', () => {
	it.each(everyAction)('cannot keep "%s" waiting beyond its time', async (action) => {
		panel.seedOrders(1, { order: '5', status: 'Completed' });
		panel.misbehave({ does: drip, times: Infinity });
		const { error, elapsed } = await callOf(action);
		expect(elapsed).toBeLessThan(actions[action].timeoutMs / haste + lateByMs);
		const seconds = actions[action].timeoutMs / 1000;
		expect(error?.description).toContain(`did not end within ${seconds} s`);
		expect(panel.requests).toHaveLength(1);
	});

	it.each(['add', 'refill', 'cancel'] as const)(
		'leaves the outcome of "%s" unknown',
		async (action) => {
			panel.seedOrders(1, { order: '5', status: 'Completed' });
			panel.misbehave({ does: drip, times: Infinity });
			expect((await callOf(action)).error?.message).toContain('Outcome unknown');
		},
	);

	it('cannot keep a poll waiting, and the next one runs', async () => {
		const trigger = new TriggerEngine({
			parameters: { event: 'orderStatusChanged', watchFrom: 'list', orderIds: '5' },
			credentials: { smmPanelApi: { url: panel.url, apiKey: panel.apiKey } },
		});
		panel.seedOrders(1, { order: '5', status: 'Pending' });
		await trigger.activate();
		panel.misbehave({ does: drip });
		await trigger.tick();
		expect(trigger.errors).toHaveLength(1);
		panel.setOrder('5', { status: 'Completed' });
		await trigger.tick();
		expect(trigger.items).toMatchObject([{ order: '5', previousState: 'pending' }]);
	});
});

describe('a watch list that sends a blank again and again', () => {
	it('cannot keep a poll waiting, and says why it failed', async () => {
		const list = await new ListServer().start();
		list.answer = (_request, response) => {
			response.writeHead(200);
			const dripping = setInterval(() => response.write(' '), 10);
			response.once('close', () => clearInterval(dripping));
		};
		const trigger = new TriggerEngine({
			parameters: { event: 'orderStatusChanged', watchFrom: 'url', watchUrl: list.url },
			credentials: { smmPanelApi: { url: panel.url, apiKey: panel.apiKey } },
		});
		await expect(trigger.activate()).rejects.toMatchObject({
			message: 'The watch list cannot be read',
			description: expect.stringContaining('did not end within 15 s'),
		});
		await list.close();
	});
});

describe('a panel that changes to another protocol', () => {
	it.each(['add', 'balance'] as const)('does not let "%s" hang', async (action) => {
		panel.misbehave({ does: { kind: 'upgrade' } });
		const { error, elapsed } = await callOf(action);
		expect(elapsed).toBeLessThan(actions[action].timeoutMs / haste + lateByMs);
		expect(error?.description).toContain('There was no answer within');
	});
});

describe('an answer that is too large', () => {
	beforeAll(() => letTimePass());
	afterAll(() => (letTimePass = hastenDeadlines()));

	it.each<[Action, HostileEffect, string]>([
		['services', { kind: 'endless' }, '64 MB'],
		['services', { kind: 'bomb', megabytes: 300 }, '64 MB'],
		['status', { kind: 'endless' }, '8 MB'],
		['balance', { kind: 'bomb', megabytes: 300 }, '8 MB'],
	])('to "%s" (%j) is not read beyond its largest size', async (action, does, size) => {
		panel.misbehave({ does, times: Infinity });
		const { error } = await callOf(action);
		expect(error?.message).toContain('The panel answered too much');
		expect(error?.description).toContain(`The answer is larger than ${size}`);
		expect(panel.requests).toHaveLength(1);
	});

	it('leaves the outcome of an order unknown', async () => {
		panel.misbehave({ does: { kind: 'endless', acts: true } });
		const { error } = await callOf('add');
		expect(error?.message).toContain('Outcome unknown: the panel answered too much');
		expect(panel.orders.size).toBe(1);
	});
});

describe('an order that cannot have arrived is an ordinary failure', () => {
	it('where nobody accepts the connection', async () => {
		const port = await openUnacceptedPort();
		const { error } = await callOf('add', { panelUrl: `${port.origin}/api/v2` });
		port.close();
		expect(error?.message).toBe('The panel cannot be reached');
		expect(error?.description).toContain('No connection came about within 60 s');
	});

	it('where the panel speaks http and its URL begins with https', async () => {
		const { error } = await callOf('add', { panelUrl: panel.url.replace('http:', 'https:') });
		expect(error?.message).toBe('The panel cannot be reached');
		expect(error?.description).toContain('its API URL may begin with http://');
	});
});
