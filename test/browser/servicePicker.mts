import type { Page } from 'playwright-core';

import { part } from './testIds.mts';

/** Opens the list of services in the details of a node. */
export async function openServicePicker(page: Page): Promise<void> {
	await pickerInput(page).click();
	await page.locator(part('resourceLocatorRow')).first().waitFor();
}

/** Types into the search of the open list. */
export async function searchServices(page: Page, words: string): Promise<void> {
	const search = part('resourceLocatorSearch');
	await page.locator(`${search} input, input${search}`).first().fill(words);
}

/** The rows that the open list shows right now. */
export async function listedServices(page: Page): Promise<string[]> {
	return await page.locator(part('resourceLocatorRow')).allInnerTexts();
}

/** Picks the first row with this text. */
export async function pickService(page: Page, text: string): Promise<void> {
	await page.locator(part('resourceLocatorRow')).filter({ hasText: text }).first().click();
}

/** What the field shows while the list is closed. */
export async function pickedService(page: Page): Promise<string> {
	return await pickerInput(page).inputValue();
}

function pickerInput(page: Page) {
	return page.locator(part('resourceLocator', 'service')).locator('input').last();
}
