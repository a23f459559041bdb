import { type IDataObject, type IPollFunctions, NodeOperationError } from 'n8n-workflow';
import { z } from 'zod';

import { readNumber } from '../../parameters/readNumber';
import type { TriggerEvent } from '../event';
import type { PollRun } from '../polling/pollRun';

const event = 'balanceBelow';

/** Whether the balance was below the threshold when it was last seen. */
interface KnownBalance {
	isBelow: boolean;
}

const output = z.object({
	event: z.literal(event),
	balance: z.number(),
	currency: z.string(),
	threshold: z.number(),
});

const storedBalance = z.object({ isBelow: z.boolean() });

export const balanceBelow: TriggerEvent<KnownBalance> = {
	name: 'Balance Below',
	action: 'On low balance',
	description:
		'Fires once when the balance falls below a threshold, and again only after it recovered',
	fields: [
		{
			displayName: 'Threshold',
			name: 'threshold',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			description:
				"An amount in the account's currency. The trigger fires when the balance falls below it, and not at the first poll when it is below already. Each poll is one call.",
		},
	],
	output,
	state: {
		key: 'balance',
		write: ({ isBelow }) => ({ isBelow }),
		read: (stored) => storedBalance.safeParse(stored).data,
	},
	dependsOnAccount: true,

	async look(run, known) {
		const item = await present(run);
		const isBelow = item.balance < item.threshold;
		const fires = isBelow && known?.isBelow === false;
		return { items: fires ? [item] : [], known: { isBelow } };
	},

	async sample(run) {
		return [await present(run)];
	},
};

/** Expressions give text too, and nothing at all for an empty cell: that is no threshold of 0. */
function readThreshold(poll: IPollFunctions): number {
	const threshold = readNumber(poll.getNodeParameter('threshold'));
	if (threshold !== undefined) return threshold;
	throw new NodeOperationError(poll.getNode(), 'Threshold is not a number', {
		description: 'Enter an amount such as 10, or an expression that gives one.',
	});
}

async function present({ poll, client }: PollRun): Promise<z.output<typeof output> & IDataObject> {
	const threshold = readThreshold(poll);
	const { value } = await client.balance();
	return output.parse({ event, threshold, ...value });
}
