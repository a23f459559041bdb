import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Service } from '../panelApi/answers/services';
import { serviceFilter, type ServiceFilters } from './filter';
import { rowSeparator } from '../orders/orderTypeChoice';
import { orderTypes } from '../panelApi/vocabulary/orderTypes';
import { rememberedCatalogue } from './cachedCatalogue';

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

/**
 * A row of the picker: what one buys first, clipped, as the editor shows about 50 characters of a row; then price, ID
 * and limits. The order type is the last part: the fields of Create Order follow it.
 */
function rowOf({ service, name, rate, min, max, orderType, type }: Service): string {
	const isPackage = orderType !== null && orderTypes[orderType].isPackage;
	const price = `${rate ?? '?'} ${isPackage ? 'per package' : 'per 1k'}`;
	const limits = isPackage ? undefined : `${shortened(min)} to ${shortened(max)}`;
	const label = orderType === null ? type || orderTypes.default.label : orderTypes[orderType].label;
	return [clipped(name), price, service, limits, label].filter(Boolean).join(rowSeparator);
}

const longestName = 45;

function clipped(name: string): string {
	const text = name.replaceAll('|', '/').replace(/\s+/g, ' ').trim();
	return text.length > longestName ? `${text.slice(0, longestName - 1).trimEnd()}…` : text;
}

/** "100k" for 100000; a number that would lose digits stays as it is. */
function shortened(amount: number | null): string {
	if (amount === null) return '?';
	if (amount >= 1_000_000 && amount % 100_000 === 0) return `${amount / 1_000_000}M`;
	if (amount >= 1000 && amount % 100 === 0) return `${amount / 1000}k`;
	return String(amount);
}
