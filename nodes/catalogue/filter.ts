import type { Service } from '../panelApi/answers/services';
import { lettersOf } from '../panelApi/vocabulary/statusWords';

/** Which services of a catalogue are wanted; a filter that is absent lets all pass. */
export interface ServiceFilters {
	/** Words that all have to occur in the id, name, category or type. */
	search?: string;
	category?: string;
	/** An order type (`customComments`) or the panel's own word for it. */
	type?: string;
	ids?: readonly string[];
	/** Bounds of the price per 1,000, in the account's currency. */
	minRate?: number;
	maxRate?: number;
	refill?: boolean;
	cancel?: boolean;
	dripfeed?: boolean;
}

/** A test for services. A switch that the panel does not tell counts as off. */
export function serviceFilter(filters: ServiceFilters): (service: Service) => boolean {
	const { ids, minRate, maxRate } = filters;
	const tests: Array<(service: Service) => boolean> = [];
	const words = filters.search?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
	if (words.length > 0) tests.push((service) => containsAll(service, words));
	const category = filters.category?.trim().toLowerCase();
	if (category) tests.push((service) => service.category.trim().toLowerCase() === category);
	const type = lettersOf(filters.type ?? '');
	if (type)
		tests.push((service) => [service.type, service.orderType ?? ''].map(lettersOf).includes(type));
	if (ids && ids.length > 0) {
		const wanted = new Set(ids);
		tests.push((service) => wanted.has(service.service));
	}
	if (minRate !== undefined) tests.push(({ rate }) => rate !== null && rate >= minRate);
	if (maxRate !== undefined) tests.push(({ rate }) => rate !== null && rate <= maxRate);
	for (const name of ['refill', 'cancel', 'dripfeed'] as const) {
		const wanted = filters[name];
		if (wanted !== undefined) tests.push((service) => (service[name] ?? false) === wanted);
	}
	return (service) => tests.every((test) => test(service));
}

function containsAll(service: Service, words: readonly string[]): boolean {
	const text =
		`${service.service} ${service.name} ${service.category} ${service.type}`.toLowerCase();
	return words.every((word) => text.includes(word));
}
