import type { Resource } from '../operation';
import { account } from './account';
import { order } from './order';
import { refill } from './refill';
import { service } from './service';

/** Everything the node can do. The dropdowns, the parameters and the routing come from this list. */
export const resources: readonly Resource[] = [account, order, refill, service];
