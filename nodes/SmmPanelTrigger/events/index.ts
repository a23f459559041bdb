import type { TriggerEvent } from '../event';
import { balanceBelow } from './balanceBelow.event';
import { catalogueChanged } from './catalogueChanged.event';
import { orderStatusChanged } from './orderStatusChanged.event';
import { orderStuck } from './orderStuck.event';
import { refillStatusChanged } from './refillStatusChanged.event';

/** Everything the trigger can wait for, by the value of the Event dropdown. */
export const events: Readonly<Record<string, TriggerEvent>> = {
	balanceBelow,
	catalogueChanged,
	orderStatusChanged,
	orderStuck,
	refillStatusChanged,
};
