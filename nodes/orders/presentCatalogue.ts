import { currencyOf, type Service } from '../panelApi/answers/services';
import type { PanelClient } from '../panelApi/client';

/** A service as the catalogue shows it now. */
export interface PresentService {
	service: Service;
	/** The currency of its price, where the row names one; otherwise empty. */
	currency: string;
}

/** The catalogue as it is now, for looking up services. */
export interface PresentCatalogue {
	/** Undefined for a service that is not in it. */
	find(id: string): PresentService | undefined;
	/** How many of its rows could not be read as services. */
	leftOut: number;
}

/**
 * Reads the present catalogue. Of two rows with one ID the dearest counts: a guard must not let an order pass because of
 * the other.
 * @throws PanelError
 */
export async function readPresentCatalogue(client: PanelClient): Promise<PresentCatalogue> {
	const { value: services, raw: rows, leftOut } = await client.services();
	const places = new Map<string, number>();
	services.forEach((service, place) => {
		const twin = services[places.get(service.service) ?? -1];
		if (!twin || isDearer(service, twin)) places.set(service.service, place);
	});
	return {
		find(id) {
			const place = places.get(id);
			const service = place === undefined ? undefined : services[place];
			return service && { service, currency: currencyOf(rows[place as number]) };
		},
		leftOut,
	};
}

/** A price that the catalogue does not show may be any. */
function isDearer({ rate }: Service, { rate: other }: Service): boolean {
	return other !== null && (rate === null || rate > other);
}
