import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import type { Browser, Page } from 'playwright-core';

import { chromiumProgram, launchBrowser, logIn } from '../browser/browser.mts';
import {
	chooseTrigger,
	executeButton,
	openLastNode,
	openNewWorkflow,
	openWorkflow,
} from '../browser/canvas.mts';
import { eventually } from '../support/eventually.mts';
import {
	errorHtml,
	executeStep,
	fieldNames,
	fieldText,
	helpOf,
	outputRows,
	outputText,
	shownError,
	typeIntoField,
} from '../browser/nodeDetails.mts';
import {
	fieldShows,
	listedServices,
	listShows,
	openServicePicker,
	pickedService,
	pickService,
	searchServices,
} from '../browser/servicePicker.mts';
import type { Credential } from '../host/client.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline, WorkflowJson, WorkflowOptions } from '../host/workflow.mts';
import type { Fault } from '../sandbox/contract.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';

jest.setTimeout(300_000);

const LINK = 'https://www.instagram.com/p/Cx1';
/** What stands above and below the fields that a test is about. */
const FRAME =
	/^(Credential|Resource|Operation|Service|Order Type|Maximum Cost|Idempotency Key|Simplify|Options|Each run|Always Output|Execute Once|Retry On|On Error|Notes|Display Note)/;

const node = (
	name: 'smmPanel' | 'smmPanelTrigger',
	parameters: INode['parameters'],
): NodeOutline => ({
	name: 'SMM Panel',
	type: `n8n-nodes-smm-panel.${name}`,
	parameters,
});
const order = (parameters: INode['parameters']): NodeOutline =>
	node('smmPanel', { resource: 'order', operation: 'create', ...parameters });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const picked = (value: string, cachedResultName: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName,
});
const likesRow = 'Instagram Likes [Instan… | 1.2 per 1k | 102 | 10 to 50k | Default';

const skips = !chromiumProgram() && !process.env.CI;
const title = `what people see in n8n's editor${skips ? ' (skipped: this machine has no chromium)' : ''}`;

(skips ? describe.skip : describe)(title, () => {
	let panel: SandboxPanel;
	let n8n: N8n;
	let browser: Browser;
	let page: Page;
	let credential: Credential;

	beforeAll(async () => {
		panel = await startSandboxPanel();
		n8n = await startN8n({ name: 'editor-form' });
		credential = await n8n.client.createCredential({
			name: 'Sandbox panel',
			type: 'smmPanelApi',
			data: { url: panel.url, apiKey: panel.apiKey },
		});
		browser = await launchBrowser();
		page = await logIn(browser, n8n);
	});
	beforeEach(() => panel.reset());
	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await panel?.close();
	});

	const open = async (outline: NodeOutline, options?: WorkflowOptions) =>
		await openLastNode(page, n8n, workflow([outline], options));
	const ownFields = async () => (await fieldNames(page)).filter((name) => !FRAME.test(name));
	const adds = () => panel.requestsFor('add').map(({ form }) => form);

	describe('the form of an order', () => {
		it('shows name, price and ID of a service, and then its fields', async () => {
			await open(order({}));
			expect(await ownFields()).toEqual(['Link', 'Quantity']);
			await openServicePicker(page);
			await searchServices(page, 'youtube custom');
			await eventually(async () => {
				expect(await listedServices(page)).toEqual([
					'YouTube Custom Comments | 18 per 1k | 107 | 2 to 500 | Custom Comments',
				]);
			});
			await pickService(page, 'YouTube');
			await eventually(async () => {
				expect(await ownFields()).toEqual(['Link', 'Comments']);
			});
			expect(await pickedService(page)).toMatch(/^YouTube Custom Comments \| 18 per 1k/);
			expect(await helpOf(page, 'comments')).toContain('one per line');
		});

		it('is that of Default orders for a service given by its ID, and follows Quote too', async () => {
			await open(order({ service: byId('107') }));
			expect(await ownFields()).toEqual(['Link', 'Quantity']);
			const comments = picked('107', 'Comments | 18 per 1k | 107 | 2 to 500 | Custom Comments');
			await open(node('smmPanel', { resource: 'order', operation: 'quote', service: comments }));
			expect(await ownFields()).toEqual(['Quantity']);
			const wholePackage = picked('105', 'Starter | 4.5 per package | 105 | Package');
			await open(
				node('smmPanel', { resource: 'order', operation: 'quote', service: wholePackage }),
			);
			expect(await ownFields()).toEqual([]);
		});

		it('shows every field while an expression gives the type, before and after a run', async () => {
			const mixed = order({
				service: byId('107'),
				orderType: '={{ $json.type }}',
				link: LINK,
				comments: '={{ $json.text }}',
			});
			await open(mixed, { items: [{ type: 'Custom Comments', text: 'Nice!\nWow' }] });
			const all = ['Link', 'Quantity', 'Comments', 'Usernames', 'Country', 'Minimum per Post'];
			expect(await ownFields()).toEqual(expect.arrayContaining(all));
			await executeStep(page);
			await eventually(async () => {
				expect(adds()).toMatchObject([{ service: '107', comments: 'Nice!\nWow' }]);
			});
			expect(await ownFields()).toEqual(expect.arrayContaining(all));
		});

		it('sends a traffic type that a program wrote as a number', async () => {
			await open(
				order({
					service: byId('118'),
					orderType: 'webTraffic',
					link: LINK,
					quantity: 1000,
					country: 'US',
					device: 2,
					trafficType: 2,
					referringUrl: 'https://example.com/review',
				}),
			);
			expect(await ownFields()).toContain('Referring URL');
			await executeStep(page);
			await eventually(async () => {
				expect(adds()).toMatchObject([
					{ device: '2', type_of_traffic: '2', referring_url: 'https://example.com/review' },
				]);
			});
		});

		it('says that each run orders again, until there is a key', async () => {
			const words = 'each new run orders every item again';
			await open(order({}));
			expect(await outputText(page)).toContain(words);
			await open(order({ idempotencyKey: '={{ $json.row_number }}' }));
			expect(await outputText(page)).not.toContain(words);
		});
	});

	describe('numbers', () => {
		it.each([
			['maxCost', '1,5', 'Maximum Cost must be a number greater than 0 (got "1,5"): write 1.5'],
			['maxCost', '0,50', 'Maximum Cost must be a number greater than 0 (got "0,50"): write 0.50'],
			['quantity', '1000.5', 'Quantity must be a whole number (got "1000.5")'],
			['quantity', '1,000', 'Quantity must be a whole number (got "1,000"): write 1000'],
		])(
			'stay as they are typed, and are refused where they may be another: %s %s',
			async (field, typed, words) => {
				await open(order({ service: byId('102'), link: LINK, quantity: '100' }));
				await typeIntoField(page, field, typed);
				expect(await fieldText(page, field)).toBe(typed);
				// The editor takes over what was typed after a moment.
				await page.waitForTimeout(1000);
				await executeStep(page);
				expect((await shownError(page)).message).toContain(words);
				expect(panel.requests.filter(({ action }) => action === 'add')).toEqual([]);
			},
		);

		it('are empty at first', async () => {
			await open(order({}));
			for (const field of ['quantity', 'maxCost', 'idempotencyKey'])
				expect(await fieldText(page, field)).toBe('');
		});
	});

	describe('an error', () => {
		it('lists its problems one a line, without those that come of a wrong type', async () => {
			const items = [{ type: 'comments' }, { type: 'Custom Comments' }];
			await open(
				order({ service: byId('107'), orderType: '={{ $json.type }}', link: LINK, maxCost: '1,5' }),
				{ items },
			);
			await executeStep(page);
			const { message, description } = await shownError(page);
			expect(message).toContain('Nothing was sent: 4 fields need fixing');
			expect(description.trim().split('\n')).toEqual([
				`Item 0, 1 of 2: Order Type is "comments", which isn't an order type. Did you mean Custom Comments?`,
				'Item 0, 1 of 2: Maximum Cost must be a number greater than 0 (got "1,5"): write 1.5.',
				'Item 1, 2 of 2: Maximum Cost must be a number greater than 0 (got "1,5"): write 1.5.',
				'Item 1, 2 of 2: Comments is required.',
			]);
		});

		it('shows the words of a panel and never renders them', async () => {
			const words =
				'Bad <b>link</b> <img src="x" onerror="alert(1)"> <a href="https://example.com">pay</a>';
			panel.misbehave({ on: 'add', does: { kind: 'refuse', error: words } });
			await open(order({ service: byId('102'), link: LINK, quantity: '100' }));
			await executeStep(page);
			const { message } = await shownError(page);
			expect(message.replaceAll('\u200b', '')).toBe(words);
			await page.locator('.el-notification').first().waitFor();
			expect(await errorHtml(page)).not.toMatch(/<(b|img|a)[ >]/);
		});

		it.each<[string, INode['parameters'], string]>([
			[
				'a link with spaces',
				{ link: 'https://www.instagram.com/p/ab c' },
				'an address has no spaces',
			],
			[
				'a name as service',
				{ service: byId('Instagram Likes') },
				'enter the ID alone, such as 102',
			],
			[
				'a quantity below the minimum of the picked service',
				{ service: picked('102', likesRow), quantity: '5' },
				'Quantity is 5, but the minimum for service 102 is 10 (as picked from the list',
			],
		])('comes before anything is sent for %s', async (_what, changes, words) => {
			await open(order({ service: byId('102'), link: LINK, quantity: '100', ...changes }));
			await executeStep(page);
			expect((await shownError(page)).message).toContain(words);
			expect(panel.requests.filter(({ action }) => action === 'add')).toEqual([]);
		});

		it('says to retry when the money is short, and what a new run would do', async () => {
			panel.balance = 0.5;
			const links = ['a', 'b', 'c'].map((letter) => ({ link: `${LINK}${letter}` }));
			await open(
				order({
					service: byId('102'),
					link: '={{ $json.link }}',
					quantity: '400',
					options: { parallelOrders: 1 },
				}),
				{ items: links },
			);
			await executeStep(page);
			const { description } = await shownError(page);
			expect(description).toContain(
				'then retry this execution. Starting a new run places earlier items again',
			);
			expect(description).toContain('Already placed: 23501 (item 0, 1 of 3).');
			expect(description).toContain('Retrying this execution skips them');
		});
	});

	it.each(['#102', '102 - Instagram Likes', '102.0'])(
		'orders service 102 for %s in a sheet',
		async (cell) => {
			await open(order({ service: byId('={{ $json.service }}'), link: LINK, quantity: '100' }), {
				items: [{ service: cell }],
			});
			await executeStep(page);
			await eventually(async () => {
				expect((await outputRows(page))[1]).toContain('102');
			});
			expect(adds()).toMatchObject([{ service: '102' }]);
		},
	);

	it('calls the field for a key of the panel by what it is, and drip-feed is one option', async () => {
		await open(
			order({
				options: { sendKeyAs: 'request_id', dripFeed: { schedule: { runs: '', interval: '' } } },
			}),
		);
		await eventually(async () => {
			expect((await fieldNames(page)).join()).toContain("Panel's Key Field");
		});
		expect((await fieldNames(page)).join()).not.toContain('Send Key As');
		expect(await fieldText(page, 'runs')).toBe('');
		expect(await fieldText(page, 'interval')).toBe('');
	});

	it('keeps the credential of the trigger in its place, whatever it watches', async () => {
		const places: number[] = [];
		for (const parameters of [
			{ event: 'orderStatusChanged', watchFrom: 'list' },
			{ event: 'orderStatusChanged', watchFrom: 'url' },
			{ event: 'balanceBelow' },
		]) {
			await openLastNode(page, n8n, workflow([], { trigger: node('smmPanelTrigger', parameters) }));
			const names = (await fieldNames(page)).filter((name) => !/^(Poll Times|Mode)/.test(name));
			places.push(names.findIndex((name) => name.startsWith('Credential')));
		}
		expect(new Set(places).size).toBe(1);
	});

	describe('the test of a credential', () => {
		it.each<[string, Fault['does'], string]>([
			[
				'a key the panel refuses',
				{ kind: 'refuse', error: 'Invalid API key' },
				'The panel says "Invalid API key". Copy the key again',
			],
			[
				'other words for it',
				{ kind: 'refuse', error: 'Incorrect request or API key' },
				'The panel says "Incorrect request or API key"',
			],
			[
				'a status for it',
				{ kind: 'refuse', error: 'x', status: 401 },
				"The panel doesn't know this API key.",
			],
			[
				'a suspended account',
				{ kind: 'refuse', error: 'Account suspended' },
				'Ask the support of the panel',
			],
			['a limit', { kind: 'status', status: 429 }, 'The panel is limiting requests'],
			['a URL without its path', { kind: 'status', status: 404 }, 'Copy the whole address'],
			['a page that takes no requests', { kind: 'status', status: 405 }, 'Copy the whole address'],
			['a web page', { kind: 'html' }, 'A web page answers at this URL'],
			['a redirect', { kind: 'redirect', to: '/login' }, 'This URL redirects to another address'],
			[
				'a fault of the panel',
				{ kind: 'status', status: 502 },
				'The panel has a problem of its own',
			],
			['nothing', { kind: 'empty' }, "The panel didn't return a balance"],
		])('says what to do about %s', async (_what, does, words) => {
			// n8n asks a second time after a 401.
			panel.misbehave({ times: 2, does });
			const { status, message } = await n8n.client.testCredential(credential);
			expect(status).toBe('Error');
			expect(message).toContain(words);
		});

		it.each(['panel.example.com/api/v2', 'https://panel.example.com/api v2'])(
			'says what is wrong with the URL %s',
			async (url) => {
				const { status, message } = await n8n.client.testCredential(credential, { url });
				expect([status, message]).toEqual([
					'Error',
					`The API URL is "${url}", but must start with https:// and hold no spaces. Copy it from the panel's API page.`,
				]);
			},
		);
	});

	it('leaves the address of a new credential empty', async () => {
		const types = await n8n.client.request<Array<{ name: string; properties: INode[] }>>(
			'GET',
			'/types/credentials.json',
		);
		const url = types.find(({ name }) => name === 'smmPanelApi')?.properties[0] as unknown as {
			default: string;
		};
		expect(url.default).toBe('');
	});

	it.each([
		['data-table-follow-orders', 'Add orders'],
		['data-table-watch-list', 'Add orders'],
		['refill-dropped-orders', 'Set up'],
	])(
		'lets a beginner run the part of %s that comes first, as its note says',
		async (file, trigger) => {
			const text = readFileSync(path.resolve('examples', `${file}.json`), 'utf8');
			const example = JSON.parse(text) as WorkflowJson;
			const notes = example.nodes.map(({ parameters }) => String(parameters.content ?? ''));
			expect(notes.join()).toContain(
				`Press the arrow beside **Execute workflow**, choose **${trigger}**`,
			);
			await openWorkflow(page, n8n, example);
			await chooseTrigger(page, trigger);
			await eventually(async () => {
				expect(await executeButton(page)).toBe(`Execute workflow from ${trigger}`);
			});
		},
	);

	it('can be read where it opens: no note is shown in less than 7 pixels', async () => {
		const text = readFileSync(path.resolve('examples', 'spreadsheet-orders.json'), 'utf8');
		await openNewWorkflow(page, n8n);
		await openWorkflow(page, n8n, JSON.parse(text) as WorkflowJson);
		await page.waitForTimeout(1500);
		const scale = await page
			.locator(`.vue-flow__transformationpane`)
			.evaluate((pane) => new DOMMatrix(getComputedStyle(pane).transform).a);
		expect(14 * scale).toBeGreaterThan(8);
	});

	// The last one, as its account is that of every node from here on.
	it('cuts off neither the price nor the ID, however wide the name', async () => {
		const shop = await startSandboxPanel();
		const names: Array<[name: string, rate: number]> = [
			['Instagram Likes [Instant, No Refill, Worldwide]', 12.75],
			['INSTAGRAM FOLLOWERS REAL ACTIVE HQ MAX 1M', 1234.56],
			['ПОДПИСЧИКИ ИНСТАГРАМ БЫСТРО И НАДЁЖНО', 100.125],
			['🔥🔥 Instagram Followers 🚀 [Max 500K] ⭐', 0.0123],
			['抖音粉丝真实活跃用户高质量永久保证不掉粉快速到账', 8.5],
			['متابعين انستقرام حقيقيين ضمان مدى الحياة سريع', 1.1],
		];
		names.forEach(([name, rate], place) =>
			Object.assign(shop.services[place]!, { name, rate, type: 'default' }),
		);
		await n8n.client.createCredential({
			name: 'Wide names',
			type: 'smmPanelApi',
			data: { url: shop.url, apiKey: shop.apiKey },
		});
		try {
			await open(order({}));
			for (const [place, [name, rate]] of names.entries()) {
				const price = `| ${rate} per 1k | ${shop.services[place]!.service}`;
				await openServicePicker(page);
				expect([name, await listShows(page, price)]).toEqual([name, true]);
				await pickService(page, price);
				await eventually(async () => expect(await pickedService(page)).toContain(price));
				expect([name, await fieldShows(page, `| ${rate}`)]).toEqual([name, true]);
			}
		} finally {
			await shop.close();
		}
	});
});
