import type { TriggerEvent } from '../event';
import { orderStatusChanged } from './orderStatusChanged.event';
import { refillStatusChanged } from './refillStatusChanged.event';

/** Everything the trigger can wait for, by the value of the Event dropdown. */
export const events: Readonly<Record<string, TriggerEvent>> = {
	orderStatusChanged,
	refillStatusChanged,
};
