import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { userFailure } from '../../n8n/nodeError';
import { readNumber } from '../../parameters/readNumber';
import type { OrderStatus } from '../../panelApi/answers/status';
import { orderStateOf, orderStates } from '../../panelApi/vocabulary/statusWords';
import { soonMs, type TriggerEvent } from '../event';
import { askWatched, type StatusSource } from '../watching/askWatched';
import { diffMoves, type StuckOrder } from '../watching/diffMoves';
import {
	type Known,
	minuteOf,
	nothingKnown,
	readStatuses,
	timeOfMinute,
	writeStatuses,
} from '../watching/knownStatuses';
import { sampleStatuses } from '../watching/sampleStatuses';
import { keepFinal, watchFields } from '../watching/watchFields';

const event = 'orderStuck';
const parameter = { name: 'orderIds', label: 'Order IDs' };
const hourMinutes = 60;
const hourMs = 3_600_000;

const source: StatusSource<OrderStatus> = {
	event,
	idField: 'order',
	parameter,
	stateKey: 'stuck',
	stateOf: orderStateOf,
	ask: async (client, ids, options) => await client.orderStatus(ids, options),
};

export const orderStuck: TriggerEvent<Known> = {
	name: 'Order Stuck',
	action: 'On stuck order',
	description:
		'Triggers once for each unfinished order whose status and remains stood still for hours',
	fields: watchFields({
		thing: 'Order',
		idsParameter: parameter.name,
		idField: 'order',
		examples: '23501, 23502',
		moreFields: [
			{
				displayName: 'Hours',
				name: 'hours',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 24,
				description:
					'How long the status and remaining quantity have to stay the same. Counted from when the trigger first saw the order, and again after it moved.',
			},
		],
		options: [keepFinal('orders')],
	}),
	output: z.object({
		event: z.literal(event),
		order: z.string(),
		status: z.string(),
		state: z.enum(orderStates),
		hours: z.number(),
		since: z.string(),
		charge: z.number().nullable(),
		currency: z.string().nullable(),
		startCount: z.number().nullable(),
		remains: z.number().nullable(),
	}),
	state: { key: source.stateKey, write: writeStatuses, read: readStatuses },
	dependsOnAccount: false,

	async look(run, known) {
		const hours = readHours(run.poll);
		const options = run.poll.getNodeParameter('options', {}) as { keepFinal?: boolean };
		const before = known ?? nothingKnown;
		const { seen, log, notes } = await askWatched(source, run, before, options.keepFinal ?? false);
		const rules = { stateOf: orderStateOf, longestStill: hours * hourMinutes };
		const now = Date.now();
		const difference = diffMoves(before, seen, rules, now);
		return {
			items: difference.stuck.map((order) => toItem(order, hours, now)),
			known: difference.known,
			// A move that n8n forgets makes an order stuck a little later.
			saveWithinMs: difference.hasMoved ? Math.max(soonMs, (hours * hourMs) / 4) : undefined,
			log,
			notes,
		};
	},

	async sample(run) {
		const hours = readHours(run.poll);
		const orders = await sampleStatuses(source, run, ({ isFinal }) => !isFinal);
		const now = Date.now();
		const movedAt = minuteOf(now) - Math.ceil(hours * hourMinutes);
		return orders.map((order) => toItem({ ...order, movedAt }, hours, now));
	},
};

/** @throws NodeOperationError */
function readHours(poll: IPollFunctions): number {
	const hours = readNumber(poll.getNodeParameter('hours', 24));
	if (hours !== undefined && hours > 0) return hours;
	throw userFailure(poll.getNode(), 'Hours must be a number above 0', {
		description: 'Enter a number such as 24, or an expression that gives one.',
	});
}

/** `hours` says how long the order has stood still, in full hours; at least as many as the user asked for. */
function toItem(
	{ id, value, movedAt }: StuckOrder<OrderStatus>,
	longestStill: number,
	now: number,
): IDataObject {
	const { status, state, charge, currency, startCount, remains } = value;
	const since = new Date(timeOfMinute(movedAt)).toISOString();
	const stillFor = Math.floor((minuteOf(now) - movedAt) / hourMinutes);
	return {
		event,
		order: id,
		status,
		state,
		hours: Math.max(stillFor, longestStill),
		since,
		charge,
		currency,
		startCount,
		remains,
	};
}
