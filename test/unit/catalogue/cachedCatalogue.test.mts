import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { rememberedCatalogue } from '../../../nodes/catalogue/cachedCatalogue.ts';

/** A node of the editor whose requests are answered by hand, in any order. */
class WaitingNode {
	readonly answers: Array<(body: unknown) => void> = [];

	look = async (url: string): Promise<string[]> => {
		const node = {
			getNode: () => ({ type: 'n8n-nodes-smm-panel.smmPanel', name: 'SMM Panel' }),
			getCredentials: async () => ({ url, apiKey: 'some-key' }),
			helpers: {
				httpRequestWithAuthentication: async () =>
					await new Promise((resolve) => {
						this.answers.push((body) =>
							resolve({ statusCode: 200, headers: {}, body: JSON.stringify(body) }),
						);
					}),
			},
		} as unknown as ILoadOptionsFunctions;
		return (await rememberedCatalogue(node)).map(({ service }) => service);
	};

	arrival = async (number: number): Promise<void> => {
		while (!this.answers[number]) await new Promise(setImmediate);
	};

	answer = async (number: number, body: unknown): Promise<void> => {
		await this.arrival(number);
		this.answers[number]?.(body);
	};
}

const refusal = { error: 'Invalid API key' };

describe('the catalogue that the editor remembers', () => {
	const minute = 60_000;
	let now = Date.now();
	beforeEach(() => jest.spyOn(Date, 'now').mockImplementation(() => now));
	afterEach(() => jest.restoreAllMocks());

	it('is kept for a minute', async () => {
		const { look, answer, answers } = new WaitingNode();
		const url = 'https://minute.example/api/v2';
		const first = look(url);
		await answer(0, [{ service: 1 }]);
		expect(await first).toEqual(['1']);
		now += minute - 1;
		expect(await look(url)).toEqual(['1']);
		now += 1;
		const later = look(url);
		await answer(1, [{ service: 2 }]);
		expect(await later).toEqual(['2']);
		expect(answers).toHaveLength(2);
	});

	it('stays when the request for an older one fails late', async () => {
		const { look, arrival, answer, answers } = new WaitingNode();
		const url = 'https://late.example/api/v2';
		const slow = look(url).catch((error: Error) => error.message);
		await arrival(0);
		now += minute;
		const quick = look(url);
		await answer(1, [{ service: 2 }]);
		expect(await quick).toEqual(['2']);
		await answer(0, refusal);
		expect(await slow).toBe(refusal.error);
		expect(await look(url)).toEqual(['2']);
		expect(answers).toHaveLength(2);
	});
});
