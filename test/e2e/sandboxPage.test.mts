import type { Browser, Page } from 'playwright-core';

import { chromiumProgram, launchBrowser, openPage } from '../browser/browser.mts';
import { eventually } from '../support/eventually.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { SandboxPanel } from '../sandbox/panel.mts';

jest.setTimeout(120_000);

const LINK = 'https://www.instagram.com/p/Cx1';

const skips = !chromiumProgram() && !process.env.CI;
const title = `the page of the sandbox panel${skips ? ' (skipped: this machine has no chromium)' : ''}`;

(skips ? describe.skip : describe)(title, () => {
	let panel: SandboxPanel;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		browser = await launchBrowser();
		page = await openPage(browser);
	});
	beforeEach(async () => {
		panel = await startSandboxPanel({ orderLife: { pendingMs: 4000, deliveryMs: 4000 } });
		await page.goto(panel.pageUrl);
	});
	afterEach(async () => {
		await panel?.close();
	});
	afterAll(async () => {
		await browser?.close();
	});

	/** Orders as a node would. */
	async function placeOrder(): Promise<string> {
		const { key, ...order } = { key: panel.apiKey, service: '102', link: LINK, quantity: '100' };
		const response = await fetch(panel.url, {
			method: 'POST',
			body: new URLSearchParams({ key, action: 'add', ...order }),
		});
		return String(((await response.json()) as { order: number }).order);
	}

	const pageText = async () => await page.locator('body').innerText();

	it('shows an order from the moment it was placed until it is delivered, without a reload', async () => {
		await eventually(async () => {
			expect(await pageText()).toContain('Nothing ordered yet');
		});
		const order = await placeOrder();
		const row = page.locator('#orders tr').filter({ hasText: order });
		for (const status of ['Pending', 'In progress', 'Completed']) {
			await eventually(async () => {
				expect(await row.innerText()).toContain(status);
			});
		}
		expect(await row.innerText()).toContain('102 Instagram Likes');
		expect(await row.innerText()).toContain(LINK);
		expect(await page.locator('#balance').innerText()).toMatch(/99\.88/);
	});

	it('lets the next request go wrong when a button is pressed', async () => {
		await page.getByRole('button', { name: 'Server error' }).click();
		await eventually(async () => {
			expect(await pageText()).toContain('1 will fail');
		});
		const response = await fetch(panel.url, { method: 'POST' });
		expect(response.status).toBe(502);
		await eventually(async () => {
			expect(await pageText()).toContain('Everything works.');
		});
	});

	it('lists the services with what they cost now', async () => {
		await page.getByText('All services and what they cost now').click();
		const row = page.locator('#prices tr').filter({ hasText: 'YouTube Custom Comments' });
		await eventually(async () => {
			expect((await row.innerText()).split(/\s*\t\s*/)).toEqual([
				'107',
				'YouTube Custom Comments',
				'18',
			]);
		});
	});

	it('sets the state of an order, a price and the balance, as a panel would', async () => {
		const order = await placeOrder();
		await page.getByLabel(`Set the state of order ${order}`).selectOption('Partial');
		const row = page.locator('#orders tr').filter({ hasText: order });
		await eventually(async () => {
			expect(await row.locator('.badge').innerText()).toBe('Partial');
		});
		expect(panel.orders.get(order)?.status).toBe('Partial');

		await page.getByLabel('Service ID').fill('102');
		await page.getByLabel('Price per 1,000').fill('1.5');
		await page.getByRole('button', { name: 'Set price' }).click();
		await eventually(async () => {
			expect(await pageText()).toContain('costs 1.5 now');
		});
		expect(panel.services.find(({ service }) => service === 102)?.rate).toBe(1.5);

		await page.getByLabel('New balance').fill('12,5');
		await page.getByRole('button', { name: 'Set balance' }).click();
		await eventually(async () => {
			expect(await pageText()).toContain('The balance must be a number such as 20 or 20.5');
		});
		await page.getByLabel('New balance').fill('12.5');
		await page.getByRole('button', { name: 'Set balance' }).click();
		await eventually(async () => {
			expect(await page.locator('#balance').innerText()).toMatch(/^12\.50/);
		});
		expect(panel.balance).toBe(12.5);
	});
});
