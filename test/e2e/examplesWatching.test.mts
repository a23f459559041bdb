import { setTimeout as pause } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { N8nClient } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { until } from '../support/until.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';
import { example, rowsOf, withParameters } from './exampleFiles.mts';

jest.setTimeout(180_000);

const EVERY_MINUTE = { pollTimes: { item: [{ mode: 'everyMinute' }] } };

let panel: SandboxPanel;
let n8n: N8n;
let client: N8nClient;

beforeAll(async () => {
	panel = await startSandboxPanel();
	n8n = await startN8n({ name: 'examples-watching' });
	client = n8n.client;
	await client.createCredential({
		name: 'Sandbox panel',
		type: 'smmPanelApi',
		data: { url: panel.url, apiKey: panel.apiKey },
	});
});

afterAll(async () => {
	await n8n?.stop();
	await panel?.close();
});

beforeEach(() => panel.reset());

function service(id: number) {
	const found = panel.services.find((row) => row.service === id);
	if (!found) throw new Error(`There is no service ${id}`);
	return found;
}

describe('price-list', () => {
	it('lists every service with its margin, once however often the list is made', async () => {
		const { id } = await client.importWorkflow(example('price-list'));
		for (let press = 0; press < 2; press++) {
			expect((await client.runWorkflow(id)).error).toBeUndefined();
		}
		const rows = await rowsOf(client, 'Price list');
		expect(rows).toHaveLength(panel.services.length);
		expect(rows.find((row) => row.service === '102')).toMatchObject({
			cost: 1.2,
			price: 2.4,
			min: 10,
			max: 50000,
			onSale: true,
		});
	});

	it('keeps the list as it is while the panel cannot be asked', async () => {
		const { id } = await client.importWorkflow(example('price-list'));
		await client.runWorkflow(id);
		const before = await rowsOf(client, 'Price list');
		panel.misbehave({ on: 'services', times: Infinity, does: { kind: 'html' } });
		expect((await client.runWorkflow(id)).error?.message).toContain('web page');
		expect(await rowsOf(client, 'Price list')).toEqual(before);
	});

	it('stays in step: what rose, fell, is new and has vanished', async () => {
		const { id } = await client.importWorkflow(
			withParameters(example('price-list'), { 'Catalogue changed': EVERY_MINUTE }),
		);
		await client.runWorkflow(id);
		expect(await client.activate(id)).toMatchObject({ status: 'published' });
		service(101).rate = 300;
		service(102).rate = 1;
		const removed = panel.services.splice(
			panel.services.findIndex((row) => row.service === 103),
			1,
		);
		panel.services.push({ ...service(102), service: 900, name: 'Brand-new likes' });
		const changed = async () =>
			(await rowsOf(client, 'Price list')).filter(({ change }) => change !== 'new' || undefined);
		await until('the list has changed', 90_000, changed, (rows) => rows.length > 2);
		await client.deactivate(id);
		const rows = await rowsOf(client, 'Price list');
		const rowOf = (wanted: string): IDataObject | undefined =>
			rows.find((row) => row.service === wanted);
		expect(rowOf('101')).toMatchObject({ change: 'rose', cost: 300, price: 540 });
		expect(rowOf('102')).toMatchObject({ change: 'fell', cost: 1, price: 2 });
		expect(rowOf('103')).toMatchObject({
			change: 'vanished',
			onSale: false,
			cost: removed[0]?.rate,
			name: removed[0]?.name,
		});
		expect(rowOf('900')).toMatchObject({ change: 'new', price: 2, name: 'Brand-new likes' });
	});
});

describe('stuck-orders', () => {
	/** Answers the page of the execution that waits, as a person does: once, or with more clicks at the same time. */
	async function answer(executionId: string, choice: string, clicks = 1): Promise<string> {
		const { text, message } = await until(
			'the page is there',
			30_000,
			async () => {
				const execution = await client.execution(executionId);
				const [item] = execution.json('Message');
				return { text: execution.status, message: String(item?.message) };
			},
			({ text: status }) => status === 'waiting',
		);
		expect(text).toBe('waiting');
		const address = new URL(/What to do: (\S+)/.exec(message)?.[1] ?? '');
		const responses = await Promise.all(
			Array.from({ length: clicks }, async () => {
				const body = new FormData();
				body.set('field-0', choice);
				return await fetch(`${n8n.url}${address.pathname}${address.search}`, {
					method: 'POST',
					body,
				});
			}),
		);
		expect(responses.map(({ status }) => status)).toContain(200);
		return message;
	}

	async function start(...orders: string[]): Promise<string> {
		const { id } = await client.importWorkflow(
			withParameters(example('stuck-orders'), { 'Order stuck': { orderIds: orders.join(',') } }),
		);
		return await client.startWorkflow(id);
	}

	it('asks for each stuck order, and cancels, refills or leaves it', async () => {
		const orders = panel.seedOrders(3, { order: '51001', service: '101' });
		const [cancelled = '', refilled = ''] = orders;
		const execution = await start(...orders);
		for (const [position, choice] of ['Cancel', 'Refill', 'Leave it'].entries()) {
			await until(
				'the next order is asked for',
				30_000,
				async () => (await client.execution(execution)).runs('Message').length,
				(runs) => runs === position + 1,
			);
			const message = await answer(execution, choice);
			expect(message).toContain(`Order ${orders[position] ?? ''} hasn't moved for 24 hours`);
			await pause(500);
		}
		const ended = await client.executionEnd(execution);
		expect(ended.error).toBeUndefined();
		expect(panel.requestsFor('cancel').map(({ form }) => form.order ?? form.orders)).toEqual([
			cancelled,
		]);
		expect(panel.requestsFor('refill').map(({ form }) => form.order)).toEqual([refilled]);
		// Not finished yet: the panel grants no refill.
		expect(ended.json('Refused')[0]?.result).toMatch(/\w/);
		expect(panel.orders.get(cancelled)?.cancelRequestedAt).toBeDefined();
	});

	it('says that an outcome is unknown, and goes on to the next order', async () => {
		panel.misbehave({ on: 'cancel', does: { kind: 'dropAfter' } });
		const execution = await start(...panel.seedOrders(2, { order: '53001', service: '101' }));
		await answer(execution, 'Cancel');
		await until(
			'the next order is asked for',
			30_000,
			async () => (await client.execution(execution)).runs('Message').length,
			(runs) => runs === 2,
		);
		await answer(execution, 'Leave it');
		const ended = await client.executionEnd(execution);
		expect(ended.error).toBeUndefined();
		expect(ended.json('Refused')[0]?.result).toMatch(/^Outcome unknown/);
		expect(panel.requestsFor('cancel')).toHaveLength(1);
	});

	it('cancels once when the page is answered twice at the same time', async () => {
		const execution = await start(...panel.seedOrders(1, { order: '54001', service: '101' }));
		await answer(execution, 'Cancel', 2);
		expect((await client.executionEnd(execution)).error).toBeUndefined();
		expect(panel.requestsFor('cancel')).toHaveLength(1);
	});

	it('passes over an order that is finished', async () => {
		panel.seedOrders(1, { order: '52001', status: 'Completed' });
		const execution = await client.executionEnd(await start('52001'));
		expect(execution.runs('Message')).toEqual([]);
		expect([...panel.requestsFor('cancel'), ...panel.requestsFor('refill')]).toEqual([]);
	});
});
