import type { Resource } from '../../operation';
import { getMany } from './getMany.operation';

export const service: Resource = { name: 'Service', value: 'service', operations: { getMany } };
