import type { Locator, Page } from 'playwright-core';

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

/** Whether the row that holds this text shows all of it, in the open list. */
export async function listShows(page: Page, wanted: string): Promise<boolean> {
	const row = page.locator(part('resourceLocatorRow')).filter({ hasText: wanted }).first();
	return await hasRoomFor(row.locator('span').first(), wanted);
}

/** Whether the closed field shows all of a part of the row that was picked. */
export async function fieldShows(page: Page, wanted: string): Promise<boolean> {
	return await hasRoomFor(pickerInput(page), wanted);
}

/** Whether a text is cut off only behind this part of it. */
async function hasRoomFor(place: Locator, wanted: string): Promise<boolean> {
	return await place.evaluate((element, words) => {
		const text = element instanceof HTMLInputElement ? element.value : (element.textContent ?? '');
		const style = getComputedStyle(element);
		const brush = document.createElement('canvas').getContext('2d')!;
		brush.font = style.font;
		const room =
			element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
		const start = text.slice(0, text.indexOf(words) + words.length);
		return text.includes(words) && brush.measureText(`${start}…`).width <= room;
	}, wanted);
}

function pickerInput(page: Page) {
	return page.locator(part('resourceLocator', 'service')).locator('input').last();
}
