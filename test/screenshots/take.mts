import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import type { Page } from 'playwright-core';

import { launchBrowser, logIn } from '../browser/browser.mts';
import { openLastNode, openWorkflow } from '../browser/canvas.mts';
import { eventually } from '../support/eventually.mts';
import { executeStep, expectedInputFields, shownError } from '../browser/nodeDetails.mts';
import { listedServices, openServicePicker, searchServices } from '../browser/servicePicker.mts';
import { PACKAGE_FOLDER } from '../host/folders.mts';
import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline, WorkflowJson } from '../host/workflow.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';

/** `npm run screenshots`: the pictures of the pages, taken in the real editor, light and dark. Needs Debian's chromium. */
const IMAGES = path.join(PACKAGE_FOLDER, 'images');
const EXAMPLES = path.join(PACKAGE_FOLDER, 'examples');
const SMM_PANEL = 'n8n-nodes-smm-panel.smmPanel';
/** All pictures together, so that a clone stays small. */
const MOST_BYTES = 5_000_000;
/** The editor follows what the browser prefers; the pages show the picture that fits their reader. */
const SCHEMES = { light: '.png', dark: '.dark.png' } as const;
let ending: string = SCHEMES.light;

const USUAL = { width: 1280, height: 800 };
const WIDE = { width: 1760, height: 1300 };
const MARGIN = 24;
/** What lies over the canvas. */
const FRAME = [
	'[data-test-id="canvas-controls"]',
	'[data-test-id="node-creator-plus-button"]',
	'.vue-flow__controls',
	'.vue-flow__background',
	'[data-test-id="main-header"]',
	'[data-test-id="sidebar"]',
	'[data-test-id="canvas-wrapper"] > :not(#canvas)',
];

const panel = await startSandboxPanel();
const n8n = await startN8n({ name: 'screenshots' });
const browser = await launchBrowser();
try {
	await n8n.client.createCredential({
		name: 'Sandbox panel',
		type: 'smmPanelApi',
		data: { url: panel.url, apiKey: panel.apiKey },
	});
	const only = process.argv.slice(2);
	if (only.length === 0) await rm(IMAGES, { recursive: true, force: true });
	await mkdir(IMAGES, { recursive: true });
	const page = await logIn(browser, n8n);
	const isWanted = (name: string) => only.length === 0 || only.includes(name);

	for (const scheme of ['light', 'dark'] as const) {
		ending = SCHEMES[scheme];
		await page.emulateMedia({ colorScheme: scheme });
		await takeAll(page, isWanted);
	}
} finally {
	await browser.close();
	await n8n.stop();
	await panel.close();
}

async function takeAll(page: Page, isWanted: (name: string) => boolean): Promise<void> {
	for (const file of (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json'))) {
		const name = path.basename(file, '.json');
		if (!isWanted(name)) continue;
		const example = JSON.parse(await readFile(path.join(EXAMPLES, file), 'utf8')) as WorkflowJson;
		await openWorkflow(page, n8n, example);
		await takeCanvas(page, name);
	}
	for (const [name, take] of Object.entries({ servicePicker, outputSchema, orderError })) {
		if (isWanted(name)) await take(page, n8n);
	}
}

const sizes = await Promise.all(
	(await readdir(IMAGES)).map(async (name) => (await stat(path.join(IMAGES, name))).size),
);
const total = sizes.reduce((sum, size) => sum + size, 0);
console.log(`${sizes.length} pictures, ${Math.round(total / 1000)} kB`);
if (total > MOST_BYTES) throw new Error(`That is more than ${MOST_BYTES / 1000} kB`);

/** The nodes and notes alone, without the frame of the editor. */
async function takeCanvas(page: Page, name: string): Promise<void> {
	await page.setViewportSize(WIDE);
	// The canvas moves its nodes for a while after they are there.
	await page.waitForTimeout(1500);
	await page.addStyleTag({ content: `${FRAME.join(', ')} { visibility: hidden !important; }` });
	await page.keyboard.press('1');
	await page.waitForTimeout(1000);
	const boxes = await page
		.locator('.vue-flow__node, .vue-flow__node *')
		.evaluateAll((nodes) =>
			nodes
				.map((node) => node.getBoundingClientRect().toJSON() as DOMRect)
				.filter(({ width, height }) => width > 0 && height > 0),
		);
	const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
	const top = Math.min(...boxes.map((box) => box.top)) - MARGIN;
	const right = Math.max(...boxes.map((box) => box.right)) + MARGIN;
	const bottom = Math.max(...boxes.map((box) => box.bottom)) + MARGIN;
	await page.screenshot({
		path: path.join(IMAGES, `${name}${ending}`),
		clip: { x: left, y: top, width: right - left, height: bottom - top },
	});
	await page.setViewportSize(USUAL);
}

function smmPanel(parameters: INode['parameters']): NodeOutline {
	return { name: 'SMM Panel', type: SMM_PANEL, parameters };
}

async function takePage(page: Page, name: string): Promise<void> {
	await page.waitForTimeout(1000);
	await page.screenshot({ path: path.join(IMAGES, `${name}${ending}`) });
}

/** Create Order, with the list of services open and a word typed. */
async function servicePicker(page: Page, host: N8n): Promise<void> {
	await openLastNode(page, host, workflow([smmPanel({ resource: 'order', operation: 'create' })]));
	await openServicePicker(page);
	const all = (await listedServices(page)).length;
	await searchServices(page, 'instagram followers');
	await eventually(async () => {
		const { length } = await listedServices(page);
		if (length === 0 || length === all) throw new Error('Nothing was searched yet');
	});
	await takePage(page, 'service-picker');
}

/** The fields of Get Status, in the node behind it, before anything ran. */
async function outputSchema(page: Page, host: N8n): Promise<void> {
	await openLastNode(
		page,
		host,
		workflow([
			smmPanel({ resource: 'order', operation: 'getStatus', orderIds: '23501' }),
			{ name: 'Edit Fields', type: 'n8n-nodes-base.set', typeVersion: 3.4 },
		]),
	);
	await expectedInputFields(page);
	await takePage(page, 'output-schema');
}

/** A refused order as a person sees it. */
async function orderError(page: Page, host: N8n): Promise<void> {
	await openLastNode(
		page,
		host,
		workflow([
			smmPanel({
				resource: 'order',
				operation: 'create',
				service: { __rl: true, mode: 'id', value: '101' },
				link: 'https://www.instagram.com/a-profile-of-yours',
				quantity: 1000,
				maxCost: '10',
			}),
		]),
	);
	await executeStep(page);
	await shownError(page);
	await page.locator('.el-notification__closeBtn').first().click();
	await takePage(page, 'order-error');
}
