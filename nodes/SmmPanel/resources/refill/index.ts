import type { Resource } from '../../operation';
import { create } from './create.operation';
import { getStatus } from './getStatus.operation';

export const refill: Resource = {
	name: 'Refill',
	value: 'refill',
	operations: { create, getStatus },
};
