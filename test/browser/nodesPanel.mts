import type { Page } from 'playwright-core';

import { part } from './testIds.mts';

/** Opens the nodes panel of an empty workflow and types into its search. */
export async function searchNodes(page: Page, words: string): Promise<void> {
	const search = page.locator(part('nodesPanelSearch'));
	if (!(await search.isVisible())) await page.locator(part('canvasAddButton')).click();
	await search.fill(words);
}

/** What the nodes panel lists right now: nodes, or the actions of one. */
export async function listedNodes(page: Page): Promise<string[]> {
	return await page.locator(part('nodesPanelItem')).allInnerTexts();
}

/** Opens the list of triggers and actions of a node that the search has found. */
export async function showActions(page: Page, node: string): Promise<void> {
	await page.locator(part('nodesPanelItem')).getByText(node, { exact: true }).click();
	const actions = page.locator(part('nodesPanelCategory')).filter({ hasText: /^Actions/ });
	await actions.click();
}

/** All that the nodes panel shows, with the headings. */
export async function nodesPanelText(page: Page): Promise<string> {
	return await page.locator(part('nodesPanel')).innerText();
}

/** Adds the action to the workflow; the editor then shows the details of its node. */
export async function addAction(page: Page, action: string): Promise<void> {
	await page.locator(part('nodesPanelItem')).getByText(action, { exact: true }).click();
	await page.locator(part('executeStepButton')).first().waitFor();
}
