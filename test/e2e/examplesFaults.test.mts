import { randomUUID } from 'node:crypto';

import { startN8n } from '../host/n8n.mts';
import type { N8n } from '../host/n8n.mts';
import { startSandboxPanel } from '../sandbox/panel.mts';
import type { FaultEffect, SandboxPanel } from '../sandbox/panel.mts';
import { MCP_TOKEN } from './conversationDeliveries.mts';
import type { Deliver } from './delivery.mts';
import { deliveries, SHOP_SECRET } from './exampleDeliveries.mts';

/** How many faults are met at least, after every example has had its turn. */
const FAULTS = Number(process.env.EXAMPLE_FAULTS ?? 200);
const SEED = Number(process.env.EXAMPLE_SEED ?? 1);
const ORDERS_IN_A_ROUND = 20;

jest.setTimeout(300_000 + FAULTS * 5_000);

const EFFECTS: FaultEffect[] = [
	{ kind: 'dropBefore' },
	{ kind: 'dropAfter' },
	{ kind: 'cutAfter' },
	{ kind: 'status', status: 429, headers: { 'retry-after': '1' } },
	{ kind: 'status', status: 500 },
	{ kind: 'status', status: 500, acts: true },
	{ kind: 'html' },
	{ kind: 'html', acts: true },
	{ kind: 'refuse', error: 'Not enough funds on balance' },
];

let first: SandboxPanel;
let second: SandboxPanel;
let n8n: N8n;
const closing: Array<() => Promise<void>> = [];
const prepared: Array<[name: string, deliver: Deliver]> = [];

beforeAll(async () => {
	// An order is finished when somebody looks at it.
	const orderLife = { pendingMs: 1, deliveryMs: 1 };
	[first, second] = await Promise.all([
		startSandboxPanel({ latencyMs: 20, balance: 1_000_000, orderLife }),
		startSandboxPanel({
			latencyMs: 20,
			balance: 1_000_000,
			orderLife,
			apiKey: 'key-of-the-second-panel',
		}),
	]);
	n8n = await startN8n({
		name: 'examples-faults',
		environment: { N8N_RESTRICT_FILE_ACCESS_TO: '.n8n-files' },
	});
	const byPanel = (one: string, two: string) =>
		`={{ ({ one: '${one}', two: '${two}' })[$json.panel] }}`;
	const accounts = {
		'Any panel': {
			url: byPanel(first.url, second.url),
			apiKey: byPanel(first.apiKey, second.apiKey),
		},
		'Second panel': { url: second.url, apiKey: second.apiKey },
		'Sandbox panel': { url: first.url, apiKey: first.apiKey },
	};
	for (const [name, data] of Object.entries(accounts)) {
		await n8n.client.createCredential({ name, type: 'smmPanelApi', data });
	}
	await n8n.client.createCredential({
		name: 'Shop secret',
		type: 'crypto',
		data: { hmacSecret: SHOP_SECRET },
	});
	await n8n.client.createCredential({
		name: 'MCP clients',
		type: 'httpBearerAuth',
		data: { token: MCP_TOKEN },
	});
	const scene = { n8n, later: (close: () => Promise<void>) => void closing.push(close) };
	for (const [name, prepare] of Object.entries(deliveries)) {
		prepared.push([name, await prepare(scene)]);
	}
});

afterAll(async () => {
	for (const close of closing) await close();
	await n8n?.stop();
	await Promise.all([first?.close(), second?.close()]);
});

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

/** Lets each panel fail once with each of these orders, and answers how many of these faults were met so far. */
function failWith(links: string[], random: (below: number) => number): () => number {
	const met = new Set<string>();
	for (const [panel, link] of links.flatMap((each) => [
		[first, each] as const,
		[second, each] as const,
	])) {
		panel.misbehave({
			on: 'add',
			when: (form) => {
				if (form.link === link) met.add(`${panel.url} ${link}`);
				return form.link === link;
			},
			does: EFFECTS[random(EFFECTS.length)] as FaultEffect,
		});
	}
	return () => met.size;
}

it(`orders nothing twice over all examples under ${FAULTS} random faults and repeated deliveries`, async () => {
	const random = randomFrom(SEED);
	let met = 0;
	for (let round = 0; round < prepared.length || met < FAULTS; round++) {
		first.reset();
		second.reset();
		const [name, deliver] = prepared[round % prepared.length] as [string, Deliver];
		const links = Array.from(
			{ length: ORDERS_IN_A_ROUND },
			() => `https://www.instagram.com/p/${randomUUID()}`,
		);
		const metNow = failWith(links, random);
		await Promise.all([deliver(links, true), deliver(links, false)]);
		await deliver(links, false);
		const orders = [first, second].flatMap((panel) => [...panel.orders.values()]);
		const ordered = orders.map(({ link }) => link);
		expect({ name, ordered: [...ordered].sort() }).toEqual({
			name,
			ordered: [...new Set(ordered)].sort(),
		});
		expect(ordered.filter((link) => !links.includes(link))).toEqual([]);
		// Every order met its fault, and most faults leave an order behind: else nothing was proven.
		expect({ name, faults: metNow() }).toEqual({ name, faults: expect.any(Number) as number });
		expect(metNow()).toBeGreaterThanOrEqual(ORDERS_IN_A_ROUND);
		expect(ordered.length).toBeGreaterThan(ORDERS_IN_A_ROUND / 4);
		met += metNow();
	}
});
