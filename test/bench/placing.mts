import { httpRequest } from '../host/httpRequest.mts';
import { workflow } from '../host/workflow.mts';
import type { NodeOutline } from '../host/workflow.mts';
import type { Bench, Section } from './bench.mts';
import { latencyMs } from './bench.mts';
import { atMostTimes } from './goals.mts';
import { fillKeyStore } from './keyStore.mts';
import { call, inParallel, timeScript } from './limit.mts';
import { ours } from './nodes.mts';
import { grouped } from './numbers.mts';
import { startPanelProcess } from './panelProcess.mts';
import type { PanelProcess } from './panelProcess.mts';
import { race } from './race.mts';
import type { Contender } from './race.mts';
import { raceColumns, raceRow } from './raceTable.mts';
import { timeWorkflow } from './timedWorkflow.mts';

const service = '102';
const quantity = '100';
const knownKeys = 100_000;
/** Different in each run, so that no key was used before. */
const newKey = "={{ $execution.id + ' ' + $json.link }}";

const linksFor = (count: number) =>
	Array.from({ length: count }, (_, n) => `https://example.com/p/${n}`);

function orderNode(panel: PanelProcess, parameters: NodeOutline['parameters'] = {}): NodeOutline {
	return ours(panel, {
		resource: 'order',
		operation: 'create',
		service: { __rl: true, mode: 'id', value: service },
		link: '={{ $json.link }}',
		quantity: Number(quantity),
		...parameters,
	});
}

function inN8n(
	{ n8n }: Bench,
	links: readonly string[],
	name: string,
	node: NodeOutline,
): Contender {
	const isGood = ({ order }: Record<string, unknown>) => order !== undefined;
	const items = links.map((link) => ({ link }));
	return {
		name,
		run: async () => await timeWorkflow(n8n, workflow([node], { items }), { isGood }),
	};
}

function script(panel: PanelProcess, links: readonly string[], width: number): Contender {
	const form = { action: 'add', service, quantity };
	return {
		name: `undici script, ${width} at a time`,
		run: async () =>
			await timeScript(async () => {
				const tasks = links.map((link) => async () => await call(panel, { ...form, link }));
				return (await inParallel(width, tasks)).length;
			}),
	};
}

/** Placing orders: one, five and ten at a time, and with idempotency keys. */
export async function benchPlacing(bench: Bench): Promise<Section> {
	const { n8n, isQuick, rounds } = bench;
	const orders = isQuick ? 10 : 100;
	console.log(`Placing ${orders} orders`);
	const panel = await startPanelProcess(n8n.client, 'placing', { latencyMs, balance: 100_000_000 });
	try {
		const links = linksFor(orders);
		const ownNode = (name: string, parameters: NodeOutline['parameters'] = {}) =>
			inN8n(bench, links, name, orderNode(panel, parameters));
		const perItem = httpRequest(panel, {
			action: 'add',
			service,
			quantity,
			link: '={{ $json.link }}',
		});
		const plain = 'SMM Panel node';
		const keyed = { idempotencyKey: newKey };
		const results = await race(panel, Math.min(rounds, 5), [
			ownNode(plain),
			ownNode(`${plain}, 1 at a time`, { options: { parallelOrders: 1 } }),
			ownNode(`${plain}, 10 at a time`, { options: { parallelOrders: 10 } }),
			ownNode(`${plain}, idempotency keys`, keyed),
			inN8n(bench, links, 'HTTP Request per item', perItem),
			script(panel, links, 1),
			script(panel, links, 5),
			script(panel, links, 10),
		]);
		const { id } = await n8n.client.importWorkflow(workflow([], { items: [] }));
		fillKeyStore(n8n, id, knownKeys);
		const full = await race(panel, Math.min(rounds, 5), [
			ownNode(`${plain}, idempotency keys, ${grouped(knownKeys)} known`, keyed),
			ownNode(`${plain}, at the same time`),
		]);
		const timeOf = (name: string) =>
			[...results, ...full].find((result) => result.name === name)?.milliseconds ?? Number.NaN;
		const beside5 = timeOf(plain) / timeOf('undici script, 5 at a time');
		const besideNoKeys =
			(full[0]?.milliseconds ?? Number.NaN) / (full[1]?.milliseconds ?? Number.NaN);
		return {
			title: 'Placing orders',
			note: `${grouped(orders)} orders. Our node sends five at a time unless told otherwise and remembers each outcome; HTTP Request sends all at once and repeats what it does not know the outcome of when it is run again.`,
			columns: raceColumns,
			rows: [...results, ...full].map((result) => raceRow(result, results, orders)),
			goals: [
				atMostTimes(
					1.3,
					beside5,
					`${orders} orders: at most 1.3x the undici script that sends five at a time`,
				),
				atMostTimes(
					2,
					besideNoKeys,
					`Idempotency keys with ${grouped(knownKeys)} known: at most twice the time without`,
				),
			],
		};
	} finally {
		await panel.stop();
	}
}

const limitedOrders = 20;
const requestsPerSecond = 2;

/** Orders on a panel that allows few requests: who gets all placed, and none twice. */
export async function benchLimitedPlacing(bench: Bench): Promise<Section> {
	const { n8n } = bench;
	console.log(`${limitedOrders} orders, ${requestsPerSecond} requests a second allowed`);
	const options = { latencyMs, requestsPerSecond, balance: 1_000_000 };
	const panel = await startPanelProcess(n8n.client, 'limited placing', options);
	try {
		const links = linksFor(limitedOrders);
		const perItem = httpRequest(panel, {
			action: 'add',
			service,
			quantity,
			link: '={{ $json.link }}',
		});
		const results = await race(panel, 0, [
			inN8n(bench, links, 'SMM Panel node', orderNode(panel)),
			inN8n(bench, links, 'HTTP Request per item, On Error: Continue', {
				...perItem,
				onError: 'continueRegularOutput',
			}),
		]);
		const placed = results[0]?.items ?? 0;
		return {
			title: 'Orders on a panel with a limit',
			note: `${requestsPerSecond} requests a second are allowed; beyond that the panel answers 429.`,
			columns: raceColumns,
			rows: results.map((result) => raceRow(result, results, limitedOrders)),
			goals: [
				{
					goal: `${requestsPerSecond} requests a second allowed: all orders are placed`,
					measured: `${placed} of ${limitedOrders}`,
					holds: placed === limitedOrders,
				},
			],
		};
	} finally {
		await panel.stop();
	}
}
