import type { Service } from '../../panelApi/answers/services';
import { type CatalogueChange, type ChangeKind, offerOf } from './catalogueChanges';
import type { Offer } from './knownCatalogue';

/** Which kind a sample is of, where several are wanted: the most frequent first. */
const byFrequency: readonly ChangeKind[] = [
	'rateChanged',
	'added',
	'removed',
	'limitsChanged',
	'flagsChanged',
];

/**
 * A change of a present service as it could come: the values of now are real, those of before are made up.
 * @param kinds the kinds that are wanted; none: all
 */
export function sampleChange(service: Service, kinds: readonly ChangeKind[]): CatalogueChange {
	const change = byFrequency.find((kind) => kinds.includes(kind)) ?? 'rateChanged';
	return { change, service, previous: before(change, offerOf(service)) };
}

function before(change: ChangeKind, offer: Offer): Offer | null {
	const { rate, max, refill } = offer;
	switch (change) {
		case 'added':
			return null;
		case 'rateChanged':
			return { ...offer, rate: Number(((rate ?? 1) * 1.1).toPrecision(6)) };
		case 'limitsChanged':
			return { ...offer, max: (max ?? 1_000) * 2 };
		case 'flagsChanged':
			return { ...offer, refill: !refill };
		case 'removed':
			return offer;
	}
}
