import type { Service } from '../../panelApi/answers/services';
import type { KnownCatalogue, KnownService, Offer } from './knownCatalogue';

/** The kinds of changes, each with its name on the screen and what it means. */
export const changeKinds = {
	added: { name: 'Added', description: 'A service is new among those that match the filters' },
	flagsChanged: {
		name: 'Features Changed',
		description: 'Refill, cancel, or drip-feed was turned on or off',
	},
	limitsChanged: { name: 'Limits Changed', description: 'The minimum or maximum changed' },
	rateChanged: { name: 'Rate Changed', description: 'The price changed' },
	removed: { name: 'Removed', description: 'A service is no longer in the catalogue' },
} as const;

export type ChangeKind = keyof typeof changeKinds;
export const changeNames = Object.keys(changeKinds) as [ChangeKind, ...ChangeKind[]];

/** One change of one service; `previous` is null for one that was added. */
export interface CatalogueChange {
	change: ChangeKind;
	service: Service;
	previous: Offer | null;
}

/** Which known values each kind of change compares. */
const comparedFields = {
	flagsChanged: ['dripfeed', 'refill', 'cancel'],
	limitsChanged: ['min', 'max'],
	rateChanged: ['rate'],
} as const satisfies Partial<Record<ChangeKind, ReadonlyArray<keyof Offer>>>;

/**
 * Compares the catalogue of now with the known one.
 *
 * A known service is compared even when it no longer matches the filters (its price left their range): this change
 * is reported, then it is forgotten. Services that only match because the user changed the filters are not news.
 * @param catalogue the whole catalogue; a service that is named twice counts as it stands first
 */
export function compareCatalogue(
	known: KnownCatalogue | undefined,
	catalogue: readonly Service[],
	filters: string,
	isWanted: (service: Service) => boolean,
): { changes: CatalogueChange[]; known: KnownCatalogue } {
	const isComparable = known?.filters === filters;
	const before = known?.services ?? new Map<string, KnownService>();
	const next = new Map<string, KnownService>();
	const seen = new Set<string>();
	const changes: CatalogueChange[] = [];
	for (const service of catalogue) {
		if (seen.has(service.service)) continue;
		seen.add(service.service);
		const matches = isWanted(service);
		const previous = before.get(service.service);
		if (previous && (matches || isComparable)) changes.push(...changesOf(service, previous));
		if (!previous && matches && isComparable)
			changes.push({ change: 'added', service, previous: null });
		if (matches) next.set(service.service, knownOf(service));
	}
	if (isComparable) {
		for (const [id, previous] of before) {
			if (!seen.has(id)) changes.push(removal(id, previous));
		}
	}
	return { changes, known: { filters, services: next, total: seen.size } };
}

/** The part of a service that is compared. */
export function offerOf({ rate, min, max, dripfeed, refill, cancel }: Offer): Offer {
	return { rate, min, max, dripfeed, refill, cancel };
}

function changesOf(service: Service, previous: KnownService): CatalogueChange[] {
	return Object.entries(comparedFields)
		.filter(([, fields]) => fields.some((field) => differs(service[field], previous[field])))
		.map(([change]) => ({
			change: change as ChangeKind,
			service,
			previous: offerOf(previous),
		}));
}

/** A switch that the panel does not state counts as off. */
function differs(now: Offer[keyof Offer], before: Offer[keyof Offer]): boolean {
	const isSwitch = typeof now === 'boolean' || typeof before === 'boolean';
	return isSwitch ? (now ?? false) !== (before ?? false) : now !== before;
}

function removal(id: string, { name, ...previous }: KnownService): CatalogueChange {
	const service: Service = {
		service: id,
		name,
		category: '',
		type: '',
		orderType: null,
		...previous,
		description: '',
	};
	return { change: 'removed', service, previous };
}

function knownOf(service: Service): KnownService {
	return { name: service.name, ...offerOf(service) };
}
