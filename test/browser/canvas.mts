import type { Page } from 'playwright-core';

import type { N8n } from '../host/n8n.mts';
import type { WorkflowJson } from '../host/workflow.mts';
import { part } from './testIds.mts';

/** Opens an empty workflow, as the "Create workflow" button does. */
export async function openNewWorkflow(page: Page, { url }: N8n): Promise<void> {
	await page.goto(`${url}/workflow/new`);
	await page.locator(part('canvasAddButton')).waitFor();
}

/** Saves the workflow and opens it on the canvas, which may render large ones only in part. */
export async function openWorkflow(
	page: Page,
	{ url, client }: N8n,
	json: WorkflowJson,
): Promise<void> {
	const { id } = await client.importWorkflow(json);
	await page.goto(`${url}/workflow/${id}`);
	await page.locator(part('canvasNode')).first().waitFor();
}

/** Saves the workflow and opens the details of its last node. */
export async function openLastNode(page: Page, n8n: N8n, json: WorkflowJson): Promise<void> {
	await openWorkflow(page, n8n, json);
	await page
		.locator(part('canvasNode'))
		.nth(json.nodes.length - 1)
		.dblclick();
	await page.locator(part('executeStepButton')).first().waitFor();
}

/** What the big button of the canvas says. */
export async function executeButton(page: Page): Promise<string> {
	return (await page.locator(part('executeWorkflowButton')).innerText())
		.replace(/\s+/g, ' ')
		.trim();
}

/** Picks, beside the big button, which trigger it runs. */
export async function chooseTrigger(page: Page, trigger: string): Promise<void> {
	await page
		.locator(`xpath=//*[@data-test-id="execute-workflow-button"]/following::button[1]`)
		.click();
	await page.getByRole('menuitem').filter({ hasText: trigger }).click();
}
