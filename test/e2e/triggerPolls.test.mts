import { setTimeout as pause } from 'node:timers/promises';

import { ListServer } from '../engine/triggerListServer.mts';
import { until } from '../support/until.mts';
import { engines, inTurn, NODE, Scene, triggerWorkflow, twoPollsMs } from './triggerScene.mts';

/** n8n polls once a minute at most, and some of these tests wait for several polls. */
jest.setTimeout(1_200_000);

describe('the trigger in the real n8n', () => {
	it.concurrent.each(engines)(
		'fires once for each change over a kill and a panel that is down: %s engine',
		async (name, environment) => {
			const scene = await Scene.open(name, environment);
			try {
				const { panel, n8n } = scene;
				const orders = panel.seedOrders(3) as [string, string, string];
				const saved = await scene.watch(orders);
				expect(await n8n.client.activate(saved.id)).toMatchObject({ status: 'published' });
				await scene.untilPolls(1);
				expect(await scene.moves(saved)).toEqual([]);

				panel.setOrder(orders[0], { status: 'In progress' });
				const first = `${orders[0]}: pending > inProgress`;
				expect(await scene.untilMoves(saved, 1)).toEqual([first]);

				await n8n.kill('SIGKILL');
				panel.setOrder(orders[0], { status: 'Completed' });
				panel.setOrder(orders[1], { status: 'Cancelled' });
				let isDown = true;
				panel.misbehave({
					when: () => isDown,
					times: Infinity,
					does: { kind: 'status', status: 503 },
				});
				await inTurn(async () => await n8n.start());
				// Each of two polls asks three times.
				await scene.untilPolls(6);
				isDown = false;
				const all = [
					first,
					`${orders[0]}: inProgress > completed`,
					`${orders[1]}: pending > canceled`,
				];
				expect(await scene.untilMoves(saved, 3)).toEqual(all);

				await scene.untilPolls(1);
				await pause(5_000);
				expect(await scene.moves(saved)).toEqual(all);
			} finally {
				await scene.close();
			}
		},
	);

	it.concurrent.each(engines)(
		'loses and repeats nothing over a restart, a list in doubt and an answer that never ends: %s engine',
		async (name, environment) => {
			const scene = await Scene.open(`doubt-${name}`, environment);
			try {
				const { panel, proxy, list, n8n } = scene;
				const [first, second, joins] = panel.seedOrders(3) as [string, string, string];
				const csv = (...cells: string[]) =>
					`order,customer\n${cells.map((cell) => `${cell},x`).join('\n')}`;
				list.serve(csv(first, second));
				const saved = await scene.watchList();
				expect(await n8n.client.activate(saved.id)).toMatchObject({ status: 'published' });
				await scene.untilPolls(1);

				// It joins the list, is seen once, and changes while n8n starts again.
				list.serve(csv(first, second, joins));
				await until(
					'the panel is asked about the order that joined',
					twoPollsMs,
					() => panel.requests.some(({ form }) => form.orders?.includes(joins)),
					Boolean,
				);
				await pause(3_000);
				await n8n.kill('SIGTERM');
				panel.setOrder(joins, { status: 'Completed' });
				await inTurn(async () => await n8n.start());
				const moves = [`${joins}: pending > completed`];
				expect(await scene.untilMoves(saved, 1)).toEqual(moves);

				// An order changes while the cells of the list are broken, and while half of it is missing.
				for (const doubt of [csv('#REF!', second), csv(second), 'Loading...', '503']) {
					list.serve(doubt);
					if (doubt !== '503') await scene.untilFetched(1);
				}
				panel.setOrder(first, { status: 'In progress' });
				await scene.untilFetched(1);
				list.serve(csv(first, second, joins));
				moves.push(`${first}: pending > inProgress`);
				expect(await scene.untilMoves(saved, 2)).toEqual(moves);

				// An order changes while the panel sends its answer letter by letter.
				panel.setOrder(second, { status: 'Partial' });
				const asked = panel.requests.length;
				proxy.drips = true;
				await until(
					'a poll drips',
					twoPollsMs,
					() => panel.requests.length,
					(count) => count > asked,
				);
				proxy.drips = false;
				moves.push(`${second}: pending > partial`);
				expect(await scene.untilMoves(saved, 3, 2 * twoPollsMs)).toEqual(moves);

				await scene.untilFetched(1);
				await pause(5_000);
				const executions = await scene.executions(saved);
				expect(await scene.moves(saved)).toEqual(moves);
				const empty = executions.filter((execution) => execution.json(NODE).length === 0);
				for (const execution of empty) expect(execution.runs('Seen')).toEqual([]);
				expect(empty.length).toBeLessThanOrEqual(2);
				console.log(`${name}: ${executions.length} executions, ${empty.length} without items`);
			} finally {
				await scene.close();
			}
		},
	);

	it.concurrent('activates, shows test events and fails in plain words', async () => {
		const scene = await Scene.open('editor');
		try {
			const { panel, n8n } = scene;
			const { client } = n8n;
			const orders = panel.seedOrders(2);

			const sample = await client.runWorkflow(await scene.watch(orders));
			expect(sample.status).toBe('success');
			expect(sample.json(NODE)).toMatchObject([
				{ order: orders[0], state: 'pending', previousState: null },
				{ order: orders[1], state: 'pending' },
			]);

			const unknown = await scene.watch(['1', '2']);
			const refused = await client.activate(unknown.id);
			expect(refused.status).toBe('failed');
			expect(JSON.stringify(refused)).toContain('Incorrect order ID');

			const list = await new ListServer().start();
			list.serve(`order,customer\n${orders.join(',Ann\n')},Bob`);
			const header = await client.createCredential({
				type: 'smmPanelWatchListApi',
				data: { url: list.url, headerName: 'X-Sheet-Key', headerSecret: 'Bearer a-list-secret' },
			});
			expect(await client.testCredential(header)).toMatchObject({ status: 'OK' });
			const fromUrl = triggerWorkflow({
				event: 'orderStatusChanged',
				watchFrom: 'url',
				watchUrl: list.url,
			});
			Object.assign(fromUrl.nodes[0] as object, { credentials: { smmPanelWatchListApi: {} } });
			const listed = await client.runWorkflow(fromUrl);
			expect(listed.json(NODE).map(({ order }) => order)).toEqual(orders);
			expect(list.requests.map(({ headers }) => headers['x-sheet-key'])).toEqual([
				'Bearer a-list-secret',
				'Bearer a-list-secret',
			]);
			list.fail(403);
			const unread = await client.runWorkflow(fromUrl);
			expect(unread.error?.message).toBe('The watch list cannot be read');
			expect(listed.text + unread.text).not.toContain('a-list-secret');
			await list.close();

			await client.createCredential({
				type: 'smmPanelApi',
				data: { url: panel.url, apiKey: 'a-wrong-api-key' },
			});
			const wrongKey = await client.activate((await scene.watch(orders)).id);
			expect(wrongKey.status).toBe('failed');
			expect(JSON.stringify(wrongKey)).toMatch(/invalid api key/i);
			expect(n8n.log()).not.toContain(panel.apiKey);
			expect(n8n.log()).not.toContain('a-wrong-api-key');
			expect(n8n.log()).not.toContain('a-list-secret');
		} finally {
			await scene.close();
		}
	});
});
