import { startSandboxPanel } from '../sandbox/panel.mts';
import { inputOf, runNode } from './engine.mts';
import { panelForTests } from '../support/panelForTests.mts';

describe('Account: Get Balance', () => {
	const panel = panelForTests({ balance: 100.84292 });

	const parameters = { resource: 'account', operation: 'getBalance' };

	it('puts out the balance as a number with its currency', async () => {
		const { json, error } = await runNode({ parameters, panelUrl: panel.url });
		expect(error).toBeUndefined();
		expect(json).toEqual([{ balance: 100.84292, currency: 'USD' }]);
	});

	it('sends the key and the action as a form, and nothing else', async () => {
		await runNode({ parameters, panelUrl: panel.url });
		expect(panel.requests).toHaveLength(1);
		expect(panel.requests[0]).toMatchObject({
			method: 'POST',
			path: '/api/v2',
			contentType: expect.stringContaining('application/x-www-form-urlencoded'),
			form: { key: panel.apiKey, action: 'balance' },
		});
	});

	it('takes a key that was copied with the spaces and the line break around it, and blanks it out', async () => {
		const apiKey = ` ${panel.apiKey}\n`;
		const { json } = await runNode({ parameters, panelUrl: panel.url, apiKey });
		expect(json).toMatchObject([{ currency: 'USD' }]);
		panel.misbehave({
			on: 'balance',
			times: Infinity,
			does: { kind: 'refuse', error: `Key ${panel.apiKey} is blocked` },
		});
		const { error } = await runNode({ parameters, panelUrl: panel.url, apiKey });
		expect(error?.message).toContain('Key [API key] is blocked');
	});

	it('asks once for all input items and pairs an answer with each', async () => {
		const { main } = await runNode({
			parameters,
			items: [{ a: 1 }, { a: 2 }, { a: 3 }],
			panelUrl: panel.url,
		});
		expect(panel.requestsFor('balance')).toHaveLength(1);
		expect(main.map(inputOf)).toEqual([0, 1, 2]);
	});

	it("leaves the panel's own answer untouched when Simplify is off", async () => {
		const { json } = await runNode({
			parameters: { ...parameters, simplify: false },
			panelUrl: panel.url,
		});
		expect(json).toEqual([{ balance: '100.84292', currency: 'USD' }]);
	});
});

describe('an operation that this version does not have', () => {
	it('sends nothing, and says what to do', async () => {
		const panel = await startSandboxPanel();
		const parameters = { resource: 'account', operation: 'close' };
		const { error } = await runNode({ parameters, panelUrl: panel.url });
		await panel.close();
		expect(error?.message).toBe('There is no operation "close" for the resource "account"');
		expect(error?.description).toContain('Pick the resource and the operation');
		expect(panel.requests).toHaveLength(0);
	});
});
