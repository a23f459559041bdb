import { TriggerEngine } from './triggerEngines.mts';
import { ListServer } from './triggerListServer.mts';
import { panelForTests } from '../support/panelForTests.mts';

jest.setTimeout(30_000);

const panel = panelForTests();
let list: ListServer;
let elsewhere: ListServer;
let ids: string[];
beforeEach(async () => {
	ids = panel.seedOrders(3);
	list = await new ListServer().start();
	elsewhere = await new ListServer().start();
});
afterEach(async () => {
	await list.close();
	await elsewhere.close();
});

const secret = 'Bearer super-secret-value';

function engineFor(more: object = {}, secretFor?: string): TriggerEngine {
	return new TriggerEngine({
		parameters: {
			event: 'orderStatusChanged',
			watchFrom: 'url',
			watchUrl: list.url,
			...more,
		},
		credentials: {
			smmPanelApi: { url: panel.url, apiKey: panel.apiKey },
			...(secretFor && {
				smmPanelWatchListApi: {
					url: secretFor,
					headerName: 'X-Sheet-Key',
					headerSecret: secret,
				},
			}),
		},
	});
}

const asked = () =>
	panel.requestsFor('status').flatMap(({ form }) => (form.orders ?? form.order ?? '').split(','));

const fail = () => Promise.reject(new Error('it was read'));
const failureOf = (error: Error) => error as Error & { description: string };

describe('a watch list at a URL', () => {
	it.each([
		['a JSON array', () => JSON.stringify(ids)],
		['rows with the ID in a field', () => JSON.stringify(ids.map((order) => ({ row: 7, order })))],
		['an object that holds the rows', () => JSON.stringify({ data: { rows: ids } })],
		['CSV with a header', () => `name;order\n${ids.map((id) => `"x;y";${id}`).join('\n')}`],
		['plain lines', () => ids.join('\r\n')],
	])('is read as %s', async (_what, text) => {
		list.serve(text());
		const engine = engineFor();
		await engine.activate();
		expect(asked()).toEqual(ids);
	});

	it('is read again with every poll: what is added is watched, what is gone is not asked', async () => {
		list.serve(ids.slice(0, 2).join('\n'));
		const engine = engineFor();
		await engine.activate();
		list.serve(ids.slice(1).join('\n'));
		await engine.tick();
		panel.forgetRequests();
		panel.setOrder(ids[2] as string, { status: 'Completed' });
		await engine.tick();
		expect(asked()).toEqual(ids.slice(1));
		expect(engine.items).toMatchObject([{ order: ids[2], state: 'completed' }]);
	});

	it('makes the poll fail when it cannot be read, and nothing is forgotten', async () => {
		list.serve(ids.join('\n'));
		const engine = engineFor();
		await engine.activate();
		panel.setOrder(ids[0] as string, { status: 'Completed' });
		for (const fail of [
			() => list.fail(500),
			() => list.fail(404),
			() => list.serve('<!doctype html><html>Sign in</html>'),
			() => list.serve('{"rows": [{"order": 1'),
			() => list.serve('{"error": "no such view"}'),
			() => list.serve('[{"number": 1}]'),
			() => (list.answer = (request) => request.destroy()),
		]) {
			fail();
			await engine.tick();
		}
		expect(engine.errors).toHaveLength(7);
		expect(engine.errors[0]).toMatchObject({ name: 'NodeApiError', httpCode: '500' });
		// n8n would take status 404 for a lasting error, and poll no more for half an hour.
		expect(engine.errors[1]).toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
		for (const { message } of engine.errors) expect(message).toMatch(/^The watch list /);
		list.serve(ids.join('\n'));
		await engine.tick();
		expect(engine.items).toMatchObject([{ order: ids[0], previousState: 'pending' }]);
	});

	it('is not believed when it is empty all of a sudden', async () => {
		list.serve(ids.join('\n'));
		const engine = engineFor();
		await engine.activate();
		panel.setOrder(ids[0] as string, { status: 'Completed' });
		panel.forgetRequests();
		for (const empty of ['', 'order\n', '[]', '{"rows":[]}']) {
			list.serve(empty);
			await engine.tick();
		}
		expect(panel.requests).toEqual([]);
		expect(engine.errors).toEqual([]);
		list.serve(ids.join('\n'));
		await engine.tick();
		expect(engine.items).toMatchObject([{ order: ids[0], previousState: 'pending' }]);
	});

	it('watches the others beside cells that cannot be IDs, and logs these once', async () => {
		const withBadRows = [...ids, { error: '#ERROR!' }, { specialValue: 'NaN' }, false, 12.5];
		list.serve(JSON.stringify(withBadRows.map((order) => ({ order }))));
		const engine = engineFor();
		await engine.activate();
		await engine.tick();
		panel.setOrder(ids[2] as string, { status: 'Completed' });
		await engine.tick();
		expect(engine.errors).toEqual([]);
		expect(engine.items).toMatchObject([{ order: ids[2], state: 'completed' }]);
		expect(engine.log).toEqual([expect.stringMatching(/watch list.*holds an object.*4/)]);
	});

	it('logs again when other cells cannot be IDs, and when they are back', async () => {
		const engine = engineFor();
		for (const orders of [
			[...ids, 12.5],
			[...ids, 12.5, false],
			ids,
			[...ids, 12.5],
			[...ids, 12.5],
		]) {
			list.serve(JSON.stringify(orders));
			await (engine.log.length === 0 ? engine.activate() : engine.tick());
		}
		expect(engine.log).toHaveLength(3);
	});

	it('may be empty at the activation', async () => {
		list.serve('order\n');
		const engine = engineFor();
		await engine.activate();
		list.serve(ids.join('\n'));
		await engine.tick();
		panel.setOrder(ids[0] as string, { status: 'Completed' });
		await engine.tick();
		expect(engine.items).toMatchObject([{ order: ids[0], previousState: 'pending' }]);
	});

	it('may redirect, as the links of published sheets do', async () => {
		elsewhere.serve(ids.join('\n'));
		list.fail(307, { location: `${elsewhere.url}?x=1` });
		const engine = engineFor();
		await engine.activate();
		expect(asked()).toEqual(ids);
	});

	it('may not redirect for ever', async () => {
		list.fail(302, { location: '/list' });
		await expect(engineFor().activate()).rejects.toThrow('The watch list cannot be read');
		expect(list.requests.length).toBeLessThan(10);
	});

	it('is named in an error by the beginning of its address', async () => {
		list.answer = ({ url = '' }, response) => {
			if (url.length > 1_000) response.writeHead(500).end();
			else response.writeHead(302, { location: `/${'long'.repeat(2_000)}` }).end();
		};
		const { message, description } = await engineFor().activate().then(fail, failureOf);
		expect(message).toBe('The watch list cannot be read');
		expect(description).toMatch(/\/longlong.*…: HTTP status 500\. No watched IDs were lost\./);
		expect(description.length).toBeLessThan(800);
	});

	it('may not be endless', async () => {
		list.answer = (_request, response) => {
			response.writeHead(200);
			const megabyte = '1'.repeat(1_000_000);
			const more = () => {
				while (!response.destroyed && response.write(megabyte));
			};
			response.on('drain', more);
			more();
		};
		await expect(engineFor().activate()).rejects.toMatchObject({
			message: 'The watch list cannot be read',
			description: expect.stringContaining('larger than 16 MB'),
		});
	});

	it('may not keep the poll waiting', async () => {
		list.answer = (_request, response) => {
			response.writeHead(200);
			response.write('1\n');
		};
		const engine = engineFor();
		engine.budgetMs = 2_000;
		const start = Date.now();
		await expect(engine.activate()).rejects.toThrow('The watch list cannot be read');
		expect(Date.now() - start).toBeLessThan(4_000);
	});

	it.each(['ftp://example.com/list', 'example.com', 'file:///etc/passwd', ''])(
		'has to be a web address, not "%s"',
		async (watchUrl) => {
			await expect(engineFor({ watchUrl }).activate()).rejects.toThrow('is not a web address');
		},
	);
});

describe('the secret header of a watch list', () => {
	it('goes to the address of its credential', async () => {
		list.serve(ids.join('\n'));
		await engineFor({}, list.origin).activate();
		expect(list.requests[0]?.headers['x-sheet-key']).toBe(secret);
	});

	it('does not follow a redirect to another origin, but one within it', async () => {
		elsewhere.serve(ids.join('\n'));
		list.answer = (request, response) => {
			const location = request.url === '/list' ? '/again' : elsewhere.url;
			response.writeHead(302, { location });
			response.end();
		};
		await engineFor({}, list.origin).activate();
		expect(list.requests.map(({ headers }) => headers['x-sheet-key'])).toEqual([secret, secret]);
		expect(elsewhere.requests).toHaveLength(1);
		expect(JSON.stringify(elsewhere.requests)).not.toContain('super-secret');
	});

	it('is not sent to a list at another origin than that of its credential', async () => {
		await expect(engineFor({}, elsewhere.origin).activate()).rejects.toThrow(
			`The Watch List credential is for ${elsewhere.origin}`,
		);
		expect(list.requests).toEqual([]);
	});

	it('appears in no error, log line, item or state', async () => {
		list.serve(ids.join('\n'));
		const engine = engineFor({}, list.origin);
		await engine.activate();
		list.answer = (request) => request.destroy();
		await engine.tick();
		list.answer = (request, response) => {
			response.writeHead(401);
			response.end(JSON.stringify(request.headers));
		};
		await engine.tick();
		list.serve(JSON.stringify({ echoed: secret }));
		await engine.tick();
		expect(engine.errors).toHaveLength(3);
		const told = engine.errors.map((error) => ({
			...error,
			message: error.message,
			stack: error.stack,
		}));
		const all = JSON.stringify([told, engine.log, engine.items, engine.saved]);
		expect(all).not.toContain('super-secret');
	});

	it.each<[string, () => void, (address: string) => string]>([
		['the server refuses', () => list.fail(403), (address) => address],
		['the scheme is missing', () => {}, (address) => address.slice('http://'.length)],
		['the scheme is another one', () => {}, (address) => address.replace('http:', 'ftp:')],
		[
			'it redirects to something else',
			() => list.fail(302, { location: 'ftp://x/?token=hidden-token' }),
			(address) => address,
		],
		[
			'it redirects to nonsense',
			() => list.fail(302, { location: 'http://[x?token=hidden-token' }),
			(address) => address,
		],
		[
			'the server repeats it',
			() => (list.answer = (request, response) => response.end(`{"nothing at":"${request.url}"}`)),
			(address) => address,
		],
		[
			'the server repeats it where it redirects to',
			() =>
				(list.answer = ({ url = '' }, response) => {
					if (url.includes('again')) return response.end(`[{"${url}":1}]`);
					response.writeHead(302, { location: '/again?signature=other%20hidden-token' });
					return response.end();
				}),
			() => list.url,
		],
	])('keeps the query of the address out of errors when %s', async (_what, prepare, addressOf) => {
		prepare();
		const engine = engineFor({ watchUrl: addressOf(`${list.url}?token=hidden-token`) });
		const error = await engine.activate().catch((thrown: unknown) => thrown);
		const { message, stack } = error as Error;
		expect(message).toMatch(/watch list/);
		expect(JSON.stringify([error, message, stack])).not.toMatch(/hidden/);
	});

	it('keeps the password of an address without a right scheme out of errors', async () => {
		const watchUrl = 'ftp://user:hidden-password@example.com/list';
		const error = await engineFor({ watchUrl })
			.activate()
			.catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({
			description: expect.stringContaining('but is "ftp://example.com/list"'),
		});
	});
});
