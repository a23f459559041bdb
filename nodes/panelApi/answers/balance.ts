import { z } from 'zod';

import { amount, text } from './fields';

/** A balance in our form. */
export const balance = z.object({ balance: z.number(), currency: z.string() });

/** The money left in the account, in the account's currency. Most panels send it as text with 5 to 7 decimals. */
export const balanceAnswer = z.object({ balance: amount, currency: text }).pipe(balance);

export type Balance = z.output<typeof balanceAnswer>;
