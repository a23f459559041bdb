import { randomUUID } from 'node:crypto';

import type { Execution } from '../host/execution.mts';
import { until } from '../support/until.mts';
import type { WorkflowJson } from '../host/workflow.mts';
import { example, withParameters } from './exampleFiles.mts';
import { closeScene, losing, openScene, orderedLinks, refusing } from './exampleScene.mts';
import type { ExampleScene } from './exampleScene.mts';
import { Form } from './form.mts';

jest.setTimeout(180_000);

let scene: ExampleScene;
let link: string;

beforeAll(async () => {
	scene = await openScene('examples-one-order');
});

afterAll(async () => await closeScene(scene));

beforeEach(() => {
	scene.panel.reset();
	link = `https://www.instagram.com/p/${randomUUID()}`;
});

describe('place-order-and-wait', () => {
	function placing(): WorkflowJson {
		return withParameters(example('place-order-and-wait'), {
			'Place order': { link },
			Wait: { amount: 1, unit: 'seconds' },
		});
	}

	async function retryUntilCompleted(failed: Execution): Promise<Execution> {
		const retry = scene.client.retryExecution(failed.id);
		await until(
			'the order is placed',
			30_000,
			() => scene.panel.orders.size,
			(placed) => placed > 0,
		);
		for (const order of scene.panel.orders.keys()) {
			scene.panel.setOrder(order, { status: 'Completed' });
		}
		return await retry;
	}

	it("stops with the panel's refusal, and a retry orders once there are funds", async () => {
		scene.panel.misbehave(refusing(link));
		const refused = await scene.client.runWorkflow(placing());
		expect(refused.error?.message).toContain('Not enough funds on balance');
		expect(orderedLinks(scene.panel)).toEqual([]);

		const retried = await retryUntilCompleted(refused);
		expect(retried.json('Result')).toMatchObject([{ state: 'completed' }]);
		expect(orderedLinks(scene.panel)).toEqual([link]);
	});

	it('stops at an unknown outcome, and no retry orders again', async () => {
		scene.panel.misbehave(losing(link));
		const lost = await scene.client.runWorkflow(placing());
		expect(lost.error?.message).toMatch(/^Outcome unknown/);
		const retries = [lost.id, lost.id].map(async (id) => await scene.client.retryExecution(id));
		for (const retry of await Promise.all(retries)) expect(retry.error).toBeDefined();
		expect(orderedLinks(scene.panel)).toEqual([link]);
		expect(scene.panel.requestsFor('add')).toHaveLength(1);
	});
});

describe('quote-ask-order', () => {
	const YES = { answer: 'Yes, order now' };

	beforeAll(async () => {
		// Open to everybody: the login that the example asks for wants a browser.
		const { id } = await scene.client.importWorkflow(
			withParameters(example('quote-ask-order'), { 'Order form': { authentication: 'none' } }),
		);
		expect(await scene.client.activate(id)).toMatchObject({ status: 'published' });
	});

	async function quoted(): Promise<Form> {
		const form = await Form.open(scene.n8n, 'smm-order');
		expect(await form.submit({ service: '102', link, quantity: '1000' })).toContain('It costs');
		return form;
	}

	it('renders nothing of what the panel calls its service', async () => {
		const service = scene.panel.services.find((row) => row.service === 102)!;
		const { name } = service;
		Object.assign(service, { name: '<iframe src="https://example.com"></iframe>Likes' });
		const form = await Form.open(scene.n8n, 'smm-order');
		const page = await form.submit({ service: '102', link, quantity: '1000' });
		Object.assign(service, { name });
		expect(page).toContain('&lt;iframe');
		expect(page).not.toContain('<iframe src="https://example.com"');
	});

	it("shows the panel's refusal", async () => {
		scene.panel.misbehave(refusing(link));
		const page = await (await quoted()).submit(YES);
		expect(page).toContain('Not ordered');
		expect(page).toContain('Not enough funds on balance');
		expect(orderedLinks(scene.panel)).toEqual([]);
	});

	it('says so when the outcome is unknown', async () => {
		scene.panel.misbehave(losing(link));
		const page = await (await quoted()).submit(YES);
		expect(page).toContain('Outcome unknown');
		expect(scene.panel.requestsFor('add')).toHaveLength(1);
	});

	it('orders once when Yes is sent twice at the same time, and once more after it', async () => {
		const form = await quoted();
		await Promise.allSettled([form.submit(YES), form.submit(YES)]);
		await Promise.allSettled([form.submit(YES)]);
		expect(orderedLinks(scene.panel)).toEqual([link]);
	});
});
