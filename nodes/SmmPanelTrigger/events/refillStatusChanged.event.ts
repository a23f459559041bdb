import { z } from 'zod';

import type { RefillStatus } from '../../panelApi/answers/refillStatus';
import { refillStateOf, refillStates } from '../../panelApi/vocabulary/statusWords';
import type { TriggerEvent } from '../event';
import type { Known } from '../watching/knownStatuses';
import { stateOptions } from '../watching/stateOptions';
import { watchStatuses } from '../watching/statusEvent';
import { emitFirst, keepFinal, statesField, watchFields } from '../watching/watchFields';

const event = 'refillStatusChanged';
const parameter = { name: 'refillIds', label: 'Refill IDs' };

export const refillStatusChanged: TriggerEvent<Known> = {
	name: 'Refill Status Changed',
	action: 'On refill status change',
	description: 'Triggers once for each watched refill whose state changed, with the state before',
	fields: watchFields({
		thing: 'Refill',
		idsParameter: parameter.name,
		idField: 'refill',
		examples: '12345, 12346',
		moreFields: [statesField(stateOptions(refillStates))],
		options: [keepFinal('refills'), emitFirst('a refill')],
	}),
	output: z.object({
		event: z.literal(event),
		refill: z.string(),
		status: z.string(),
		state: z.enum(refillStates),
		isFinal: z.boolean(),
		previousStatus: z.string().nullable(),
		previousState: z.enum(refillStates).nullable(),
	}),
	...watchStatuses<RefillStatus>({
		event,
		idField: 'refill',
		parameter,
		stateKey: 'refills',
		stateOf: refillStateOf,
		ask: async (client, ids, options) => await client.refillStatus(ids, options),
	}),
};
