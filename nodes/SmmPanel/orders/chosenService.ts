import type { IDataObject } from 'n8n-workflow';

import { type PickedService, readPickedRow } from '../../catalogue/pickerRow';
import { readServiceId } from '../../parameters/readServiceId';

/** The service of one item: its ID, and what the row that was picked from the list says of it. */
export interface ChosenService {
	/** Empty where none was given. */
	id: string;
	picked?: PickedService;
	/** What is wrong with the ID, continuing the name of the field. */
	problem?: string;
}

/**
 * Reads the service from its locator.
 * @param locator the parameter as it is stored: how it was chosen, and the text of the picked row
 * @param value what stands in it for this item
 */
export function chosenService(locator: unknown, value: unknown): ChosenService {
	const row = (locator as IDataObject | null | undefined)?.cachedResultName;
	// Panels exist whose IDs are not numbers: one that was picked is the panel's own, whatever it looks like.
	const picked = typeof value === 'string' ? readPickedRow(row, value) : undefined;
	if (picked) return { id: value as string, picked };
	const reading = readServiceId(value);
	if ('problem' in reading) return { id: '', problem: reading.problem };
	return { id: reading.id, picked: readPickedRow(row, reading.id) };
}
