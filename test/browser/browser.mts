import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

import { findProgram } from '../host/installedPrograms.mts';
import type { N8n } from '../host/n8n.mts';
import { OWNER } from '../host/owner.mts';

/** Generous, as a busy machine takes its time; what is there is not waited for. */
const WAIT_MS = 60_000;

const ARGUMENTS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Debian's chromium, or the program that `CHROMIUM` names. */
export const chromiumProgram = (): string | undefined =>
	process.env.CHROMIUM ?? findProgram('chromium');

export async function launchBrowser(): Promise<Browser> {
	const executablePath = chromiumProgram();
	if (!executablePath) throw new Error('chromium is not installed');
	return await chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page without a login, for what needs none. */
export async function openPage(browser: Browser): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	const page = await context.newPage();
	page.setDefaultTimeout(WAIT_MS);
	return page;
}

/** A page on which the owner is logged in to n8n. */
export async function logIn(browser: Browser, { url }: N8n): Promise<Page> {
	const page = await openPage(browser);
	await page.goto(`${url}/signin`);
	await page
		.locator('input[type="email"], input[name="emailOrLdapLoginId"]')
		.first()
		.fill(OWNER.email);
	await page.locator('input[type="password"]').fill(OWNER.password);
	await page.locator('input[type="password"]').press('Enter');
	await page.waitForURL((address) => !address.pathname.includes('signin'));
	return page;
}
