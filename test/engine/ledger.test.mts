import { createRunExecutionData, type IRunExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import { Ledger, unreadable } from '../../nodes/SmmPanel/run/ledger.ts';
import { type ContextOptions, executeContext, nodeOf } from './executeContext.mts';

const amount = z.object({ amount: z.number() });

/** A ledger of one execution; with the same `run`, of a later try or run of it. */
const ledgerOf = async (options: ContextOptions = {}, type = 'smmPanel') =>
	new Ledger(
		await executeContext(
			{ ...nodeOf('SMM Panel'), type: `n8n-nodes-smm-panel.${type}` },
			{ run: createRunExecutionData(), executionId: '7', ...options },
		),
	);
/** What n8n hands to a retry: what the execution stored, as it is written to the database. */
const stored = (run: IRunExecutionData) => JSON.parse(JSON.stringify(run)) as IRunExecutionData;
const executionWith = (content: unknown) =>
	createRunExecutionData({
		executionData: { contextData: { 'node:SMM Panel': content } },
	} as never);

describe('the ledger of an execution', () => {
	it('returns what was remembered by that name, in a retry too', async () => {
		const run = createRunExecutionData();
		(await ledgerOf({ run })).remember('a', { amount: 1 });
		const retried = await ledgerOf({ run: stored(run), executionId: '8', mode: 'retry' });
		expect(retried.recall(amount, 'a')).toEqual({ amount: 1 });
		expect(retried.recall(amount, 'b')).toBeUndefined();
		expect((await ledgerOf()).recall(amount, 'a')).toBeUndefined();
	});

	it('returns what has the first of several names', async () => {
		const ledger = await ledgerOf();
		ledger.remember('old', { amount: 1 });
		expect(ledger.recall(amount, 'new', 'old')).toEqual({ amount: 1 });
		ledger.remember('new', { amount: 2 });
		expect(ledger.recall(amount, 'new', 'old')).toEqual({ amount: 2 });
	});

	it('says that it cannot read what has another form', async () => {
		const ledger = await ledgerOf();
		ledger.remember('a', { amount: 'much' });
		expect(ledger.recall(amount, 'a')).toBe(unreadable);
	});

	it('begins empty in a further run of the node, but not for the tool of an agent', async () => {
		const run = createRunExecutionData();
		(await ledgerOf({ run })).remember('a', { amount: 1 });
		expect((await ledgerOf({ run, runIndex: 1 })).recall(amount, 'a')).toBeUndefined();
		const first = await ledgerOf({ run }, 'smmPanelTool');
		first.remember('a', { amount: 2 });
		const second = await ledgerOf({ run, runIndex: 1 }, 'smmPanelTool');
		expect(second.recall(amount, 'a')).toEqual({ amount: 2 });
		expect([first.run, second.isTool]).toEqual(['tool', true]);
		expect(await ledgerOf({ run, runIndex: 1 })).toMatchObject({ run: '1', isTool: false });
	});

	it('lists the names of this run that begin alike', async () => {
		const run = createRunExecutionData();
		const ledger = await ledgerOf({ run });
		for (const name of ['order 1', 'order 2', 'row 1']) ledger.remember(name, {});
		(await ledgerOf({ run, runIndex: 1 })).remember('order 3', {});
		expect(ledger.namesFrom('order ')).toEqual(['order 1', 'order 2']);
	});

	it('adds up amounts over all runs of the node', async () => {
		const run = createRunExecutionData();
		const ledger = await ledgerOf({ run });
		expect(ledger.total('spent')).toBe(0);
		ledger.addToTotal('spent', 5);
		ledger.addToTotal('spent', -2);
		ledger.addToTotal('spent elsewhere', 9);
		expect((await ledgerOf({ run: stored(run), runIndex: 1 })).total('spent')).toBe(3);
	});

	it.each([['much'], [null], [{}]])('knows no total that is stored as %j', async (content) => {
		const ledger = await ledgerOf({ run: executionWith({ 'total spent': content }) });
		expect(ledger.total('spent')).toBeNull();
		ledger.addToTotal('spent', 5);
		expect(ledger.total('spent')).toBeNull();
	});
});

describe('the execution that all retries go back to', () => {
	it('is the first one', async () => {
		const run = createRunExecutionData();
		expect((await ledgerOf({ run, executionId: '7' })).origin).toBe('7');
		const retried = stored(run);
		expect((await ledgerOf({ run: retried, executionId: '8', mode: 'retry' })).origin).toBe('7');
		const again = await ledgerOf({ run: stored(retried), executionId: '9', mode: 'retry' });
		expect(again.origin).toBe('7');
	});

	it('is known by what it stored where it did not note itself, to each of its retries alike', async () => {
		const before = { '0 order 0/abc': { outcome: 'placed' } };
		const origins = await Promise.all(
			['8', '9'].map(async (executionId) => {
				const run = executionWith(structuredClone(before));
				return (await ledgerOf({ run, executionId, mode: 'retry' })).origin;
			}),
		);
		expect(new Set(origins).size).toBe(1);
		expect(['8', '9']).not.toContain(origins[0]);
		const other = executionWith({ '0 order 0/xyz': { outcome: 'placed' } });
		expect((await ledgerOf({ run: other, mode: 'retry' })).origin).not.toBe(origins[0]);
	});

	it.each<[string, object, ContextOptions]>([
		['a retry of one that stored nothing', {}, { mode: 'retry' }],
		['not a retry', { '0 order 0/abc': {} }, { mode: 'manual' }],
	])('is the present one where it is %s', async (_what, content, options) => {
		expect((await ledgerOf({ run: executionWith(content), ...options })).origin).toBe('7');
	});
});

describe('a ledger that another version has written', () => {
	it.each<[string, unknown]>([
		['a later version', { version: 3, '0 a': { amount: 1 } }],
		['an origin that is no ID', { origin: 5, '0 a': { amount: 1 } }],
		['an empty origin', { origin: '', '0 a': { amount: 1 } }],
		['a list', [{ amount: 1 }]],
		['a text', 'placed'],
	])('may hold anything, and stays as it is: %s', async (_what, content) => {
		const run = executionWith(structuredClone(content));
		const ledger = await ledgerOf({ run });
		expect(ledger.recall(amount, 'a')).toBe(unreadable);
		expect(ledger.recall(amount, 'never remembered')).toBe(unreadable);
		expect(ledger.total('spent')).toBeNull();
		expect(run.executionData?.contextData['node:SMM Panel']).toEqual(content);
	});

	it('is read as before where it notes the present version', async () => {
		const run = createRunExecutionData();
		(await ledgerOf({ run })).remember('a', { amount: 1 });
		expect(run.executionData?.contextData['node:SMM Panel']).toEqual({
			version: 2,
			origin: '7',
			'0 a': { amount: 1 },
		});
	});
});
