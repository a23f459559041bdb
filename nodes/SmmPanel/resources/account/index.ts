import type { Resource } from '../../operation';
import { getBalance } from './getBalance.operation';

export const account: Resource = { name: 'Account', value: 'account', operations: { getBalance } };
