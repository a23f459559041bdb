import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';

import { chromiumProgram, launchBrowser, logIn } from '../browser/browser.mts';
import { chooseTrigger, executeButton } from '../browser/canvas.mts';
import { eventually } from '../support/eventually.mts';
import { part } from '../browser/testIds.mts';
import { n8nEnvironment } from '../host/environment.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { releases } from '../host/releases.mts';
import { example, EXAMPLES } from './exampleFiles.mts';
import { firstStepOf } from './firstStep.mts';

jest.setTimeout(180_000);

const names = readdirSync(EXAMPLES)
	.filter((file) => file.endsWith('.json'))
	.map((file) => path.basename(file, '.json'));

/** A screen of a laptop. */
const SCREEN = { width: 1440, height: 900 };
/** The text of a note is 14 pixels high at zoom 1: more than 8 are readable. */
const SMALLEST_ZOOM = 0.6;

const skips = !chromiumProgram() && !process.env.CI;
const title = `the examples, imported all at once${skips ? ' (skipped: this machine has no chromium)' : ''}`;

(skips ? describe.skip : describe)(title, () => {
	let n8n: N8n;
	let browser: Browser;
	let page: Page;
	let imported: Array<{ id: string; name: string }>;

	beforeAll(async () => {
		n8n = await startN8n({ name: 'examples-canvas' });
		await importAll(n8n);
		imported = await n8n.client.request('GET', '/rest/workflows');
		browser = await launchBrowser();
		page = await logIn(browser, n8n);
		await page.setViewportSize(SCREEN);
	});

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
	});

	it('are there, each by its name', () => {
		expect(imported.map(({ name }) => name).sort()).toEqual(
			names.map((name) => example(name).name).sort(),
		);
	});

	describe.each(names)('%s', (name) => {
		const { name: called, nodes } = example(name);
		const note = nodes
			.map(({ parameters }) => String(parameters.content ?? ''))
			.find((content) => content.startsWith(`## ${called}`));

		beforeAll(async () => {
			const id = imported.find((workflow) => workflow.name === called)?.id ?? '';
			await page.goto(`${n8n.url}/workflow/${id}`);
			await page.locator(part('canvasNode')).first().waitFor();
		});

		it('opens at a readable zoom, as a whole', async () => {
			await eventually(async () => {
				const canvas = await page.locator('.vue-flow').first().boundingBox();
				const [left, top, right, bottom] = await extent(page);
				expect(canvas).not.toBeNull();
				expect(left).toBeGreaterThanOrEqual(canvas?.x ?? 0);
				expect(top).toBeGreaterThanOrEqual(canvas?.y ?? 0);
				expect(right).toBeLessThanOrEqual((canvas?.x ?? 0) + (canvas?.width ?? 0));
				expect(bottom).toBeLessThanOrEqual((canvas?.y ?? 0) + (canvas?.height ?? 0));
				expect(await zoom(page)).toBeGreaterThanOrEqual(SMALLEST_ZOOM);
			});
		});

		it('shows each note in full', async () => {
			expect(await cutNotes(page)).toEqual([]);
		});

		it('runs what its note says first', async () => {
			expect(note).toBeDefined();
			const step = firstStepOf(note ?? '');
			if (step.does === 'choose') {
				await chooseTrigger(page, step.trigger);
				await eventually(async () => {
					expect(await executeButton(page)).toBe(`Execute workflow from ${step.trigger}`);
				});
			}
			if (step.does === 'press') expect(await executeButton(page)).toBe('Execute workflow');
		});
	});
});

/** As an administrator does: n8n's own command, with the folder of the examples. */
async function importAll({ folder }: N8n): Promise<void> {
	const { program, node, environment } = releases.current;
	await promisify(execFile)(
		node,
		[program, 'import:workflow', '--separate', `--input=${EXAMPLES}`],
		{ env: n8nEnvironment(folder, { editor: 0, taskBroker: 0 }, environment) },
	);
}

async function zoom(page: Page): Promise<number> {
	return await page
		.locator('.vue-flow__transformationpane')
		.evaluate((pane) => new DOMMatrix(getComputedStyle(pane).transform).a);
}

/** Left, top, right and bottom of all nodes and notes on the screen. */
async function extent(page: Page): Promise<[number, number, number, number]> {
	const boxes = await page
		.locator('.vue-flow__node')
		.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON() as DOMRect));
	return [
		Math.min(...boxes.map((box) => box.left)),
		Math.min(...boxes.map((box) => box.top)),
		Math.max(...boxes.map((box) => box.right)),
		Math.max(...boxes.map((box) => box.bottom)),
	];
}

/** The beginnings of the notes whose text is longer than they are. */
async function cutNotes(page: Page): Promise<string[]> {
	return await page.locator('.vue-flow__node').evaluateAll((nodes) =>
		nodes.flatMap((node) => {
			const text = node.querySelector<HTMLElement>('[class*="markdown" i]');
			const end = text?.lastElementChild?.getBoundingClientRect().bottom ?? 0;
			const isCut = end > node.getBoundingClientRect().bottom;
			return isCut ? [text?.innerText.slice(0, 40) ?? ''] : [];
		}),
	);
}
