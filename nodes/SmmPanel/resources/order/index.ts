import type { Resource } from '../../operation';
import { cancel } from './cancel.operation';
import { create } from './create.operation';
import { getStatus } from './getStatus.operation';
import { quote } from './quote.operation';

export const order: Resource = {
	name: 'Order',
	value: 'order',
	operations: { cancel, create, getStatus, quote },
};
