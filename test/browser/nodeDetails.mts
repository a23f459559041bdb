import { setTimeout as pause } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

import { part } from './testIds.mts';

const fieldOf = (page: Page, parameter: string): Locator =>
	page.locator(part('parameterField')).filter({ has: page.locator(inputOf(parameter)) });

const inputOf = (parameter: string): string => part('parameterInput', parameter);

/** Types into a field of the node. */
export async function fillField(page: Page, parameter: string, text: string): Promise<void> {
	await page.locator(inputOf(parameter)).locator('input, textarea').first().fill(text);
}

/** Picks a row of a dropdown of the node. */
export async function chooseOption(page: Page, parameter: string, option: string): Promise<void> {
	await page.locator(inputOf(parameter)).locator('input').first().click();
	await page
		.locator('.el-select-dropdown__item:visible')
		.getByText(option, { exact: true })
		.click();
}

/** Whether the node shows the field right now. */
export async function hasField(page: Page, parameter: string): Promise<boolean> {
	return await page.locator(inputOf(parameter)).isVisible();
}

/** The help that the question mark beside a field's name shows. */
export async function helpOf(page: Page, parameter: string): Promise<string> {
	const field = fieldOf(page, parameter);
	await field.hover();
	await field.locator('[data-icon="circle-help"]').first().hover();
	return await page.locator(part('tooltip')).last().innerText();
}

/** "Execute step", and "Fetch Test Event" of a trigger. */
export async function executeStep(page: Page): Promise<void> {
	await page.locator(part('executeStepButton')).first().click();
}

/** The rows of the output's table: one for the names of the fields, then one for each item. */
export async function outputRows(page: Page): Promise<string[][]> {
	const rows = await page.locator(part('outputPanel')).locator('tr').all();
	const cells = rows.map(async (row) => await row.locator('th, td').allInnerTexts());
	return (await Promise.all(cells)).map((texts) =>
		texts.map((text) => text.trim()).filter((text) => text !== ''),
	);
}

/** The error that the output panel shows: its title and what it says below. */
export async function shownError(page: Page): Promise<{ message: string; description: string }> {
	const [message, description] = await Promise.all([
		page.locator(part('nodeErrorMessage')).innerText(),
		page.locator(part('nodeErrorDescription')).innerText(),
	]);
	return { message, description };
}

/** The fields that the input panel expects of the nodes before, in no order, while those have not run yet. */
export async function expectedInputFields(page: Page): Promise<string[]> {
	const input = page.locator(part('inputPanel'));
	await input.locator(part('schemaPreviewWarning')).waitFor();
	return (await input.locator(part('schemaField')).allInnerTexts()).map((text) => text.trim());
}

/** The names of the fields that the node shows right now, in their order; notices by their text. */
export async function fieldNames(page: Page): Promise<string[]> {
	const labels = page.locator(`${part('nodeDetails')} ${part('parameterField')}:visible`);
	let before = '';
	for (;;) {
		const names = (await labels.allInnerTexts()).map((text) => text.split('\n')[0]?.trim() ?? '');
		// The editor shows one field after the other.
		if (names.length > 0 && names.join() === before) return names;
		before = names.join();
		await pause(200);
	}
}

/** What stands in a text field of the node. */
export async function fieldText(page: Page, parameter: string): Promise<string> {
	return await page.locator(inputOf(parameter)).locator('input, textarea').first().inputValue();
}

/** Types as a person does, letter by letter, and leaves the field. */
export async function typeIntoField(page: Page, parameter: string, text: string): Promise<void> {
	const input = page.locator(inputOf(parameter)).locator('input, textarea').first();
	await input.click();
	await input.press('ControlOrMeta+a');
	await page.keyboard.type(text);
	await page.keyboard.press('Tab');
}

/** The HTML of the error's description, of its message, and of the notice in the corner. */
export async function errorHtml(page: Page): Promise<string> {
	const places = [part('nodeErrorMessage'), part('nodeErrorDescription'), '.el-notification'];
	const parts = places.map(async (place) => await page.locator(place).first().innerHTML());
	return (await Promise.all(parts)).join('\n');
}

/** What the output panel says before and beside the output. */
export async function outputText(page: Page): Promise<string> {
	return await page.locator(part('outputPanel')).innerText();
}
