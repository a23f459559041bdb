import type { Page } from 'playwright-core';

import { part } from './testIds.mts';

/** Opens the form of a new credential from the details of a node that has none yet. */
export async function openNewCredential(page: Page): Promise<void> {
	await page.locator(part('nodeCredentials')).getByRole('button').first().click();
	await page.locator(part('credentialModal')).waitFor();
}

/** Opens the form of the credential that the node has. n8n then tests it again. */
export async function openCredential(page: Page): Promise<void> {
	await page.locator(part('credentialEditButton')).click();
	await page.locator(part('credentialModal')).waitFor();
}

/** Fills in fields of the form and saves it. n8n tests what was saved, and closes the form if that went well. */
export async function saveCredential(page: Page, values: Record<string, string>): Promise<void> {
	const modal = page.locator(part('credentialModal'));
	for (const [field, value] of Object.entries(values)) {
		await modal.locator(part('parameterInput', field)).locator('input').fill(value);
	}
	await modal
		.locator(part('credentialSaveButton'))
		.getByRole('button')
		.or(modal.locator(`button${part('credentialSaveButton')}`))
		.first()
		.click();
}

/** Resolves when n8n has closed the form. */
export async function credentialSaved(page: Page): Promise<void> {
	await page.locator(part('credentialModal')).waitFor({ state: 'hidden' });
}

/** What the form says about a test that failed, with its details. */
export async function connectionProblem(page: Page): Promise<string> {
	const modal = page.locator(part('credentialModal'));
	await modal.getByText('More details').click();
	return await modal.innerText();
}

/** Resolves when the form shows n8n's green words. */
export async function connectionTested(page: Page): Promise<void> {
	await page.locator(part('credentialModal')).getByText('Connection tested successfully').waitFor();
}

/** What stands in a field of the form right now. */
export async function credentialField(page: Page, field: string): Promise<string> {
	const input = page.locator(part('credentialModal')).locator(part('parameterInput', field));
	return await input.locator('input').inputValue();
}
