import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { serviceFilter, type ServiceFilters } from './filter';
import { rememberedCatalogue } from './cachedCatalogue';
import { rowOf } from './pickerRow';

const pageSize = 100;

/**
 * The rows of the service picker, a page at a time: those in which every word that was typed occurs (in the id,
 * name, category or type). `<2` and `>0.5` among the words bound the price.
 */
export async function searchServices(
	this: ILoadOptionsFunctions,
	search = '',
	page?: string,
): Promise<INodeListSearchResult> {
	const isWanted = serviceFilter(filtersOf(search));
	const found = (await rememberedCatalogue(this)).filter(isWanted);
	const start = Number(page ?? 0);
	const end = start + pageSize;
	return {
		results: found
			.slice(start, end)
			.map((service) => ({ name: rowOf(service), value: service.service })),
		paginationToken: end < found.length ? String(end) : undefined,
	};
}

function filtersOf(search: string): ServiceFilters {
	const filters: ServiceFilters = {};
	const words = search.split(/\s+/).filter((word) => {
		const [, bound, price] = /^([<>])(\d+(?:\.\d+)?)$/.exec(word) ?? [];
		if (bound === '<') filters.maxRate = Number(price);
		if (bound === '>') filters.minRate = Number(price);
		return bound === undefined;
	});
	return { ...filters, search: words.join(' ') };
}
