import { machineClock } from '../../nodes/n8n/machineClock.ts';
import { PanelClient } from '../../nodes/panelApi/client.ts';
import type { IdOutcomes } from '../../nodes/panelApi/client.ts';
import { PanelError } from '../../nodes/panelApi/panelError.ts';
import { wireTo } from '../support/client.mts';
import { answersOf, panelsSeen } from './exchange.mts';
import type { Exchange, Failure } from './exchange.mts';
import { type ReplayServer, startReplayServer } from './replayServer.mts';

/** What is ordered where an exchange does not say: what a panel reads of it is not the question here. */
const usualOrder = { service: '101', link: 'https://www.instagram.com/nike', quantity: '100' };

let server: ReplayServer;
let client: PanelClient;

beforeAll(async () => {
	server = await startReplayServer();
});
beforeEach(() => {
	// A client remembers what its panel knows. Nothing is repeated: each exchange holds all of what is sent.
	const patience = { repeats: 0, firstPauseMs: 1, longestPauseMs: 0 };
	client = new PanelClient(wireTo(server.url, 'some-key'), machineClock, patience);
});
afterAll(async () => await server.close());

const panels = panelsSeen();

describe.each(panels.map((panel) => [panel.about.name, panel] as const))('%s', (_name, panel) => {
	it.each(panel.exchanges.map((exchange) => [exchange.action, exchange.name, exchange] as const))(
		'%s: %s',
		async (_action, _sentence, exchange) => {
			server.load(answersOf(exchange));
			expect(await outcomeOf(exchange)).toEqual(expectedOf(exchange));
			const { unexpected, unused } = server;
			expect({ unexpected, unused }).toEqual({ unexpected: [], unused: [] });
		},
	);

	it('has a sentence of its own for each exchange', () => {
		const names = panel.exchanges.map(({ action, name }) => `${action}: ${name}`);
		expect(names).toEqual([...new Set(names)]);
	});
});

it('at least 12 panels, 300 exchanges and 150 answers to orders were seen', () => {
	const exchanges = panels.flatMap((panel) => panel.exchanges);
	expect(panels.length).toBeGreaterThanOrEqual(12);
	expect(exchanges.length).toBeGreaterThanOrEqual(300);
	expect(exchanges.filter(({ action }) => action === 'add').length).toBeGreaterThanOrEqual(150);
});

/** What came of a call, failures included, in the terms of the file. */
async function outcomeOf(exchange: Exchange): Promise<unknown> {
	switch (exchange.action) {
		case 'add': {
			const fields = exchange.fields ?? usualOrder;
			return await settled(async () => {
				const { value } = await client.add(fields);
				return { certainty: 'placed', ...value };
			});
		}
		case 'balance':
			return await settled(async () => (await client.balance()).value);
		case 'services':
			return await settled(async () => {
				const { value, ...others } = await client.services();
				return { services: value, ...others };
			});
		default:
			return Object.fromEntries(
				[...(await ask(exchange.action, exchange))].map(([id, outcome]) => [
					id,
					'value' in outcome ? outcome.value : failureOf(outcome.error),
				]),
			);
	}
}

type IdExchange = Extract<Exchange, { ids: string[] }>;

async function ask(
	action: IdExchange['action'],
	{ ids, batchSize }: Pick<IdExchange, 'ids' | 'batchSize'>,
): Promise<IdOutcomes<unknown>> {
	const options = batchSize === undefined ? {} : { batchSize };
	if (action === 'status') return await client.orderStatus(ids, options);
	if (action === 'refill') return await client.refill(ids, options);
	if (action === 'refill_status') return await client.refillStatus(ids, options);
	return await client.cancel(ids, options);
}

async function settled(call: () => Promise<unknown>): Promise<unknown> {
	try {
		return await call();
	} catch (error) {
		if (error instanceof PanelError) return failureOf(error);
		throw error;
	}
}

/** What an exchange can expect of an error; `mentions` is all that a person gets to read. */
function failureOf(error: PanelError) {
	const { certainty } = error as PanelError & { certainty?: string };
	const { kind, message: words, detail } = error;
	return { certainty, kind, words, mentions: `${words} ${detail}` };
}

function expectedOf(exchange: Exchange): unknown {
	switch (exchange.action) {
		case 'add':
		case 'balance':
			return expectation(exchange.expect);
		case 'services':
			return 'services' in exchange.expect
				? expect.objectContaining({
						...exchange.expect,
						services: (exchange.expect.services as object[]).map(expectation),
					})
				: expectation(exchange.expect);
		default:
			return Object.fromEntries(
				Object.entries(exchange.expect).map(([id, expected]) => [id, expectation(expected)]),
			);
	}
}

/** Fields that an exchange does not name are not looked at; words may stand anywhere in the message. */
function expectation(expected: object): unknown {
	const { words, mentions, ...exact } = expected as Failure;
	return expect.objectContaining({
		...exact,
		...(words !== undefined && { words: expect.stringContaining(words) }),
		...(mentions !== undefined && { mentions: expect.stringContaining(mentions) }),
	});
}
