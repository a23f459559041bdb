import type { INode } from 'n8n-workflow';
import type { Browser, Page, Request } from 'playwright-core';

import { chromiumProgram, launchBrowser, logIn } from '../browser/browser.mts';
import { openLastNode, openNewWorkflow } from '../browser/canvas.mts';
import {
	connectionProblem,
	connectionTested,
	credentialField,
	credentialSaved,
	openCredential,
	openNewCredential,
	saveCredential,
} from '../browser/credentialModal.mts';
import { eventually } from '../support/eventually.mts';
import {
	chooseOption,
	executeStep,
	expectedInputFields,
	fillField,
	hasField,
	helpOf,
	outputRows,
	shownError,
} from '../browser/nodeDetails.mts';
import {
	addAction,
	listedNodes,
	nodesPanelText,
	searchNodes,
	showActions,
} from '../browser/nodesPanel.mts';
import {
	listedServices,
	openServicePicker,
	pickedService,
	pickService,
	searchServices,
} from '../browser/servicePicker.mts';
import type { Credential } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline } from '../host/workflow.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';

jest.setTimeout(300_000);

const SMM_PANEL = 'n8n-nodes-smm-panel.smmPanel';
const LINK = 'https://www.instagram.com/p/Cx1';

function smmPanel(parameters: INode['parameters']): NodeOutline {
	return { name: 'SMM Panel', type: SMM_PANEL, parameters };
}

const orderOf = (service: string, parameters: INode['parameters']): NodeOutline =>
	smmPanel({
		resource: 'order',
		operation: 'create',
		service: { __rl: true, mode: 'id', value: service },
		link: LINK,
		...parameters,
	});

/** What n8n answered, empty where the browser keeps nothing of it. */
async function answerTo(request: Request): Promise<string> {
	try {
		return (await (await request.response())?.text()) ?? '';
	} catch {
		return '';
	}
}

const skips = !chromiumProgram() && !process.env.CI;
const title = `the package in n8n's editor${skips ? ' (skipped: this machine has no chromium)' : ''}`;

(skips ? describe.skip : describe)(title, () => {
	let panel: SandboxPanel;
	let n8n: N8n;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		panel = await startSandboxPanel();
		n8n = await startN8n({ name: 'editor' });
		browser = await launchBrowser();
		page = await logIn(browser, n8n);
	});
	beforeEach(() => {
		panel.reset();
	});
	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await panel?.close();
	});

	describe('before there is a credential', () => {
		afterEach(async () => {
			for (const { id } of await n8n.client.request<Credential[]>('GET', '/rest/credentials')) {
				await n8n.client.request('DELETE', `/rest/credentials/${id}`);
			}
		});

		it('finds the nodes by their name and by what people look for', async () => {
			await openNewWorkflow(page, n8n);
			for (const words of ['smm', 'followers', 'perfect panel', 'low balance']) {
				await searchNodes(page, '');
				await eventually(async () => {
					expect(await listedNodes(page)).not.toContain('SMM Panel');
				});
				await searchNodes(page, words);
				await eventually(async () => {
					expect(await listedNodes(page)).toContain('SMM Panel');
				});
			}
		});

		it('lists what the nodes can do, in words', async () => {
			await openNewWorkflow(page, n8n);
			await searchNodes(page, 'smm panel');
			await showActions(page, 'SMM Panel');
			await eventually(async () => {
				expect(await listedNodes(page)).toEqual([
					'On low balance',
					'On catalogue change',
					'On order status change',
					'On stuck order',
					'On refill status change',
					'Get account balance',
					'Cancel orders',
					'Create an order',
					'Get order status',
					'Quote an order',
					'Request refills',
					'Get refill status',
					'Get many services',
				]);
			});
			const text = await nodesPanelText(page);
			for (const heading of ['Account', 'Order', 'Refill', 'Service']) {
				expect(text).toMatch(new RegExp(`^${heading} actions$`, 'im'));
			}
		});

		it('says why a credential does not work, and when it does', async () => {
			await openNewWorkflow(page, n8n);
			await searchNodes(page, 'smm panel');
			await showActions(page, 'SMM Panel');
			await addAction(page, 'Get account balance');

			await openNewCredential(page);
			expect(await credentialField(page, 'url')).toBe('');
			await saveCredential(page, { url: panel.url, apiKey: 'not-the-key' });
			const problem = await connectionProblem(page);
			expect(problem).toContain('Couldn’t connect with these settings');
			expect(problem).toContain('The panel says "Invalid API key". Copy the key again');

			await saveCredential(page, { apiKey: panel.apiKey });
			await credentialSaved(page);
			await openCredential(page);
			await connectionTested(page);
			expect(panel.requestsFor('balance').at(-1)?.form.key).toBe(panel.apiKey);
		});
	});

	describe('with a credential', () => {
		beforeAll(async () => {
			await n8n.client.createCredential({
				name: 'Sandbox panel',
				type: 'smmPanelApi',
				data: { url: panel.url, apiKey: panel.apiKey },
			});
		});

		const openOrder = async () =>
			await openLastNode(
				page,
				n8n,
				workflow([smmPanel({ resource: 'order', operation: 'create' })]),
			);

		it('offers the services of the panel and finds them by words and prices', async () => {
			await openOrder();
			await openServicePicker(page);
			expect(await listedServices(page)).toHaveLength(panel.services.length);

			await searchServices(page, 'custom comments');
			await eventually(async () => {
				expect(await listedServices(page)).toEqual([
					'YouTube Custom Comments | 18 per 1k | 107 | 2 to 500 | Custom Comments',
					'Instagram Custom Commen… | 3.75 per package | 108 | Custom Comments Package',
				]);
			});

			await searchServices(page, 'instagram likes <1.3');
			await eventually(async () => {
				expect(await listedServices(page)).toEqual([
					'Instagram Likes [Instan… | 1.2 per 1k | 102 | 10 to 50k | Default',
				]);
			});
			await pickService(page, 'Instagram Likes');
			await eventually(async () => {
				expect(await pickedService(page)).toMatch(
					/^Instagram Likes \[Instan… \| 1\.2 per 1k \| 102 \|/,
				);
			});
		});

		it('places the order that was picked and typed, once, and shows its ID', async () => {
			await openNewWorkflow(page, n8n);
			await searchNodes(page, 'smm panel');
			await showActions(page, 'SMM Panel');
			await addAction(page, 'Create an order');
			await openServicePicker(page);
			await pickService(page, 'Instagram Likes');
			await fillField(page, 'link', LINK);
			await fillField(page, 'quantity', '100');
			await executeStep(page);

			await eventually(async () => {
				expect(await outputRows(page)).toEqual([
					['order', 'service', 'link', 'quantity'],
					[[...panel.orders.keys()].join(), '102', LINK, '100'],
				]);
			});
			expect(panel.requestsFor('add').map(({ form }) => form)).toEqual([
				{ key: panel.apiKey, action: 'add', service: '102', link: LINK, quantity: '100' },
			]);
		});

		it('shows the fields of the output before anything ran', async () => {
			await openLastNode(
				page,
				n8n,
				workflow([
					smmPanel({ resource: 'order', operation: 'getStatus', orderIds: '23501' }),
					{ name: 'Edit Fields', type: 'n8n-nodes-base.set', typeVersion: 3.4 },
				]),
			);
			expect((await expectedInputFields(page)).sort()).toEqual([
				'charge',
				'currency',
				'isFinal',
				'order',
				'orders',
				'orders[0]',
				'posts',
				'remains',
				'runs',
				'startCount',
				'state',
				'status',
			]);
		});

		it.each([
			{
				trouble: 'a quantity that is too small',
				order: orderOf('102', { quantity: 5 }),
				words: 'Quantity less than minimal 10',
				hint: 'Keep the quantity between the minimum and maximum of the service',
			},
			{
				trouble: 'too little balance',
				order: orderOf('101', { quantity: 1000 }),
				words: 'Not enough funds on balance',
				hint: 'Add funds on the panel, then retry this execution. Starting a new run places earlier items again',
			},
			{
				trouble: 'a field that was left empty',
				order: orderOf('102', {}),
				words: 'Quantity is required',
				hint: 'Nothing was sent',
			},
		])('shows what is wrong with $trouble and what to do', async ({ order, words, hint }) => {
			await openLastNode(page, n8n, workflow([order]));
			await executeStep(page);
			const { message, description } = await shownError(page);
			expect(message).toContain(words);
			expect(description).toContain(hint);
			expect(panel.orders.size).toBe(0);
		});

		it('does not bring the API key into the browser, even where the panel repeats it', async () => {
			const answers: Array<Promise<string>> = [];
			const collect = (request: Request) => {
				if (request.url().includes('/rest/')) answers.push(answerTo(request));
			};
			page.on('requestfinished', collect);
			panel.misbehave({ on: 'add', does: { kind: 'echoKey' } });
			await openLastNode(page, n8n, workflow([orderOf('102', { quantity: 100 })]));
			await executeStep(page);
			expect((await shownError(page)).message).toContain('Invalid API key: [API key]');
			page.off('requestfinished', collect);

			const seen = [await page.content(), ...(await Promise.all(answers))];
			expect(seen.length).toBeGreaterThan(1);
			expect(seen.filter((text) => text.includes(panel.apiKey))).toHaveLength(0);
		});

		it('asks for the fields of the order type, with help', async () => {
			await openOrder();
			expect(await hasField(page, 'quantity')).toBe(true);
			expect(await hasField(page, 'comments')).toBe(false);

			await chooseOption(page, 'orderType', 'Custom Comments');
			await eventually(async () => {
				expect(await hasField(page, 'comments')).toBe(true);
			});
			expect(await hasField(page, 'quantity')).toBe(false);
			expect(await hasField(page, 'link')).toBe(true);
			expect(await helpOf(page, 'comments')).toContain('one per line');
		});

		it('shows the present state when the trigger fetches a test event', async () => {
			const [order] = panel.seedOrders(1, { quantity: 200, remains: 50, status: 'In progress' });
			await openNewWorkflow(page, n8n);
			await searchNodes(page, 'smm panel');
			await showActions(page, 'SMM Panel');
			await addAction(page, 'On order status change');
			await fillField(page, 'orderIds', String(order));
			await executeStep(page);

			await eventually(async () => {
				const [names = [], values = []] = await outputRows(page);
				expect(Object.fromEntries(names.map((name, at) => [name, values[at]]))).toMatchObject({
					event: 'orderStatusChanged',
					order,
					status: 'In progress',
					state: 'inProgress',
					isFinal: 'false',
					remains: '50',
				});
			});
		});
	});
});
