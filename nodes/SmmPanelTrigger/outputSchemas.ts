import type { z } from 'zod';

import { events } from './events';

/** The shape of the items of each event. */
export const outputSchemas: Readonly<Record<string, z.ZodTypeAny>> = Object.fromEntries(
	Object.entries(events).map(([event, { output }]) => [event, output]),
);
