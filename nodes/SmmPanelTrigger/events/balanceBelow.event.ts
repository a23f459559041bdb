import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { userFailure } from '../../n8n/nodeError';
import { commaAdvice, readNumber } from '../../parameters/readNumber';
import { baselineMs, soonMs, type TriggerEvent } from '../event';
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
		'Triggers once when the balance drops below a threshold, and again after it has recovered',
	fields: [
		{
			displayName: 'Threshold',
			name: 'threshold',
			// n8n's number input makes 15 of "1,5".
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 20',
			description:
				"Triggers once when the balance drops below this amount in the account's currency, and again after it has recovered. A balance that is below at the first poll doesn't trigger.",
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
		return {
			items: fires ? [item] : [],
			known: { isBelow },
			// A recovery that n8n forgets would hide the next fall.
			saveWithinMs: known ? (isBelow === known.isBelow ? undefined : soonMs) : baselineMs,
		};
	},

	async sample(run) {
		const item = await present(run);
		if (item.balance < item.threshold) return [item];
		const { balance, threshold, currency } = item;
		const above = Number((balance - threshold).toFixed(6));
		const message = `The balance is ${balance} ${currency}, which is ${above} ${currency} above the threshold`;
		throw userFailure(run.poll.getNode(), message.replace(/  +/g, ' '), {
			description:
				'The balance is not below the threshold, so there is no test event now. To get one, set Threshold above the balance for a moment.',
		});
	},
};

/** Expressions give text too, and nothing at all for an empty cell: that is not a threshold of 0. */
function readThreshold(poll: IPollFunctions): number {
	const written: unknown = poll.getNodeParameter('threshold');
	const threshold = readNumber(written);
	if (threshold !== undefined) return threshold;
	throw userFailure(poll.getNode(), `Threshold is not a number${commaAdvice(written)}`, {
		description: 'Enter an amount such as 10, or an expression that gives one.',
	});
}

async function present({ poll, client }: PollRun): Promise<z.output<typeof output> & IDataObject> {
	const threshold = readThreshold(poll);
	const { value } = await client.balance();
	return output.parse({ event, threshold, ...value });
}
