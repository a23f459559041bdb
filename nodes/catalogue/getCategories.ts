import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { rememberedCatalogue } from './cachedCatalogue';

/** The categories of the catalogue with the number of services in each, in the order of the alphabet. */
export async function getCategories(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const counts = new Map<string, number>();
	for (const { category } of await rememberedCatalogue(this)) {
		if (category) counts.set(category, (counts.get(category) ?? 0) + 1);
	}
	return [...counts]
		.sort(([left], [right]) => left.localeCompare(right))
		.map(([category, count]) => ({ name: `${category} (${count})`, value: category }));
}
