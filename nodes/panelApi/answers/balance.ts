import { z } from 'zod';

import { amount, text } from './fields';

/** The money left in the account, in the account's currency. Most panels send it as text with 5 to 7 decimals. */
export const balanceAnswer = z
	.object({ balance: amount, currency: text })
	.refine(({ balance }) => balance !== null, { message: 'the balance is missing' });

export type Balance = z.output<typeof balanceAnswer>;
