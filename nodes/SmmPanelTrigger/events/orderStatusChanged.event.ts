import { z } from 'zod';

import type { OrderStatus } from '../../panelApi/answers/status';
import { orderStateOf, orderStates } from '../../panelApi/vocabulary/statusWords';
import type { TriggerEvent } from '../event';
import type { Known } from '../watching/knownStatuses';
import { stateOptions } from '../watching/stateOptions';
import { watchStatuses } from '../watching/statusEvent';
import { emitFirst, keepFinal, statesField, watchFields } from '../watching/watchFields';

const event = 'orderStatusChanged';
const parameter = { name: 'orderIds', label: 'Order IDs' };

export const orderStatusChanged: TriggerEvent<Known> = {
	name: 'Order Status Changed',
	action: 'On order status change',
	description: 'Triggers once for each watched order whose state changed, with the state before',
	fields: watchFields({
		thing: 'Order',
		idsParameter: parameter.name,
		idField: 'order',
		examples: '23501, 23502',
		moreFields: [statesField(stateOptions(orderStates))],
		options: [
			{
				displayName: 'Include Progress Changes',
				name: 'remainsChanges',
				type: 'boolean',
				default: false,
				description:
					'Whether to also trigger when only the remaining quantity changes. Orders under delivery then trigger on almost every poll.',
			},
			keepFinal('orders'),
			emitFirst('an order'),
		],
	}),
	output: z.object({
		event: z.literal(event),
		order: z.string(),
		status: z.string(),
		state: z.enum(orderStates),
		isFinal: z.boolean(),
		previousStatus: z.string().nullable(),
		previousState: z.enum(orderStates).nullable(),
		charge: z.number().nullable(),
		currency: z.string().nullable(),
		startCount: z.number().nullable(),
		remains: z.number().nullable(),
	}),
	...watchStatuses<OrderStatus>({
		event,
		idField: 'order',
		parameter,
		stateKey: 'orders',
		stateOf: orderStateOf,
		ask: async (client, ids, options) => await client.orderStatus(ids, options),
	}),
};
