import type { INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';

import { type SandboxPanel, startSandboxPanel } from '../sandbox/panel.mts';
import { TestCredentials } from './credentials.mts';
import { callDropdown } from './engine.mts';

describe('the service picker', () => {
	let panel: SandboxPanel;
	beforeEach(async () => {
		panel = await startSandboxPanel({ catalogueSize: 250 });
	});
	afterEach(async () => await panel.close());

	const search = async (words?: string, page?: string) =>
		await callDropdown<INodeListSearchResult>(
			'listSearch',
			'searchServices',
			{ panelUrl: panel.url },
			words,
			page,
		);
	const valuesOf = ({ results }: INodeListSearchResult) =>
		results.map(({ value }) => Number(value));

	it('shows the name first, then price, ID and limits, and the order type last', async () => {
		const { results } = await search();
		const comments = panel.services.find(({ type }) => type === 'customComments');
		expect(results[0]).toEqual({
			name: 'Real & Active Followers | 250 per 1k | 101 | 100 to 100k | Default',
			value: '101',
		});
		expect(results.find(({ value }) => value === String(comments?.service))?.name).toMatch(
			/^YouTube.* \| 18 per 1k \| 107 \| 2 to 500 \| Custom Comments$/,
		);
	});

	it('says that the price of a package is for all of it', async () => {
		const service = panel.services.find(({ type }) => type === 'package');
		const { results } = await search(String(service?.service));
		expect(results[0]?.name).toMatch(
			new RegExp(` \\| ${service?.rate} per package \\| ${service?.service} \\| Package$`),
		);
	});

	it('goes through all services page by page, each once', async () => {
		const seen: number[] = [];
		let page: string | undefined;
		do {
			const result = await search('', page);
			expect(result.results.length).toBeLessThanOrEqual(100);
			seen.push(...valuesOf(result));
			page = result.paginationToken as string | undefined;
		} while (page);
		expect(seen).toEqual(panel.services.map(({ service }) => service));
	});

	it('finds by ID, by words of name and category in any order, by type and by price', async () => {
		expect(valuesOf(await search('30067'))).toEqual([30067]);
		expect(valuesOf(await search('FOLLOWERS active'))).toContain(101);
		const comments = panel.services.filter(({ type }) => type === 'customComments');
		expect(valuesOf(await search('custom comments'))).toEqual(
			expect.arrayContaining(comments.map(({ service }) => service)),
		);
		const priced = panel.services.filter(({ rate }) => rate >= 100 && rate <= 200);
		const result = await search('>100 <200');
		expect(valuesOf(result)).toEqual(priced.map(({ service }) => service).slice(0, 100));
		expect(priced.length).toBeGreaterThan(0);
	});

	it('asks the panel once while somebody types', async () => {
		for (const typed of ['', 'f', 'fo', 'fol', 'foll']) await search(typed);
		expect(panel.requestsFor('services')).toHaveLength(1);
	});

	it('never shows one account the prices of another', async () => {
		await search();
		await callDropdown('listSearch', 'searchServices', {
			panelUrl: panel.url,
			apiKey: 'some-other-key',
		}).catch(() => {});
		expect(panel.requestsFor('services')).toHaveLength(2);
	});

	it('shows the services of the new panel when its credential was edited, and of the new key', async () => {
		// Nobody edits a credential within three seconds.
		let now = Date.now();
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
		const settings = { credentials: { smmPanelApi: { id: 'edited', name: 'Panel' } } };
		const searchOn = async (account: { panelUrl: string; apiKey?: string }) => {
			now += 3_000;
			return await callDropdown<INodeListSearchResult>('listSearch', 'searchServices', {
				...account,
				settings,
			});
		};
		const other = await startSandboxPanel({ catalogueSize: 30 });
		try {
			await searchOn({ panelUrl: panel.url });
			const { results } = await searchOn({ panelUrl: other.url });
			expect(results).toHaveLength(other.services.length);
			await expect(
				searchOn({ panelUrl: other.url, apiKey: 'some-other-key' }),
			).rejects.toMatchObject({ message: expect.stringMatching(/key/i) });
			await searchOn({ panelUrl: other.url });
			expect(panel.requestsFor('services')).toHaveLength(1);
			expect(other.requestsFor('services').map(({ form }) => form.key)).toEqual([
				other.apiKey,
				'some-other-key',
			]);
		} finally {
			clock.mockRestore();
			await other.close();
		}
	});

	it('reads the credential once for a word that is typed', async () => {
		const settings = { credentials: { smmPanelApi: { id: 'typing', name: 'Panel' } } };
		const reading = jest.spyOn(TestCredentials.prototype, 'getDecrypted');
		for (const typed of ['f', 'fo', 'fol']) {
			await callDropdown('listSearch', 'searchServices', { panelUrl: panel.url, settings }, typed);
		}
		expect(reading).toHaveBeenCalledTimes(1);
		reading.mockRestore();
	});

	it('tells a wrong key in the words of the panel, and does not remember the failure', async () => {
		panel.misbehave({ does: { kind: 'refuse', error: 'Invalid API key' } });
		await expect(search()).rejects.toMatchObject({
			message: 'Invalid API key',
			description: expect.stringContaining('SMM Panel credential'),
		});
		expect((await search()).results).not.toHaveLength(0);
	});

	it('lists the categories with their numbers of services', async () => {
		const options = await callDropdown<INodePropertyOptions[]>('loadOptions', 'getCategories', {
			panelUrl: panel.url,
		});
		const names = [...new Set(panel.services.map(({ category }) => category))];
		expect(options.map(({ value }) => value)).toEqual(names.sort((a, b) => a.localeCompare(b)));
		const followers = panel.services.filter(({ category }) => category === 'Instagram Followers');
		expect(options).toContainEqual({
			name: `Instagram Followers (${followers.length})`,
			value: 'Instagram Followers',
		});
	});
});
